"""What the page is sent of a text: never more than it can show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrubber.model import Document
from scrubber.review.items import ACCEPTED, Item
from scrubber.review.items import OPEN as UNASKED

RADIUS = 360
"""Code points of context on each side at first; each `m` shows three times as many."""

LEVELS = 5
"""How often `m` helps: then it is 87,480 code points on each side."""

WHOLE = 4_000
"""A longer text is shown by its beginning and its end, and cannot be typed anew in the page."""

ROW = 30
"""Code points on each side of the place in a row of the list."""

Piece = str | tuple[str, str | None]
"""A stretch of context; or another finding in it, and what was accepted for it."""


def short(text: str, limit: int = WHOLE) -> str:
    """Return a text that is too long without its middle.

    >>> short("abcdefgh", 4)
    'ab […] gh'
    """
    half = limit // 2
    return text if len(text) <= limit else f"{text[:half]} […] {text[-half:]}"


def window(text: str, start: int, end: int, level: int) -> tuple[int, int]:
    r"""Return from where to where the context of a place is shown.

    It begins and ends at a line where one is near, or else at a blank.

    >>> window("one\ntwo three", 4, 7, 0)
    (0, 13)
    """
    radius = RADIUS * 3 ** max(0, min(level, LEVELS))
    low, high = max(0, start - radius), min(len(text), end + radius)
    slack = radius // 3
    if low:
        cut = text.find("\n", low, start - slack) + 1 or text.find(" ", low, low + slack) + 1
        low = cut or low
    if high < len(text):
        cut = text.rfind("\n", end + slack, high)
        cut = cut if cut >= 0 else text.rfind(" ", high - slack, high)
        high = cut if cut >= 0 else high
    return low, high


def context(item: Item, near: Sequence[Item], level: int) -> dict[str, Any]:
    """Return what stands around an item, with the other findings of its document in it.

    `near` are the items of the document, sorted by place.
    """
    document, finding = item.document, item.finding
    low, high = window(document.text, finding.start, finding.end, level)
    others = [] if item.written else [o for o in near if o is not item and o.document is document]
    return {
        "head": _pieces(document, others, low, finding.start),
        "tail": _pieces(document, others, finding.end, high),
        "cut_before": low > 0,
        "cut_after": high < len(document.text),
        "more": (low > 0 or high < len(document.text)) and level < LEVELS,
    }


def _pieces(document: Document, others: Sequence[Item], low: int, high: int) -> list[Piece]:
    """The text from `low` to `high`, with what was found in it apart, as far as it stands."""
    pieces: list[Piece] = []
    at = low
    for other in others:
        start, end = other.finding.start, other.finding.end
        if at <= start <= end <= high and other.state in (ACCEPTED, UNASKED):
            if start > at:
                pieces.append(document.text[at:start])
            pieces.append((other.finding.text, other.chosen))
            at = end
    if at < high:
        pieces.append(document.text[at:high])
    return pieces
