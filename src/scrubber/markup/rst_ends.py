"""Where blocks of reStructuredText end: tables, code, quotations. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber.markup.rst_lines import Line, contiguous, indented, said
from scrubber.markup.rst_starts import GRID
from scrubber.markup.rst_titles import SIGN
from scrubber.patterns import lazy

_SIGN = lazy(SIGN)
_GRID_BORDER = lazy(GRID)
_SIMPLE_BORDER = lazy(r"=+[ =]*$")
_LITERAL = lazy(r"(?<!\\)(?:\\\\)*::$")
_ATTRIBUTION = lazy("(?:---?(?!-)|\u2014) *(?=[^ ])")


def doctest_end(text: str, block: Sequence[Line], at: int) -> int:
    """Return the number of the line after a session with an interpreter."""
    return contiguous(block, at)


def grid_end(text: str, block: Sequence[Line], at: int) -> int:
    """Return the number of the line after a table that is drawn."""
    end = at
    while end < len(block) and not block[end].blank and block[end].column == block[at].column:
        if text[block[end].start] not in "+|":
            break
        end += 1
    for last in range(end - 1, at + 1, -1):
        if _GRID_BORDER.match(said(text, block[last])):
            return last + 1
    return end


def simple_end(text: str, block: Sequence[Line], at: int) -> int:
    """Return the number of the line after a table between lines of equals signs."""
    found = 0
    for number in range(at + 1, len(block)):
        line = block[number]
        if line.blank or not _SIMPLE_BORDER.match(said(text, line)):
            continue
        found += 1
        last = number + 1 == len(block) or block[number + 1].blank
        if line.stop - line.start != block[at].stop - block[at].start or found == 2 or last:
            return number + 1
    return len(block)


def before_literal(text: str, last: Line) -> Line | None:
    """Return what is shown of a paragraph's last line where a literal block follows; else None."""
    line = said(text, last)
    if not _LITERAL.search(line):
        return None
    shown = line[:-1] if line[-3:-2].strip() else line[:-2].rstrip()
    return last._replace(stop=last.start + len(shown))


def literal(text: str, block: Sequence[Line], at: int, column: int) -> tuple[int, int]:
    """Return the bounds of a literal block, indented or quoted by a sign."""
    while at < len(block) and block[at].blank:
        at += 1
    end = indented(block, at, column)
    if end == at and at < len(block):
        sign = text[block[at].start]
        while _SIGN.match(sign) and end < len(block) and not block[end].blank:
            if text[block[end].start] != sign:
                break
            end += 1
    return at, end


def attribution(
    text: str, block: Sequence[Line], at: int, end: int, column: int
) -> tuple[int, int]:
    """Return the bounds of who is quoted, in a quotation; its end, twice, where nobody is."""
    for number in range(at + 1, end):
        line = block[number]
        starts = line.column == column and block[number - 1].blank
        if starts and _ATTRIBUTION.match(said(text, line)):
            stop = number + 1
            while stop < end and not block[stop].blank:
                stop += 1
            if len({other.column for other in block[number + 1 : stop]}) < 2:
                return number, stop
    return end, end
