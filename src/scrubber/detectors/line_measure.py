"""Lines that a corpus recipe takes out for a figure: too few words, a word too long, capitals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from scrubber.measures import breach, line_texts, taken_out
from scrubber.model import Document, Match


def find(
    document: Document,
    *,
    measure: Literal["words", "longest-word", "capitals"],
    below: float = 0,
    above: float = float("inf"),
) -> Iterator[Match]:
    r"""Yield each line whose figure lies outside its bounds; the proposal takes the line out.

    `words` are what blanks part, `longest-word` is in characters, `capitals` are a share of all
    characters of the line, blanks and marks too. Blank lines are left alone.

    >>> text = "Home\nThe ferry leaves at nine.\n"
    >>> [m.message for m in find(Document(text), measure="words", below=5)]
    ['words in the line: 1, at least 5']
    """
    texts = line_texts(document)
    for number, text in enumerate(texts):
        if not text:
            continue
        message = breach(_OF[measure], _value(text, measure), below, above, measure == "capitals")
        if message:
            yield Match(*taken_out(document, texts, number), ("",), message)


_OF = {
    "words": "words in the line",
    "longest-word": "characters in the longest word",
    "capitals": "capitals among the characters of the line",
}


def _value(text: str, measure: str) -> float:
    if measure == "words":
        return len(text.split())
    if measure == "longest-word":
        return max(map(len, text.split()))
    return sum(map(str.isupper, text)) / len(text)
