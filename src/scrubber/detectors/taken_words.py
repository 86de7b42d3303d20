"""Documents that a corpus recipe throws away because its line rules take too many words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from scrubber.detectors import line_measure, line_pattern
from scrubber.measures import breach
from scrubber.model import Action, Document, Match


def find(
    document: Document, *, lines: Sequence[Mapping[str, Any]], above: float
) -> Iterator[Match]:
    r"""Yield one match, at the start of the text, when `lines` take more than a share of its words.

    `lines` holds the parameters of the line rules of the same pack: of `line_measure` where a
    `measure` is among them, else of `line_pattern`.

    >>> one_word = {"measure": "words", "below": 2}
    >>> text = "Home\nIt rained all day."
    >>> [m.message for m in find(Document(text), lines=[one_word], above=0.05)]
    ['words that line rules take: 20 %, at most 5 %']
    """
    every = len(document.text.split())
    if not every:
        return
    found = (
        (line_measure if "measure" in params else line_pattern).find(document, **params)
        for params in lines
    )
    taken = end = 0
    for match in sorted(chain.from_iterable(found), key=lambda match: (match.start, -match.end)):
        taken += len(document.text[max(end, match.start) : match.end].split())
        end = max(end, match.end)
    message = breach("words that line rules take", taken / every, 0, above, share=True)
    if message:
        yield Match(0, 0, (), message, Action.REPORT)
