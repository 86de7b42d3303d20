"""Findings as an editor shows them: where, how grave, and in which words. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from scrubber.lsp.checking import Checked, Found
from scrubber.lsp.positions import Lines, placeable
from scrubber.model import Action, Edit
from scrubber.report.text import printable

SEVERITY = {
    Action.FIX: types.DiagnosticSeverity.Warning,
    Action.SUGGEST: types.DiagnosticSeverity.Information,
    Action.REPORT: types.DiagnosticSeverity.Information,
}
"""By how sure it is: a warning is what `scrubber fix` would change. Nothing is an error."""

_SHOWN = 60
"""Code points of a text within a message or a title."""


def diagnostics(checked: Checked, lines: Lines) -> list[types.Diagnostic]:
    """Return what is shown of a text, in the order of its places."""
    return [diagnostic(found, lines) for found in checked.shown]


def diagnostic(found: Found, lines: Lines) -> types.Diagnostic:
    """Return a finding with what is offered in its message: not every editor shows both."""
    finding = found.finding
    message = printable(finding.message)
    if finding.proposals:
        message += f" → {' | '.join(map(quoted, finding.proposals))}"
    place = range_of(Edit(found.start, found.end, "", "", ()), lines)
    return types.Diagnostic(
        range=place,
        message=message,
        severity=SEVERITY[finding.action],
        code=finding.rule,
        source="scrubber",
        data={"action": str(finding.action), "late": found.late},
    )


def text_edits(changes: Iterable[Edit], lines: Lines) -> list[types.TextEdit]:
    """Return edits as the editor makes them; the text that comes of them is the same."""
    placed = [placeable(lines.text, change) for change in changes]
    return [types.TextEdit(range=range_of(e, lines), new_text=e.after) for e in placed]


def range_of(edit: Edit, lines: Lines) -> types.Range:
    """Return the place of an edit, its ends where an editor has them."""
    placed = placeable(lines.text, edit)
    start, end = lines.position(placed.start), lines.position(placed.end)
    return types.Range(start=types.Position(*start), end=types.Position(*end))


def quoted(text: str) -> str:
    r"""Return a text in quotation marks, in one line and not too long for a menu.

    >>> quoted("a\n"), quoted("")
    ('“a⏎”', '(taken out)')
    """
    if not text:
        return "(taken out)"
    shown = printable(text)
    return f"“{shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + '…'}”"
