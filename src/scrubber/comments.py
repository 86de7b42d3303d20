"""Comments in a text that tell scrubber to be silent, and what is to be said of them. Pure."""

from __future__ import annotations

from typing import NamedTuple

from scrubber.patterns import lazy

MARK = "scrubber:"
"""What such a comment begins with: a text without it holds none."""

DETECTOR = "comment"
"""What finds the remarks on comments: its rules look once all others have."""


class Comment(NamedTuple):
    """A comment that begins with `MARK`: its place, what it says behind that, and where.

    `reach` is what it is near to: its own line, and the block below where it stands alone.
    """

    start: int
    end: int
    said: str
    at: int
    reach: tuple[int, int]


class Remark(NamedTuple):
    """What is wrong with a comment: `unused`, or `unknown` for a word that means nothing."""

    kind: str
    start: int
    end: int
    message: str


_BREAK = lazy(r"\r\n|\r|\n")
_BLANK = r"[ \t>]*"
_BELOW = lazy(
    rf"(?:{_BLANK}(?:\r\n|\r|\n))*+(?:{_BLANK}[^\s>][^\r\n]*+(?:\r\n|\r|\n|\Z))*+",
)
"""Blank lines, and the lines up to the next blank one. A mark of quotation leaves a line blank."""


def line_of(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Return where the line of a place starts, and where it stops before its break.

    >>> line_of("one\r\ntwo\r\n", 5, 6)
    (5, 8)
    """
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    found = _BREAK.search(text, end)
    return first, found.start() if found else len(text)


def reach(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Return what a comment is near to: its line, and the block below where it stands alone.

    >>> text = "// scrubber: ignore\nOne\ntwo.\n\nThree."
    >>> text[slice(*reach(text, 0, 19))]
    '// scrubber: ignore\nOne\ntwo.'
    """
    first, stop = line_of(text, start, end)
    found = _BREAK.match(text, stop)
    if not alone(text, start, end) or not found:
        return first, stop
    below = _BELOW.match(text, found.end())
    assert below is not None  # it matches the empty text
    return first, below.start() + len(below[0].rstrip("\r\n"))


def alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks and marks of quotation stands beside a place in its line."""
    first, stop = line_of(text, start, end)
    return not (text[first:start] + text[end:stop]).strip(" \t>")
