"""Lines that a corpus recipe takes out, or edits, for what stands in them or is missing there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from scrubber.measures import line_texts, taken_out
from scrubber.model import Document, Match
from scrubber.patterns import TIMEOUT, compiled

if TYPE_CHECKING:
    import regex


def find(
    document: Document,
    *,
    pattern: str,
    take: Literal["line", "part", "others"] = "line",
    most_words: int = 0,
    message: str = "",
) -> Iterator[Match]:
    r"""Yield what a recipe takes: `pattern` is looked for in each line, blanks around it aside.

    `take` is `line` (every line in which it hits), `part` (only what it hits, or the line when
    nothing else stands in it) or `others` (every line in which it does not hit). With `most_words`
    longer lines are left alone. Blank lines always are.

    >>> text = "A line.\nNo end mark\n"
    >>> [text[m.start : m.end] for m in find(Document(text), pattern=r"\.$", take="others")]
    ['No end mark\n']
    """
    texts = line_texts(document)
    expression = compiled(pattern)
    for number, text in enumerate(texts):
        if not text or (most_words and len(text.split()) > most_words):
            continue
        hit = expression.search(text, timeout=TIMEOUT)
        if (hit is None) is not (take == "others"):
            continue
        start, end = taken_out(document, texts, number)
        if hit and take == "part" and len(hit[0]) < len(text):
            start, end = _part(document, number, text, hit)
        yield Match(start, end, ("",), message)


def _part(document: Document, number: int, text: str, hit: regex.Match[str]) -> tuple[int, int]:
    """The span of a hit in the document."""
    line = document.lines[number]
    at = document.text.index(text, line.start, line.stop)
    return at + hit.start(), at + hit.end()
