"""Two blanks where one belongs, in a text that has one everywhere else (`led by  Ann`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scrubber.model import Document, Match
from scrubber.patterns import compiled

_RUN = r"(?<=[\p{L}\p{M}\p{N},;:.!?\"”’)]) {2,3}(?=[\p{L}\p{N}“\"(])"
FEW = 3
"""More runs than this are how a text is set: two blanks after a stop, columns."""
SHARE = 10
"""Single blanks in the text for each run, at least."""

COLUMNS = 120
"""Code points: a line with two runs that is shorter is a row of a table."""


def find(document: Document) -> Iterator[Match]:
    """Yield runs of two or three blanks between words.

    Left alone: texts that do it more than a few times or are short, short lines with more than one
    run (columns), lines that begin with a blank, and markup that shows them as one.
    """
    text = document.text
    if "  " not in text or not document.blanks_count:
        return
    hits = list(compiled(_RUN).finditer(text))
    if not 0 < len(hits) <= FEW or text.count(" ") < SHARE * len(hits):
        return
    starts = [text.rfind("\n", 0, hit.start()) + 1 for hit in hits]
    runs = Counter(starts)
    for start, hit in zip(starts, hits, strict=True):
        columns = runs[start] > 1 and "\n" in text[start : start + COLUMNS]
        if not columns and not text[start].isspace():
            yield Match(*hit.span(), (" ",), "blanks in a row, in a text with single ones")
