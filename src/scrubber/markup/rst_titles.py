"""The titles of reStructuredText: whether the lines of signs at them are theirs. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from scrubber.markup.rst_lines import Line, said
from scrubber.patterns import lazy

SIGN = r"[!-/:-@\[-`{-~]"
"""A character that may underline a title, or quote a literal block."""

SHORT = 4
"""A line of fewer signs is text where it does not fit a title."""

_LINE = lazy(rf"({SIGN})\1*$")


def underlined(text: str, title: Line, below: Line) -> tuple[str, bool]:
    """Return the underline of a title, empty where it is none, and whether it is long enough."""
    under = said(text, below)
    fits = _shown_width(said(text, title)) <= len(under)
    return (under if (fits or len(under) >= SHORT) and _LINE.match(under) else ""), fits


def overlined(
    text: str, block: Sequence[Line], at: int, column: int
) -> tuple[Line | None, bool, int]:
    """Return the title below a line of signs, whether the line is long enough, and the end.

    The end is the number of the line after the title and its underline, or after what docutils
    takes for an error.
    """
    over = said(text, block[at])
    below, under = [*block[at + 1 : at + 3], _NONE, _NONE][:2]
    if below.blank:
        return None, False, at + 1
    inset = below.column - column
    if not inset and _LINE.match(said(text, below)):
        return None, False, at + 2
    fits = inset + _shown_width(said(text, below)) <= len(over)
    meant = said(text, under) == over and (fits or len(over) >= SHORT)
    return below if meant else None, fits, min(at + 3, len(block))


_NONE = Line(0, 0, 0)


def _shown_width(title: str) -> int:
    """Return how many columns a title takes on a screen, as docutils counts them."""
    if title.isascii():
        return len(title)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in title)
    return len(title) + wide - sum(unicodedata.combining(char) != 0 for char in title)
