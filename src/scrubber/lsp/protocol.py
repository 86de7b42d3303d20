"""The language server protocol as pygls speaks it, with changes put where they belong."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.workspace import Workspace

from scrubber.lsp.positions import Lines


class Protocol(LanguageServerProtocol):
    """pygls counts a line more at each U+2028, form feed and the like: its changes would go wrong.

    So each text is changed here, and handed to pygls as a whole.
    """

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Generator[Any, Any, None]:
        """Change a text, then call the handler."""
        document = self.workspace.get_text_document(params.text_document.uri)
        encoding = encoding_of(self.workspace)
        text = document.source
        for change in params.content_changes:
            text = changed(text, change, encoding)
        whole = types.TextDocumentContentChangeWholeDocument(text=text)
        self.workspace.update_text_document(params.text_document, whole)
        handler = self.fm.features.get(types.TEXT_DOCUMENT_DID_CHANGE)
        if handler is not None:
            yield handler, (params,), None


def encoding_of(workspace: Workspace) -> str:
    """Return the encoding in whose units the editor counts, one of `positions.ENCODINGS`."""
    kind = workspace.position_encoding or "utf-16"
    return kind.value if isinstance(kind, types.PositionEncodingKind) else kind


def changed(text: str, change: types.TextDocumentContentChangeEvent, encoding: str) -> str:
    """Return a text after a change that an editor has made."""
    if not isinstance(change, types.TextDocumentContentChangePartial):
        return change.text
    lines, place = Lines(text, encoding), change.range
    start = lines.offset(place.start.line, place.start.character)
    end = lines.offset(place.end.line, place.end.character)
    return text[:start] + change.text + text[max(start, end) :]
