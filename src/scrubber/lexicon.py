"""What is known about words: frequencies, names, places, names with a capital.

The one module that knows where word knowledge comes from; the closed classes of English, which are
few and written for scrubber, stand in `function_words`. Everything is loaded when first asked
for; a text without a seam never asks.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from scrubber.frequencies import foreign, frequencies
from scrubber.resources import listing, words

LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru"})
"""Languages with a frequency list large enough to tell a rare word from none."""

DAYS_AND_MONTHS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December".split()
)


def zipf(word: str, language: str) -> float:
    """Return how frequent a word is: log10 of its occurrences in a billion words, or 0 if unknown.

    3 is once in a million words, 6 is once in a thousand. Case is ignored (ß is ss). From wordfreq.

    >>> zipf("the", "en") > 7 > zipf("barricaded", "en") > 2
    True
    >>> zipf("treatybut", "en")
    0.0
    """
    frequency = frequencies(language).get(word.casefold().replace("’", "'"))
    return round(math.log10(frequency) + 9, 2) if frequency else 0.0


def is_foreign(word: str) -> bool:
    """Whether a word is a common one of another language that quotations in English hold.

    >>> is_foreign("asunto"), is_foreign("volunteerswho")
    (True, False)
    """
    return word.lower() in foreign()


@cache
def places() -> frozenset[str]:
    """Return names of countries, territories and large cities, as written."""
    return words("territories") | words("cities")


@cache
def nationalities() -> frozenset[str]:
    """Return demonyms and adjectives of nations, as written."""
    return words("demonyms")


@cache
def set_names() -> frozenset[str]:
    """Return names that must never be taken apart, in lower case: brands, code, tools."""
    return frozenset(name.lower() for name in words("camel-names")) | words("code-names")


def is_listed(word: str) -> bool:
    """Whether a word in lower case, of four letters or more, is an English one.

    >>> is_listed("barricaded"), is_listed("treatybut")
    (True, False)
    """
    if _searched.cache_info().misses < _MANY:
        return _searched(word)
    return word in _listed()


_MANY = 5000
"""Searches, of 5 microseconds each, before it pays to make a set of all words: 25 ms."""


@cache
def _listed() -> frozenset[str]:
    return frozenset(listing("english-words").split("\n"))


@lru_cache(maxsize=1 << 16)
def _searched(word: str) -> bool:
    """Whether a word stands in the sorted list as it was read: a small text never needs the set."""
    text = listing("english-words")
    low, high = 0, len(text)
    while low < high:
        middle = text.rfind("\n", low, (low + high) // 2) + 1 or low
        end = text.find("\n", middle)
        found = text[middle:end]
        if found == word:
            return True
        if found < word:
            low = end + 1
        else:
            high = middle
    return False


def is_word(word: str, language: str) -> bool:
    """Whether a word in lower case is a known one: listed in English, not rare in others.

    >>> is_word("barricaded", "en"), is_word("treatybut", "en")
    (True, False)
    """
    if language == "en" and len(word) > 3:
        return is_listed(word)
    return zipf(word, language) >= 2.5


@cache
def _joined(language: str) -> str:
    """All words of a language that are not very rare, each between two line breaks."""
    if language == "en":
        return "\n" + listing("english-words")
    floor = 1e-7  # zipf 2
    known = sorted(w for w, frequency in frequencies(language).items() if frequency >= floor)
    return "\n" + "\n".join(known) + "\n"


@cache
def beginning(part: str, language: str) -> int:
    """Return how many known words begin with these letters: parts of compounds begin many."""
    return _beginning(part, _joined(language))


@cache
def ending(part: str, language: str) -> int:
    """Return how many known words end with these letters."""
    if ending.cache_info().misses < _FEW:
        return _joined(language).count(part + "\n")
    return _beginning(part[::-1], _reversed(language))


_FEW = 40
"""Counts of endings before it pays to sort all words by their ends: 0.1 s, and 1 ms a count."""


@cache
def _reversed(language: str) -> str:
    words = sorted(word[::-1] for word in _joined(language)[1:-1].split("\n"))
    return "\n" + "\n".join(words) + "\n"


def _beginning(part: str, joined: str) -> int:
    """How many lines of a sorted text, between line breaks, begin with these letters."""
    first = _line_from(joined, part)
    return joined.count("\n", first, _line_from(joined, part + "\U0010ffff"))


def _line_from(joined: str, word: str) -> int:
    """Where the first line stands that is no smaller than a word, by bisection."""
    low, high = 0, len(joined) - 1
    while low < high:  # the break before a line stands for it
        middle = joined.rfind("\n", low, (low + high) // 2 + 1)
        if joined[middle + 1 : joined.find("\n", middle + 1)] < word:
            low = joined.find("\n", middle + 1)
        else:
            high = middle
    return low


@cache
def short_words() -> frozenset[str]:
    """Return the English words of two and three letters."""
    return words("short-words")


@cache
def first_names() -> dict[str, str]:
    """Return given names with their usual gender, `f` or `m`, without those that name a place."""
    names = dict(line.split("\t") for line in words("first-names"))
    return {name: names[name] for name in names.keys() - places() - _NO_ONE}


_NO_ONE = frozenset(
    "January April May June August Asia Africa America Europe Will Mark Faith Hope Grace Summer"
    " Autumn Dawn Christian Sunday Monday Friday Major Baron Prince King Duke".split()
)


def is_nation(word: str) -> bool:
    """Whether a word, as written, names a country, a city or what belongs to one."""
    return word in places() or word in nationalities()
