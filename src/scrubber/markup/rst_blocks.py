"""The blocks of reStructuredText, by lines. Pure. Errors, and what nests too deep, are left alone.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#body-elements tells of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from scrubber.markup.rst_ends import (
    attribution,
    before_literal,
    doctest_end,
    grid_end,
    literal,
    simple_end,
)
from scrubber.markup.rst_explicit import Explicit, explicit
from scrubber.markup.rst_lines import (
    Line,
    Place,
    hanging,
    indented,
    inside,
    left,
    lines,
    said,
    width,
)
from scrubber.markup.rst_names import DATA_FIELDS
from scrubber.markup.rst_starts import BLOCK, enumerates
from scrubber.markup.rst_tables import cells
from scrubber.markup.rst_titles import SHORT, overlined, underlined

if TYPE_CHECKING:
    import regex

DEEPEST = 24
"""Lists and the like within others: in no text are more."""

_ALONE = {"doctest": doctest_end, "grid": grid_end, "simple": simple_end}


class Part(NamedTuple):
    """A part of a text, in order.

    `prose` (a `title` or a `term` where its `name` begins so), `plain` (prose without markup),
    `code`, `target` (`name`: what a link leads to), `mark`: what is no prose, and has to stay, and
    `flaw`: what docutils warns of.
    """

    kind: str
    lines: Sequence[Line] = ()
    name: str = ""


def parts(text: str, start: int = 0) -> list[Part]:
    """Return the parts of a text from an offset on."""
    reading = _Reading(text)
    reading.body(Place(lines(text, start), 0, 0, titles=True))
    return reading.found


class _Reading:
    """The parts found so far. Each method that reads a block returns the number of the line after.

    `at` is the number of the line at which the block begins, in the lines of `place`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Part] = []

    def body(self, place: Place) -> None:
        """Read the blocks of a place."""
        if place.depth > DEEPEST:
            self._mark("deep")
            return
        at = 0
        while at < len(place.lines):
            line = place.lines[at]
            if line.blank:
                at += 1
            elif line.column > place.column:
                at = self._quotations(place, at)
            else:
                at = self._block(place, at)

    def _mark(self, name: str) -> None:
        self.found.append(Part("mark", (), name))

    def _code(self, lines: Sequence[Line], name: str) -> None:
        self._mark(name)
        self.found.append(Part("code", lines))

    def _prose(self, lines: Sequence[Line], name: str, place: Place) -> None:
        filled = [line for line in lines if not line.blank]
        if filled:
            self.found.append(Part("prose", filled, f"{name} {place.depth}"))

    def _nested(self, name: str, inner: Sequence[Line], place: Place) -> None:
        """Read what stands in a block."""
        filled = any(not line.blank for line in inner)
        self._mark(f"{name} {place.depth}" if filled else f"{name} {place.depth} empty")
        self.body(Place(inner, left(inner, 0), place.depth + 1))

    def _block(self, place: Place, at: int) -> int:
        hit = BLOCK.match(said(self.text, place.lines[at]))
        if hit is None:
            return self._text(place, at)
        kind = "line" if hit["sign"] else hit.lastgroup or ""
        below = place.after(at)
        beside = below and below.column <= place.column and said(self.text, below)
        if kind == "bullet" or (kind == "enumerator" and enumerates(hit[0], beside or None)):
            return self._item(place, at, hit)
        if kind in ("field", "option"):
            return self._field(place, at, hit)
        if kind == "verse":
            return self._verse(place, at, hit.end())
        if kind in _ALONE:
            return self._alone(place, at, kind)
        if kind == "explicit":
            return self._explicit(explicit(self.text, place.lines, at, place.column), place)
        if kind == "line":
            return self._ruled(place, at)
        return self._text(place, at)

    def _alone(self, place: Place, at: int, kind: str) -> int:
        end = _ALONE[kind](self.text, place.lines, at)
        found = cells(self.text, place.lines[at:end], place.column)
        if found is None:
            self._code(place.lines[at:end], kind)
        else:  # the widths of columns are part of what is read
            self._mark(f"{kind} {max(line.stop - line.start for line in place.lines[at:end])}")
        for cell in found or ():
            self._nested(f"cell of {kind}", cell, place)
        return end

    def _item(self, place: Place, at: int, hit: regex.Match[str]) -> int:
        line = place.lines[at]
        start = line.start + hit.end()
        if start >= line.stop:
            inner, end = inside(place.lines, at, place.column, hit.end())
        else:
            inset = width(hit[0], line.column)
            end = indented(place.lines, at + 1, inset - 1)
            inner = [Line(inset, start, line.stop), *place.lines[at + 1 : end]]
        self._nested("item", inner, place)
        return end

    def _field(self, place: Place, at: int, hit: regex.Match[str]) -> int:
        """Read a field, or an option of a command with what it does."""
        inner, end = inside(place.lines, at, place.column, hit.end())
        if hit["option"] and all(line.blank for line in inner):
            return self._text(place, at)
        names = (hit["field"] or "").strip(": \t").lower().split()
        if names and names[0] in DATA_FIELDS:
            self._code(inner, f"field {place.depth}")
        else:
            self._nested("field", inner, place)
        return end

    def _verse(self, place: Place, at: int, offset: int) -> int:
        """Read a line of a line block, which may go on below."""
        end = hanging(place.lines, at + 1, place.column)
        line = place.lines[at]
        first = line._replace(start=min(line.start + offset, line.stop))
        self._mark("verse")
        self._prose([first, *place.lines[at + 1 : end]], "verse", place)
        return end

    def _explicit(self, block: Explicit, place: Place) -> int:
        if block.target is not None:
            self.found.append(Part("target", (), block.target))
        if block.alt:
            self.found.append(Part("plain", block.alt, "alternative text"))
        self._prose(block.head, f"title of {block.name}", place)
        if block.body is not None:
            self._nested(block.name, block.body, place)
        else:
            self._code(block.code, block.name)
        return block.end

    def _ruled(self, place: Place, at: int) -> int:
        """Read a line of one sign: a title's overline, or a transition."""
        over = said(self.text, place.lines[at])
        title, end = None, at + 1
        if place.titles:
            title, fits, end = overlined(self.text, place.lines, at, place.column)
            if title is not None:
                self._title(title, over + over, place, fits=fits)
        if title is None:
            if len(over) < SHORT:
                return self._text(place, at)
            self._mark(f"line {over} before {end - at}")
        return end

    def _title(self, title: Line, line: str, place: Place, *, fits: bool) -> None:
        self._mark(f"title {line}")
        if not fits:
            self.found.append(Part("flaw", (), f"short {line}"))
        self._prose([title], "title", place)

    def _text(self, place: Place, at: int) -> int:
        """Read a title, a term with its definition, or a paragraph."""
        below = place.after(at)
        if below is None:
            return self._paragraph(place, at, at + 1)
        if below.column > place.column:
            return self._term(place, at)
        under, fits = underlined(self.text, place.lines[at], below)
        if under:
            if place.titles:
                self._title(place.lines[at], under, place, fits=fits)
            else:
                self._mark("misplaced title")
            return at + 2
        end = at + 1
        while end < len(place.lines) and not place.lines[end].blank:
            if place.lines[end].column > place.column:
                break
            end += 1
        return self._paragraph(place, at, end)

    def _term(self, place: Place, at: int) -> int:
        end = indented(place.lines, at + 1, place.column)
        term = said(self.text, place.lines[at])
        if term.endswith("::"):  # meant as a literal block; a blank line is missing
            self._code(place.lines[at + 1 : end], f"definition {place.depth}")
            return end
        if " : " not in term:
            self._prose([place.lines[at]], "term", place)
        self._nested("definition", place.lines[at + 1 : end], place)
        return end

    def _paragraph(self, place: Place, at: int, end: int) -> int:
        last = before_literal(self.text, place.lines[end - 1])
        if last is None:
            self._prose(place.lines[at:end], "prose", place)
            return end
        self._prose([*place.lines[at : end - 1], last], "prose before code", place)
        start, end = literal(self.text, place.lines, end, place.column)
        self._code(place.lines[start:end], "literal")
        return end

    def _quotations(self, place: Place, at: int) -> int:
        """Read block quotes, and leave alone who is quoted."""
        end = indented(place.lines, at, place.column)
        inner = left(place.lines[at:end], place.column)
        while at < end:
            if place.lines[at].blank:
                at += 1
                continue
            start, stop = attribution(self.text, place.lines, at, end, inner)
            self._nested("quotation", place.lines[at:start], place)
            if start < stop:
                self._mark("attribution")
            at = stop
        return end
