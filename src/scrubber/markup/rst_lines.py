"""The lines of reStructuredText, as docutils cuts them, with their places in the text. Pure.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#whitespace: tabs stop at every
eighth column, and what ends a line is what ends one for `str.splitlines`, but for form feeds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_BREAK = re.compile("\r\n|[\n\r\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = " \t\v\f"
BLANK = r"[ \t\v\f]"
"""The pattern of a blank within a line."""

_TAB = 8


class Line(NamedTuple):
    """A line without the blanks around it: its column, and its place in the text.

    A blank line is an empty one.
    """

    column: int
    start: int
    stop: int

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the line."""
        return self.start >= self.stop


class Place(NamedTuple):
    """Lines none of which stands left of a column, how deep they are, whether titles may be."""

    lines: Sequence[Line]
    column: int
    depth: int
    titles: bool = False

    def after(self, at: int) -> Line | None:
        """The line below one; None where that is blank or the last."""
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return None if below is None or below.blank else below


def lines(text: str, start: int = 0) -> list[Line]:
    """Return the lines of a text from an offset on."""
    found = []
    for mark in _BREAK.finditer(text, start):
        found.append(_line(text, start, mark.start()))
        start = mark.end()
    return [*found, _line(text, start, len(text))]


def _line(text: str, start: int, end: int) -> Line:
    stretch = text[start:end].rstrip()
    inset = len(stretch) - len(stretch.lstrip(_BLANKS))
    return Line(width(stretch[:inset]), start + inset, start + len(stretch))


def width(blanks: str, column: int = 0) -> int:
    """Return the column at which a stretch ends that begins at a column."""
    if "\t" not in blanks:
        return column + len(blanks)
    for char in blanks:
        column += 1 if char != "\t" else _TAB - column % _TAB
    return column


def indented(lines: Sequence[Line], start: int, column: int) -> int:
    """Return the number of the first line from `start` on that is not right of a column."""
    while start < len(lines) and (lines[start].blank or lines[start].column > column):
        start += 1
    return start


def hanging(lines: Sequence[Line], start: int, column: int) -> int:
    """Return the number of the first line that is blank or not right of a column."""
    while start < len(lines) and not lines[start].blank and lines[start].column > column:
        start += 1
    return start


def contiguous(lines: Sequence[Line], start: int) -> int:
    """Return the number of the first blank line from `start` on."""
    while start < len(lines) and not lines[start].blank:
        start += 1
    return start


def left(lines: Sequence[Line], otherwise: int) -> int:
    """Return the column of the leftmost line."""
    return min((line.column for line in lines if not line.blank), default=otherwise)


def said(text: str, line: Line) -> str:
    """Return what stands in a line."""
    return text[line.start : line.stop]


def inside(lines: Sequence[Line], at: int, column: int, offset: int) -> tuple[list[Line], int]:
    """Return the lines of a block that begins at an offset of a line, and where it ends.

    It ends before the first line that is not right of a column, whose number is returned.
    """
    end = indented(lines, at + 1, column)
    below = lines[at + 1 : end]
    start = min(lines[at].start + offset, lines[at].stop)
    return [Line(left(below, column + 1), start, lines[at].stop), *below], end
