"""What begins with two stops in reStructuredText: directives, notes, targets, comments. Pure.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#explicit-markup-blocks
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scrubber.markup.rst_lines import BLANK, Line, contiguous, hanging, indented, inside, said
from scrubber.markup.rst_names import (
    ARGUED,
    BODIES,
    CODE_OF_KINDS,
    PICTURES,
    TITLED,
    VERSIONED,
)
from scrubber.markup.rst_starts import FIELD
from scrubber.patterns import lazy

_NAME = r"[^\W_]++(?:[-._+:][^\W_]++)*+"
_START = rf"\.\.{BLANK}+"
_NOTE = lazy(rf"{_START}\[(?:[0-9]+|\#(?:{_NAME})?|\*|{_NAME})\](?:{BLANK}+|$)")
_TARGET = lazy(
    rf"__(?:{BLANK}+|$)|{_START}_(?:_|(?![ _])(?:`[^`]+`|(?:\\.|[^\\:`]|:(?!{BLANK}|$))++))"
    rf"[ ]?:(?:{BLANK}+|$)"
)
_DEFINITION = lazy(rf"{_START}\|(?![ ]|$)")
_DIRECTIVE = lazy(rf"{_START}({_NAME})[ ]?::(?:{BLANK}+|$)")
_FIELD = lazy(FIELD)
_ALT = lazy(rf":alt:{BLANK}+")


class Explicit(NamedTuple):
    """A block of explicit markup: its name, and the number of the line after it.

    `head` is its title, `alt` an alternative text, `body` what stands in it, where that is prose;
    `code` what is none. `target` is what it leads to.
    """

    name: str
    end: int
    head: Sequence[Line] = ()
    body: Sequence[Line] | None = None
    code: Sequence[Line] = ()
    alt: Sequence[Line] = ()
    target: str | None = None


def explicit(text: str, block: Sequence[Line], at: int, column: int) -> Explicit:
    """Read the block of explicit markup that begins at a line."""
    first = said(text, block[at])
    note = _NOTE.match(first)
    if note is not None:
        body, end = inside(block, at, column, note.end())
        return Explicit("note", end, body=body)
    directive = _DIRECTIVE.match(first)
    if directive is not None:
        body, end = inside(block, at, column, directive.end())
        return _directive(text, directive[1].lower(), body, end)
    target = _TARGET.match(first)
    if target is not None:
        end = hanging(block, at + 1, column)
        told = [first[target.end() :], *(said(text, line) for line in block[at + 1 : end])]
        return Explicit("target", end, target="".join(told))
    below = at + 1 == len(block) or block[at + 1].blank
    end = at + 1 if first == ".." and below else indented(block, at + 1, column)
    if _DEFINITION.match(first):
        return Explicit("definition", end, code=block[at:end])
    return Explicit("comment", end)


def _directive(text: str, name: str, body: Sequence[Line], end: int) -> Explicit:
    """Read a directive: its argument, its options up to a blank line, what stands below."""
    if body[0].blank:
        body = body[1:]
    blank = contiguous(body, 0)
    options = next((n for n in range(blank) if _FIELD.match(said(text, body[n]))), blank)
    head, below = body[:options], body[blank:]
    if name in BODIES:
        return Explicit(name, end, body=[*head, *below])
    if name in TITLED:
        return Explicit(name, end, head, below)
    if name in VERSIONED:
        return Explicit(name, end, _after_first_word(text, head), below)
    alt = _alt(text, body[options:blank]) if name in PICTURES else ()
    describing = (name.startswith("auto") or ":" in name) and name not in CODE_OF_KINDS
    if name in ARGUED or describing:
        return Explicit(name, end, body=below, alt=alt)
    return Explicit(name, end, code=body, alt=alt)


def _after_first_word(text: str, head: Sequence[Line]) -> list[Line]:
    if not head:
        return []
    rest = said(text, head[0]).split(None, 1)[1:]
    first = [head[0]._replace(start=head[0].stop - len(rest[0]))] if rest else []
    return [*first, *head[1:]]


def _alt(text: str, options: Sequence[Line]) -> Sequence[Line]:
    """The alternative text among the options of a picture."""
    for number, line in enumerate(options):
        hit = _ALT.match(said(text, line))
        if hit is not None:
            end = hanging(options, number + 1, line.column)
            return [line._replace(start=line.start + hit.end()), *options[number + 1 : end]]
    return ()
