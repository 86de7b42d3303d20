"""A finding in its place: the text around it in rows, with what goes and what comes marked.

Where there is no colour, the marks are the brackets of git's word diff: `[-gone-]{+put in+}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from prompt_toolkit.utils import get_cwidth

from scrubber.edits import minimal
from scrubber.model import Document, Edit, Finding
from scrubber.report.text import printable

Fragment = tuple[str, str]
"""A style class and a text, as prompt_toolkit takes them."""

Row = list[Fragment]

_WINDOW = 4_000
"""Code points looked at on each side, and of a longer mark at its head and tail."""

_SIGNS = {"class:gone": ("[-", "-]"), "class:come": ("{+", "+}"), "class:mark": ("[", "]")}


class _Marked(NamedTuple):
    """The rows of an excerpt, and the first and last of them that the mark stands in."""

    rows: list[Row]
    first: int
    last: int


def excerpt(
    document: Document,
    finding: Finding,
    chosen: str | None,
    *,
    width: int,
    room: int,
    context: int,
    colour: bool,
) -> list[Row]:
    """Return the rows that show a finding in its text, at most `room` of them.

    `chosen` is what would stand there, None where nothing is offered; `context` rows stand on each
    side as far as text and room allow; `width` counts columns.
    """
    marked = _wrapped(_pieces(document.text, finding, chosen, colour), width)
    first = max(0, marked.first - context)
    last = min(len(marked.rows) - 1, marked.last + context)
    if last - first < room:
        return marked.rows[first : last + 1]
    inside = marked.last - marked.first + 1
    if inside <= room:
        first = max(first, marked.first - (room - inside) // 2)
        return marked.rows[first : first + room]
    head = room // 2
    tail = room - head - 1
    left = fitted(f"… {inside - head - tail:,} more rows of this …", width)
    middle: Row = [("class:dim", left)]
    return [
        *marked.rows[marked.first : marked.first + head],
        middle,
        *marked.rows[marked.last + 1 - tail : marked.last + 1],
    ]


def _pieces(text: str, finding: Finding, chosen: str | None, colour: bool) -> Iterator[Fragment]:
    start, end = finding.start, finding.end
    if chosen is None:
        parts = [("class:mark", finding.text)]
        head = tail = ""
    else:
        edit = _in_words(finding, chosen)
        parts = [("class:gone", edit.before), ("class:come", edit.after)]
        head, tail = text[start : edit.start], text[edit.end : end]
    yield "", text[max(0, start - _WINDOW) : start]
    yield "class:found", head
    for style, part in parts:
        if part:
            left, right = ("", "") if colour else _SIGNS[style]
            yield style, left + _visible(_shortened(part)) + right
    yield "class:found", tail
    yield "", text[end : end + _WINDOW]


def _in_words(finding: Finding, chosen: str) -> Edit:
    """The smallest edit, grown to whole words where something goes and something comes.

    "treatyBut" for "treaty, but" reads better than one letter for four characters.
    """
    edit = minimal(finding, chosen)
    if not edit.before.strip() or not edit.after.strip():
        return edit
    start, end = edit.start - finding.start, edit.end - finding.start
    while start > 0 and not finding.text[start - 1].isspace():
        start -= 1
    while end < len(finding.text) and not finding.text[end].isspace():
        end += 1
    tail = len(finding.text) - end
    return Edit(
        finding.start + start,
        finding.start + end,
        finding.text[start:end],
        chosen[start : len(chosen) - tail],
        edit.rules,
    )


def _visible(text: str) -> str:
    """A mark of nothing but blanks has to be seen all the same."""
    return text.replace(" ", "␣") if text.isspace() else text


def _shortened(text: str) -> str:
    if len(text) <= 2 * _WINDOW:
        return text
    return f"{text[:_WINDOW]}\n… {len(text) - 2 * _WINDOW:,} more characters …\n{text[-_WINDOW:]}"


def _wrapped(pieces: Iterator[Fragment], width: int) -> _Marked:
    """Break a text into rows, at blanks where there are some."""
    rows: list[Row] = []
    marks: list[int] = []
    line: list[Fragment] = []
    for style, text in pieces:
        for number, part in enumerate(text.replace("\r\n", "\n").split("\n")):
            if number:
                if style in _SIGNS:
                    line.append((style, "⏎"))
                _flow(line, rows, marks, width)
                line = []
            line += [(style, shown) for char in part for shown in printable(char)]
    _flow(line, rows, marks, width)
    return _Marked(rows, marks[0] if marks else 0, marks[-1] if marks else 0)


def _flow(line: list[Fragment], rows: list[Row], marks: list[int], width: int) -> None:
    """Add one line of the text to the rows, a cell for each fragment."""
    at = 0
    while True:
        end, used, blank = at, 0, at
        while end < len(line):
            used += get_cwidth(line[end][1])
            if used > width:
                break
            end += 1
            if line[end - 1][1] == " ":
                blank = end
        if end < len(line) and blank > at:
            end = blank
        end = max(end, at + 1)
        row = line[at:end]
        if any(style in _SIGNS for style, _ in row):
            marks.append(len(rows))
        rows.append(_joined(row))
        at = end
        if at >= len(line):
            return


def _joined(cells: Row) -> Row:
    row: Row = []
    for style, text in cells:
        if row and row[-1][0] == style:
            row[-1] = style, row[-1][1] + text
        else:
            row.append((style, text))
    return row


def fitted(text: str, width: int, *, end: bool = False) -> str:
    """Return the text in one row, cut where it is too wide: behind, or before its `end`.

    >>> fitted("one two", 5), fitted("one two", 5, end=True)
    ('one …', '… two')
    """
    used = 0
    shown: list[str] = []
    for char in reversed(text) if end else text:
        cell = printable(char)
        used += get_cwidth(cell)
        if used > width:
            shown = _cut(shown, width)
            break
        shown.append(cell)
    return "".join(reversed(shown) if end else shown)


def _cut(cells: list[str], width: int) -> list[str]:
    """As many cells as leave room for the mark that there was more."""
    used = sum(map(get_cwidth, cells))
    while cells and used > width - 1:
        used -= get_cwidth(cells.pop())
    return [*cells, "…"] if width > 0 else []
