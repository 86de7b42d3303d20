"""What the server offers an editor, and which of its methods answers."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from scrubber.lsp import actions, hover
from scrubber.lsp.server import PAUSE, Server

WATCHED = ("**/*.toml", "**/.scrubber/*", "**/decisions*.jsonl")
"""Settings, packs and ledgers: when one of them changes, the texts are looked at again."""


def register(server: Server) -> Server:
    """Return the server with all its features."""

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        await _watch(server)

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.stopping = True
        server.checks.close()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.opened(params.text_document.uri, params.text_document.language_id)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.look(params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.look_again()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def configured(params: types.DidChangeConfigurationParams) -> None:
        server.look_again()

    options = types.CodeActionOptions(code_action_kinds=list(actions.KINDS))

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def offered(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.offered(params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        return await _hover(server, params)

    @server.command(actions.DECIDE)
    async def decided(uri: str, answer: Any) -> None:
        await server.decided(uri, answer if isinstance(answer, dict) else {})

    return server


async def _watch(server: Server) -> None:
    """Ask the editor to tell of files that change on disk, where it can."""
    workspace = server.client_capabilities.workspace
    known = workspace.did_change_watched_files if workspace else None
    if known is None or not known.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    asked = types.Registration(id="scrubber-files", method=method, register_options=options)
    # An editor that says no, or goes before it answers, is served all the same.
    with contextlib.suppress(JsonRpcException, asyncio.CancelledError):
        await server.client_register_capability_async(types.RegistrationParams([asked]))


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    """The pages of the rules that found something at a place."""
    found = await server.result(params.text_document.uri)
    if found is None or found.checked is None:
        return None
    at = found.lines.offset(params.position.line, params.position.character)
    here = [each for each in found.checked.shown if each.start <= at <= each.end]
    if not here:
        return None
    project = found.checked.project
    rules = [project.rule(each.finding.rule) for each in here]
    measured = [project.measured(rule) if rule else "" for rule in rules]
    text = hover.markdown(here, rules, measured)
    texts = server.client_capabilities.text_document
    known = (texts.hover.content_format if texts and texts.hover else None) or []
    kind = types.MarkupKind.Markdown
    if known and kind not in known:
        kind, text = types.MarkupKind.PlainText, hover.plain(text)
    return types.Hover(contents=types.MarkupContent(kind=kind, value=text))
