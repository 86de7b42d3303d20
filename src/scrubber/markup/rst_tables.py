"""The cells of tables in reStructuredText: only of those that any reader would cut alike. Pure.

What spans columns or rows, and what is wider or narrower than a column, is left alone with its
table. https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#tables
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from scrubber.markup.rst_lines import Line, said
from scrubber.patterns import lazy

WIDEST = 40
"""Columns: in no text has a table more."""

_RUN = lazy(r"=+")
_RULE = lazy(r"=+[ =]*$")
_SPAN = lazy(r"-[ -]*$")


def cells(text: str, lines: Sequence[Line], column: int) -> list[list[Line]] | None:
    """Return the lines of each cell, row by row; None of no table, and of one left alone.

    `column` is that of the table's first character.
    """
    top = said(text, lines[0])
    drawn = top[0] == "+"
    if not drawn and not _RULE.match(top):
        return None
    edges = _crosses(top) if drawn else _runs(top)
    if len(edges) > WIDEST or any(not _even(said(text, line)) for line in lines):
        return None
    rows = _drawn(text, lines, edges) if drawn else _ruled(text, lines, edges, column)
    if rows is None:
        return None
    if not drawn:
        edges[-1] = edges[-1][0], max(line.stop - line.start + line.column for line in lines)
    return [
        [_cell(text, line, column + start, column + stop) for line in row]
        for row in rows
        for start, stop in edges
    ]


def _runs(rule: str) -> list[tuple[int, int]]:
    """The columns of a table between lines of equals signs."""
    return [hit.span() for hit in _RUN.finditer(rule)]


def _crosses(top: str) -> list[tuple[int, int]]:
    """The columns of a table that is drawn."""
    crosses = [at for at, char in enumerate(top) if char == "+"]
    return [(start + 1, stop) for start, stop in pairwise(crosses)]


def _even(line: str) -> bool:
    """Whether each character of a line takes one column."""
    if line.isascii():
        return "\t" not in line
    return not any(
        char == "\t" or unicodedata.east_asian_width(char) in "WF" or unicodedata.combining(char)
        for char in line
    )


def _drawn(
    text: str, lines: Sequence[Line], edges: list[tuple[int, int]]
) -> list[list[Line]] | None:
    """The rows of a table that is drawn, where all its lines are cut by the same columns."""
    rows: list[list[Line]] = []
    bars = [0, *(stop for _, stop in edges)]
    for line in lines:
        whole = said(text, line)
        inner = [whole[start:stop] for start, stop in edges]
        if len(whole) != bars[-1] + 1 or {whole[at] for at in bars} != {whole[0]}:
            return None
        if whole[0] == "+":
            if set("".join(inner)) not in ({"-"}, {"="}):
                return None
            rows.append([])
        elif "|" in "".join(inner):
            return None
        else:
            rows[-1].append(line)
    return None if rows.pop() else rows


def _ruled(
    text: str, lines: Sequence[Line], edges: list[tuple[int, int]], column: int
) -> list[list[Line]] | None:
    """The rows of a table between lines of equals signs: a new one where its first cell is filled.

    Nothing may stand between two columns; the last one has no end.
    """
    rows: list[list[Line]] = []
    fresh = True
    for line in lines[1:-1]:
        whole = said(text, line)
        if line.column == column and _RULE.match(whole):
            if _runs(whole) != edges:
                return None
            fresh = True
            continue
        if _SPAN.match(whole) or not _between(text, line, edges, column):
            return None
        first = _cell(text, line, column + edges[0][0], column + edges[0][1])
        if not first.blank:
            rows.append([])
        elif fresh:
            return None
        fresh = False
        rows[-1].append(line)
    return rows


def _between(text: str, line: Line, edges: list[tuple[int, int]], column: int) -> bool:
    """Whether nothing of a line stands between two columns."""
    return all(
        _cell(text, line, column + stop, column + start).blank
        for (_, stop), (start, _) in pairwise(edges)
    )


def _cell(text: str, line: Line, start: int, stop: int) -> Line:
    """What stands in a line between two columns."""
    if line.blank or line.column >= stop:
        return Line(start, line.start, line.start)
    first = max(line.start, line.start + start - line.column)
    last = min(line.stop, line.start + stop - line.column)
    stretch = text[first:last]
    inset = len(stretch) - len(stretch.lstrip())
    return Line(
        line.column + first + inset - line.start, first + inset, first + len(stretch.rstrip())
    )
