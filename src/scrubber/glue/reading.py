"""A token read as words: which words, and how dear that is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from scrubber import lexicon
from scrubber.frequencies import frequencies
from scrubber.model import Document
from scrubber.patterns import compiled

_LETTERS = {
    "en": "aI",
    "fr": "ày",
    "es": "yaoe",
    "it": "eaèo",
    "pt": "aoeéà",
    "pl": "wziou",
    "ru": "виксоуя",
}
"""Words of one letter."""


def reading(document: Document, token: str, code: str) -> tuple[str, ...]:
    """Return the words of the cheapest reading of a token as two words or more.

    A word costs what it is rare; a further word costs a little; a name, or a word that stands
    elsewhere in the document, costs less than one no one knows.
    """
    standing = _pieces(token) & document.vocabulary
    prices = ((piece, *_prices(piece, code)) for piece in standing)
    cheaper = frozenset(piece for piece, stands, unheard in prices if stands < unheard)
    return _reading(token, code, cheaper)


@lru_cache(maxsize=1 << 9)
def _pieces(token: str) -> frozenset[str]:
    """The letters that stand beside each other in a token, of all lengths that a word may have."""
    return frozenset(
        token[start:end]
        for start in range(len(token))
        for end in range(start + 1, min(start + LONGEST, len(token)) + 1)
    )


@lru_cache(maxsize=1 << 13)
def _reading(token: str, code: str, standing: frozenset[str]) -> tuple[str, ...]:
    """The reading where these are the words of the document that are cheaper for it.

    In most documents none is: then most tokens were read before.
    """
    size = len(token)
    ends = [at for at in range(1, size + 1) if _may_cut(token, at)]
    price_of = _priced(token, code, standing)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(_NEVER, 0)] * size
    for start in (0, *ends[:-1]):
        spent, more = best[start][0], 2.0 if start else 0.0
        if spent + more + _LEAST >= best[size][0]:
            continue  # nothing that begins here can be cheaper: most begin in no word
        for end in ends:
            if not start < end <= start + LONGEST or (start == 0 and end == size):
                continue
            if spent + more + _LEAST < best[end][0]:
                price = spent + price_of(start, end) + more
                if price < best[end][0]:
                    best[end] = (price, start)
    parts: list[str] = []
    while size and best[size][0] < _NEVER:
        start = best[size][1]
        parts.insert(0, token[start:size])
        size = start
    return tuple(parts)


def _priced(token: str, code: str, standing: frozenset[str]) -> Callable[[int, int], float]:
    """What each part of a token costs. Most parts are no word and in small letters: no look-up."""
    small = token[1:].islower() and token.isalpha() and token.casefold() == token.lower()
    first = 1 if token[:1].isupper() else 0

    def price(start: int, end: int) -> float:
        part = token[start:end]
        if not small or start < first or end - start < 3 or _is_known(part, code):
            return _prices(part, code)[part not in standing]
        return 6.0 if part in standing else 9 + 0.6 * (end - start)

    return price


LONGEST = 30
"""Letters of the longest word that is read in a token."""


@lru_cache(maxsize=1 << 15)
def _is_known(part: str, code: str) -> bool:
    return part in frequencies(code)


_LEAST = 1.0
"""Less than any word costs: the most frequent of a language is one in 20."""
_NEVER = 1e9


def _may_cut(token: str, at: int) -> bool:
    if at == len(token):
        return True
    before, after = token[at - 1], token[at]
    if before in "'’" or after in "'’" or not after.isalnum():
        return False
    return not (before.isnumeric() and after.isnumeric())


def cost(document: Document, word: str, code: str) -> float:
    """Return how dear it is to read these letters as one word: about -log10 of its share."""
    stands, unheard = _prices(word, code)
    return stands if stands < unheard and word in document.vocabulary else unheard


@lru_cache(maxsize=1 << 15)
def _prices(word: str, code: str) -> tuple[float, float]:
    """What a word costs where it stands elsewhere in the document, and where it does not."""
    if word.isnumeric():
        return 5.0, 5.0
    zipf = lexicon.zipf(word, code)
    if len(word) == 1:
        price = 14.0 if is_no_word(word, code) else 9 - zipf
        return price, price
    if compiled(r"\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}").search(word):
        if word.lower() in lexicon.set_names():
            return 5.0, 5.0
        return 6.5, 13 + 0.3 * len(word)
    price = 9 - zipf if zipf else 9 + 0.6 * len(word)
    if zipf and word.islower() and len(word) > 4 and not lexicon.is_word(word, code):
        price += 2
    if word[0].isupper():
        price = price + 0.3 if len(word) < 3 else min(price + 0.3, 7 + 0.25 * len(word))
    return (min(price, 6.0) if len(word) > 2 else price), price


def is_no_word(letter: str, code: str) -> bool:
    """Whether a single letter is no word of a language."""
    return not letter.isnumeric() and letter not in _LETTERS.get(code, "") and letter not in "AOEÀ"
