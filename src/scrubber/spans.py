"""Many places in a text, asked whether one more meets them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from scrubber.edits import overlaps


class Spans:
    """Half-open spans that may overlap each other.

    >>> Spans([(0, 3), (8, 9)]).meet(2, 8), Spans([(0, 3), (8, 9)]).meet(3, 8)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._ends = list(accumulate((end for _, end in self._spans), max))

    def meet(self, start: int, end: int) -> bool:
        """Return whether one of them shares a place with another span, as `overlaps` says."""
        at = bisect_right(self._spans, end, key=lambda span: span[0]) - 1
        while at >= 0 and self._ends[at] >= start:
            if overlaps(*self._spans[at], start, end):
                return True
            at -= 1
        return False
