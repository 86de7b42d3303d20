"""An editor: pygls' client beside a server process of its own, with texts that it edits itself."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import cattrs
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter

SECONDS = 60
"""How long an answer may take: the machine may be busy."""

FULL = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
            dynamic_registration=True
        ),
    ),
    text_document=types.TextDocumentClientCapabilities(
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown])
    ),
)


def _converter() -> cattrs.Converter:
    """pygls' own, but that an action with a command in it is no bare command to it."""
    make: Any = default_converter
    converter: cattrs.Converter = make()

    def action(value: Any, _: Any) -> types.Command | types.CodeAction:
        bare = isinstance(value.get("command"), str)
        kind: Any = types.Command if bare else types.CodeAction
        made: types.Command | types.CodeAction = converter.structure(value, kind)
        return made

    converter.register_structure_hook(types.Command | types.CodeAction, action)
    return converter


class Editor(LanguageClient):
    """What an editor holds and was told. Positions are counted here, not by scrubber's code."""

    def __init__(self, encoding: str = "utf-16") -> None:
        super().__init__("editor", "1", converter_factory=_converter)
        self.encoding = encoding
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.shown: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.logged: list[str] = []
        self.watched: list[Any] = []
        self.faults: list[str] = []
        self._news = asyncio.Event()
        self._listen()

    def _listen(self) -> None:
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = params
            self._news.set()

        def told(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self._news.set()

        def logged(params: types.LogMessageParams) -> None:
            self.logged.append(params.message)
            self._news.set()

        def registered(params: types.RegistrationParams) -> None:
            self.watched += params.registrations
            self._news.set()

        def applied(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.make(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        on: Any = self.feature
        on(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
        on(types.WINDOW_SHOW_MESSAGE)(told)
        on(types.WINDOW_LOG_MESSAGE)(logged)
        on(types.CLIENT_REGISTER_CAPABILITY)(registered)
        on(types.WORKSPACE_APPLY_EDIT)(applied)

    def report_server_error(self, error: Exception, source: Any) -> None:
        self.faults.append(str(error))

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that the server says."""

        async def wait() -> None:
            while not true():
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), SECONDS)

    def open(self, path: Path | str, text: str | None = None, language: str = "plaintext") -> str:
        """Open a file, or a text that none holds; return its address."""
        uri = path if isinstance(path, str) else path.as_uri()
        if text is None:
            text = Path(path).read_bytes().decode()
        self.texts[uri], self.versions[uri] = text, 1
        self.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def type(self, uri: str, *changes: tuple[int, int, str]) -> None:
        """Replace stretches of a text, one after another, and say so as editors do."""
        said: list[types.TextDocumentContentChangeEvent] = []
        for start, end, new in changes:
            place = types.Range(self.position(uri, start), self.position(uri, end))
            self.texts[uri] = self.texts[uri][:start] + new + self.texts[uri][end:]
            said.append(types.TextDocumentContentChangePartial(text=new, range=place))
        self.versions[uri] += 1
        self.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.versions[uri], uri), said
            )
        )

    async def findings(self, uri: str) -> Sequence[types.Diagnostic]:
        """Return what is shown of the text as it is now."""
        await self.until(
            lambda: uri in self.shown and self.shown[uri].version == self.versions[uri]
        )
        return self.shown[uri].diagnostics

    async def settled(self, uri: str, rules: Sequence[str]) -> None:
        """Wait until findings of these rules are shown, and no others."""
        await self.until(
            lambda: uri in self.shown and [d.code for d in self.shown[uri].diagnostics] == [*rules]
        )

    async def actions(
        self, uri: str, place: types.Range | None = None, **context: Any
    ) -> list[types.CodeAction]:
        """Return what is offered at a place, or for the whole text."""
        everything = types.Range(types.Position(0, 0), types.Position(10**6, 0))
        asked = await self.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri),
                place or everything,
                types.CodeActionContext(diagnostics=[], **context),
            )
        )
        return [action for action in asked or [] if isinstance(action, types.CodeAction)]

    async def run(self, action: types.CodeAction) -> None:
        """Do an action as an editor does: its edit first, then its command."""
        if action.edit is not None:
            self.make(action.edit)
        if action.command is not None:
            await self.workspace_execute_command_async(
                types.ExecuteCommandParams(action.command.command, action.command.arguments)
            )

    def make(self, edit: types.WorkspaceEdit) -> None:
        """Make edits, and tell the server."""
        for uri, edits in (edit.changes or {}).items():
            self._make(uri, edits)
        for change in edit.document_changes or []:
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == self.versions[change.text_document.uri]
            self._make(change.text_document.uri, change.edits)

    def _make(self, uri: str, edits: Sequence[Any]) -> None:
        places = [
            (self.offset(uri, e.range.start), self.offset(uri, e.range.end), e.new_text)
            for e in edits
        ]
        self.type(uri, *sorted(places, reverse=True))

    def offset(self, uri: str, position: types.Position) -> int:
        """Return where a position is, in code points; it must be a place that there is."""
        text = self.texts[uri]
        before = "".join(_lines(text)[: position.line])
        line = _lines(text)[position.line].rstrip("\r\n")
        taken, width = line.encode(self._code), self._width
        assert position.character * width <= len(taken)
        head = taken[: position.character * width]
        return len(before) + len(head.decode(self._code))

    def position(self, uri: str, offset: int) -> types.Position:
        """Return the position of an offset in code points."""
        lines = _lines(self.texts[uri][:offset])
        taken = lines[-1].encode(self._code, "surrogatepass")
        return types.Position(len(lines) - 1, len(taken) // self._width)

    @property
    def _code(self) -> str:
        return self.encoding if self.encoding == "utf-8" else f"{self.encoding}-le"

    @property
    def _width(self) -> int:
        return {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.encoding]

    def at(self, uri: str, place: types.Range) -> str:
        """Return what stands at a place."""
        return self.texts[uri][self.offset(uri, place.start) : self.offset(uri, place.end)]


def _lines(text: str) -> list[str]:
    found = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)", text)
    return [*found, text[sum(map(len, found)) :]]


@asynccontextmanager
async def serving(
    folder: Path,
    *options: str,
    encodings: Sequence[str] | None = None,
    capabilities: types.ClientCapabilities = FULL,
) -> AsyncIterator[Editor]:
    """Start a server in a folder and go through the protocol to its end, exit code 0 included."""
    editor = Editor()
    environment = {**os.environ, "SCRUBBER_WHO": "Ann"}
    command = [sys.executable, "-W", "error", "-m", "scrubber", "lsp", *options]
    await editor.start_io(*command, cwd=folder, env=environment)
    general = types.GeneralClientCapabilities(
        position_encodings=[types.PositionEncodingKind(code) for code in encodings]
        if encodings
        else None
    )
    known = types.ClientCapabilities(
        general=general,
        workspace=capabilities.workspace,
        text_document=capabilities.text_document,
    )
    begun = await asyncio.wait_for(
        editor.initialize_async(
            types.InitializeParams(capabilities=known, root_uri=folder.as_uri())
        ),
        SECONDS,
    )
    chosen = begun.capabilities.position_encoding
    editor.encoding = (
        chosen.value if isinstance(chosen, types.PositionEncodingKind) else chosen or ""
    )
    editor.initialized(types.InitializedParams())
    yield editor
    assert editor.faults == []
    await ended(editor)


async def ended(editor: Editor, *, said: bool = True) -> int:
    """End a server, having said so before or not, and return its exit code."""
    server = editor._server
    assert server is not None
    assert server.stderr is not None
    if said:
        await asyncio.wait_for(editor.shutdown_async(None), SECONDS)
    editor.exit(None)
    log = await asyncio.wait_for(server.stderr.read(), SECONDS)
    code = await asyncio.wait_for(server.wait(), SECONDS)
    stop: Any = editor.stop
    await stop()
    assert b"Traceback" not in log, log.decode()
    if said:
        assert code == 0, log.decode()
    return code


def playing(scenario: Callable[[], Awaitable[None]]) -> None:
    """Play a scenario to its end."""

    async def play() -> None:
        await scenario()

    asyncio.run(play())
