"""Documents that a corpus recipe throws away for a figure: there is nothing to repair."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from scrubber.measures import breach, line_texts, words
from scrubber.model import Action, Document, Match
from scrubber.patterns import TIMEOUT, compiled, hits

_Measure = Callable[[Document, str], float | None]


def find(
    document: Document,
    *,
    measure: Literal[
        "words", "word-length", "word-hits", "word-share", "line-share", "hits", "hits-per-word"
    ],
    of: str,
    pattern: str = "",
    below: float = 0,
    above: float = float("inf"),
) -> Iterator[Match]:
    """Yield one match, at the start of the text, when a figure of it lies outside its bounds.

    `words` counts them, `word-length` is their mean length; `word-hits` counts those in which
    `pattern` hits, `word-share` and `line-share` are the share of such words and lines; `hits` and
    `hits-per-word` count it in the whole text. `of` says what is measured. Blank lines do not
    count; a text without words has no figure that is measured by them.

    >>> [m.message for m in find(Document("Menu Home"), measure="words", of="words", below=50)]
    ['words: 2, at least 50']
    """
    if not document.text.strip():
        return
    value = _MEASURES[measure](document, pattern)
    share = measure.endswith("-share")
    message = "" if value is None else breach(of, value, below, above, share)
    if message:
        yield Match(0, 0, (), message, Action.REPORT)


def _share(texts: list[str], pattern: str) -> float | None:
    return _fitting(texts, pattern) / len(texts) if texts else None


def _fitting(texts: list[str], pattern: str) -> int:
    expression = compiled(pattern)
    return sum(bool(expression.search(text, timeout=TIMEOUT)) for text in texts)


def _word_length(document: Document, _: str) -> float | None:
    found = words(document.text)
    return sum(map(len, found)) / len(found) if found else None


def _hits(document: Document, pattern: str) -> int:
    return sum(1 for _ in hits(pattern, document.text))


def _hits_per_word(document: Document, pattern: str) -> float | None:
    count = len(words(document.text))
    return _hits(document, pattern) / count if count else None


_MEASURES: Mapping[str, _Measure] = {
    "words": lambda document, _: len(words(document.text)),
    "word-length": _word_length,
    "word-hits": lambda document, pattern: _fitting(words(document.text), pattern),
    "word-share": lambda document, pattern: _share(words(document.text), pattern),
    "line-share": lambda document, pattern: _share([*filter(None, line_texts(document))], pattern),
    "hits": _hits,
    "hits-per-word": _hits_per_word,
}
