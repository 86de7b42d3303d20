"""What is known about words: frequencies, names, places, names with a capital.

The one module that knows where word knowledge comes from; the closed classes of English, which are
few and written for scrubber, stand in `function_words`. Everything is loaded when first asked
for; a text without a seam never asks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache, lru_cache

from scrubber import kept
from scrubber.frequencies import foreign, frequencies, stamp
from scrubber.resources import Lines, lines, listing, rules_folder, words

LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru"})
"""Languages with a frequency list large enough to tell a rare word from none."""

DAYS_AND_MONTHS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December".split()
)


@lru_cache(maxsize=1 << 15)
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
    if not _LISTED:
        if _searched.cache_info().misses < _MANY:
            return _searched(word)
        _LISTED.append(frozenset(listing("english-words").split()))
    return word in _LISTED[0]


_MANY = 5000
"""Searches, of 5 microseconds each, before it pays to make a set of all words: 25 ms."""

_LISTED: list[frozenset[str]] = []
"""That set, once it was made."""


@lru_cache(maxsize=1 << 14)
def _searched(word: str) -> bool:
    """Whether a word stands in the list as it lies there: a small text never needs the set."""
    return lines("english-words").has(_bytes(word))


def _bytes(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def is_word(word: str, language: str) -> bool:
    """Whether a word in lower case is a known one: listed in English, not rare in others.

    >>> is_word("barricaded", "en"), is_word("treatybut", "en")
    (True, False)
    """
    if language == "en" and len(word) > 3:
        return is_listed(word)
    return zipf(word, language) >= 2.5


@cache
def _known(language: str) -> Lines:
    """All words of a language that are not very rare."""
    if language == "en":
        return lines("english-words")

    def made() -> bytes:
        floor = 1e-7  # zipf 2
        return _sorted(w for w, frequency in frequencies(language).items() if frequency >= floor)

    return Lines(kept.made(f"known.{language}", [stamp()], made))


def _sorted(words: Iterable[str]) -> bytes:
    return f"\n{chr(10).join(sorted(words))}\n".encode()


@cache
def beginning(part: str, language: str) -> int:
    """Return how many known words begin with these letters: parts of compounds begin many."""
    return _known(language).beginning(_bytes(part))


@cache
def ending(part: str, language: str) -> int:
    """Return how many known words end with these letters."""
    if not kept.writable() and ending.cache_info().misses < _FEW:
        known = _known(language)
        return known.data[known.first :].count(_bytes(part) + b"\n")
    return _by_ends(language).beginning(_bytes(part[::-1]))


_FEW = 40
"""Counts of endings before it pays to sort all words by their ends: 0.1 s, and 1 ms a count."""


@cache
def _by_ends(language: str) -> Lines:
    """The known words spelt backwards, kept for the runs that follow."""

    def made() -> bytes:
        known = _known(language)
        words = known.data[known.first + 1 : len(known.data) - 1].decode().split("\n")
        return _sorted(word[::-1] for word in words)

    status = (rules_folder() / "words" / "english-words.txt").stat()
    english = f"{rules_folder()} {status.st_size} {status.st_mtime_ns}".encode()
    source = english if language == "en" else stamp()
    return Lines(kept.made(f"ends.{language}", [source], made))


@cache
def short_words() -> frozenset[str]:
    """Return the English words of two and three letters."""
    return words("short-words")


def is_first_name(word: str) -> bool:
    r"""Whether a word is a given name, and no place's: the same as `first_names` tells.

    >>> is_first_name("Anna"), is_first_name("Georgia"), is_first_name("Ann\t"), is_first_name("")
    (True, False, False, False)
    """
    if _named.cache_info().misses < _MANY:
        return _named(word)
    return word in first_names()


@lru_cache(maxsize=1 << 14)
def _named(word: str) -> bool:
    names, start = lines("first-names"), _bytes(f"{word}\t")
    found = bool(word) and "\t" not in word and names.beginning(start) > 0
    return found and word not in places() and word not in _NO_ONE


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
