"""The server: what an editor says, handed to what answers it. All wiring, no judgement."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path, uri_scheme

from scrubber import __version__
from scrubber.decisions.ledger import LedgerError
from scrubber.lsp import actions, naming
from scrubber.lsp.checks import Checks, Result, State
from scrubber.lsp.deciding import Answer, Kept, decide
from scrubber.lsp.diagnostics import diagnostics
from scrubber.lsp.project import Project, ProjectError
from scrubber.lsp.protocol import Protocol, encoding_of
from scrubber.review.queue import RefusedError

PAUSE = 0.3
"""Seconds without a change before a text is looked at: at 40 words a minute a key comes by then."""


class Server(LanguageServer):
    """Answers one editor. `project` finds what holds for a file, which need not be there yet.

    `who` says who decides, for a folder; `clock` when.
    """

    def __init__(
        self,
        project: Callable[[Path], Project],
        who: Callable[[Path], str],
        clock: Callable[[], str],
    ) -> None:
        super().__init__("scrubber", __version__, protocol_cls=Protocol)
        self._project, self._who, self._clock = project, who, clock
        self.checks = Checks(self._project_of)
        self.stopping = False
        """Whether the editor has said that it will go."""
        self._open: dict[str, str] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._told: dict[str, tuple[str, ...]] = {}

    def run(self, stdin: BinaryIO, stdout: BinaryIO) -> int:
        """Serve until the editor goes; 0 where it said so first, as the protocol asks."""
        try:
            self.start_io(stdin, stdout)
        finally:
            self.checks.close()
        return 0 if self.stopping else 1

    def opened(self, uri: str, language: str) -> None:
        """Note a text that the editor holds, and look at it where it is one for scrubber."""
        path = to_fs_path(uri) if uri_scheme(uri) == "file" else None
        name = naming.name_of(path, language)
        if name is not None:
            self._open[uri] = name
            self.look(uri)

    def closed(self, uri: str) -> None:
        """Forget a text; the editor shows nothing of it any more."""
        if self._open.pop(uri, None) is not None:
            self._drop(uri)
            self._told.pop(uri, None)
            self._show(uri, None, [])

    def look(self, uri: str, pause: float = 0.0) -> None:
        """Look at a text after a pause, unless something else is said of it before."""
        if uri in self._open:
            self._drop(uri)
            self._waiting[uri] = asyncio.ensure_future(self._shown(uri, pause))

    def look_again(self) -> None:
        """Look at all texts again: settings, packs or decisions may be others now."""
        for uri in self._open:
            self.look(uri)

    async def result(self, uri: str) -> Result | None:
        """Return the check of what a text is now; None where it is not one to look at."""
        while (state := self._state(uri)) is not None and len(state.text) <= naming.LIMIT:
            found = await self.checks.of(state)
            if found.checked is not None or found.problem:
                return found
        return None

    def _state(self, uri: str) -> State | None:
        document = self.workspace.text_documents.get(unquote(uri))
        if uri not in self._open or document is None:
            return None
        code = encoding_of(self.workspace)
        return State(uri, document.version, self._open[uri], document.source, code)

    async def offered(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return what can be done at a place."""
        uri, context = params.text_document.uri, params.context
        found = await self.result(uri)
        if found is None or found.checked is None:
            return []
        place = params.range
        start = found.lines.offset(place.start.line, place.start.character)
        end = max(start, found.lines.offset(place.end.line, place.end.character))
        asked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic
        return self._offering(found).at(start, end, context.only, asked=asked)

    async def decided(self, uri: str, value: dict[str, Any]) -> None:
        """Keep an answer, look at all texts anew, and make the repairs that it asks for."""
        try:
            answer = Answer.of(value)
            found = await self.result(uri)
            if found is None or found.checked is None:
                raise RefusedError("the text is not open, or could not be looked at")
            work = partial(self._kept, found, answer)
            kept = await self.checks.call(work)
        except (RefusedError, LedgerError, ProjectError) as error:
            self.tell(f"scrubber: {error}", types.MessageType.Error)
            return
        self.log(f"{found.checked.project.ledger.file}: {kept.said}")
        if answer.scope != "here":
            self.tell(f"scrubber: {kept.said}", types.MessageType.Info)
        if kept.edits:
            await self._made(found, kept)
        self.look_again()

    def tell(self, message: str, kind: types.MessageType) -> None:
        """Show a message to the person."""
        self.window_show_message(types.ShowMessageParams(type=kind, message=message))

    def log(self, message: str, kind: types.MessageType = types.MessageType.Log) -> None:
        """Write a message to the editor's log."""
        self.window_log_message(types.LogMessageParams(type=kind, message=message))

    def _project_of(self, state: State) -> Project:
        if not naming.unsaved(state.name):
            return self._project(Path(state.name))
        return self._project(Path(self.workspace.root_path or Path.cwd(), state.name))

    def _kept(self, found: Result, answer: Answer) -> Kept:
        assert found.checked is not None
        who = self._who(found.checked.project.ledger.root)
        return decide(found.checked, answer, who, self._clock)

    async def _made(self, found: Result, kept: Kept) -> None:
        """Have the editor make what was accepted; where it does not, fix all does."""
        edit = self._offering(found).workspace_edit(kept.edits)
        known = self.client_capabilities.workspace
        if known is None or not known.apply_edit:
            return
        done = await self.workspace_apply_edit_async(
            types.ApplyWorkspaceEditParams(edit=edit, label="scrubber: always this repair")
        )
        if not done.applied:
            self.tell("scrubber: kept, but not repaired here yet", types.MessageType.Warning)

    def _offering(self, found: Result) -> actions.Offering:
        assert found.checked is not None
        known = self.client_capabilities.workspace
        edits = known.workspace_edit if known else None
        versioned = bool(edits and edits.document_changes)
        state = found.state
        return actions.Offering(
            state.uri, state.version, found.checked, found.lines, versioned=versioned
        )

    def _drop(self, uri: str) -> None:
        self.checks.stop(uri)
        waiting = self._waiting.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    async def _shown(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        found = await self.result(uri)
        if found is None and uri in self._open:
            self._say(uri, f"{self._open[uri]}: too long to be looked at here; scrubber check")
            self._show(uri, None, [])
        elif found is not None and found.checked is not None:
            checked = found.checked
            self._say(uri, *checked.project.problems, *checked.problems)
            self._show(uri, found.state.version, diagnostics(checked, found.lines))
        elif found is not None:
            self._say(uri, found.problem, grave=found.settings)
            self._show(uri, found.state.version, [])

    def _show(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )

    def _say(self, uri: str, *problems: str, grave: bool = False) -> None:
        """Say what is wrong with a text once, not at every key: in the log, or where `grave`."""
        if self._told.get(uri, ()) == problems:
            return
        again = problems in self._told.values()
        self._told[uri] = problems
        for problem in problems:
            self.log(problem, types.MessageType.Warning)
            if grave and not again:
                self.tell(f"scrubber: {problem}", types.MessageType.Error)
