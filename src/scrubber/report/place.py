"""Where an offset lies, as people count: lines and columns."""

from __future__ import annotations

from bisect import bisect_right

from scrubber.model import Document


def place(document: Document, offset: int) -> tuple[int, int, int, int]:
    r"""Return line and column of an offset, both from 1, and where that line starts and stops.

    >>> place(Document("one\ntwo"), 5)
    (2, 2, 4, 7)
    """
    lines = document.lines
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    if at < 0:
        return 1, 1, 0, 0
    line = lines[at]
    return at + 1, offset - line.start + 1, line.start, line.stop
