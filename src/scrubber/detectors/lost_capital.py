"""Capitals lost in names of countries and cities (`north korea`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from scrubber import lexicon
from scrubber.languages import language_around
from scrubber.model import Action, Document, Match
from scrubber.patterns import alone, compiled, escape, lazy
from scrubber.resources import words
from scrubber.sieve import Sieve
from scrubber.text import WORD, sentence, words_of

if TYPE_CHECKING:
    import regex

_AMBIGUOUS = frozenset(
    "china turkey chile jersey guinea chad polish march may august man brazil japan french scotch"
    " pole reading nice split mobile orange bath cork victoria georgia jordan niger mali cuba oman"
    " peru togo lima phoenix male central adelaide samoa reunion cocos soviet danish dutch afghan"
    " bermuda".split()
)
"""Names that are common words too, or become one (a soviet, a danish, going dutch)."""
_MORE = (
    "United Nations,European Union,New York,Middle East,Los Angeles,San Francisco,Las Vegas,"
    "New Delhi,Hong Kong,Latin America,South America,North America,New England,New Jersey,"
    "New Mexico,North Carolina,South Carolina,North Dakota,South Dakota,West Virginia,"
    "Rhode Island,Saudi Arabia,Great Britain,Northern Ireland,West Bank,Gaza Strip,White Nile"
).split(",")


_SINGLE = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July"
    " September October November December NATO UNESCO UNICEF UNHCR FIFA UEFA OPEC ASEAN IAEA Hamas"
    " Hezbollah Kremlin Pentagon Interpol Europol Brexit Ramadan Europe Asia Africa London Paris"
    " Moscow Beijing Tokyo Washington Berlin Kyiv Kiev Seoul Brussels Tehran Baghdad Damascus Cairo"
    " Istanbul Ankara Madrid Vienna Warsaw Pyongyang California Texas Florida".split()
)


@cache
def _single() -> dict[str, str]:
    """Names of one word that are no common word, by their lower case."""
    listed = [*words("territories"), *words("demonyms"), *_SINGLE]
    names = {name.lower(): name for name in listed if " " not in name and len(name) > 3}
    return {lower: name for lower, name in names.items() if lower not in _AMBIGUOUS}


@cache
def _names() -> dict[str, str]:
    """Names of several words, by their lower case."""
    return {
        name.lower(): name
        for name in (*lexicon.places(), *_MORE)
        if " " in name
        and not any(part[0].islower() for part in name.split())
        and name.lower().split()[0] not in _DOUBTFUL_FIRST
    }


@cache
def _by_first_word() -> dict[str, list[str]]:
    """The names of several words in lower case, by the first one."""
    found: dict[str, list[str]] = {}
    for name in _names():
        first = WORD.findall(name)[0]
        if name.startswith(first):
            found.setdefault(first, []).append(name)
    return found


def _telling(chunk: str) -> tuple[str, ...]:
    """The words between two blanks that a name in lower case or a full name begins with."""
    first, single = _by_first_word(), _single()
    return tuple(
        word
        for word in words_of(chunk)
        if word in first or word in single or (word[0].isupper() and lexicon.is_first_name(word))
    )


_TELLING = Sieve(_telling)


@lru_cache(maxsize=2)
def _words(document: Document) -> frozenset[str]:
    return frozenset(word for some in _TELLING.of(document.chunks).values() for word in some)


def _places(document: Document) -> list[int]:
    """Where a name of several words in lower case may begin, in order."""
    text, first = document.text, _by_first_word()
    names = (name for word in _words(document) & first.keys() for name in first[word])
    return sorted(
        {
            hit.start()
            for name in names
            if name in text
            for hit in compiled(escape(name)).finditer(text)
        }
    )


@cache
def _pattern() -> regex.Pattern[str]:
    words = "|".join(map(escape, sorted(_names(), key=len, reverse=True)))
    return compiled(rf"(?<![\p{{L}}\p{{N}}_@#/.-])(?:{words})(?![\p{{L}}\p{{N}}_@/-])")


_PHRASES = frozenset(
    "west bank,middle east,new jersey,new england,ivory coast,road town,george town,wake island,"
    "white nile,goose bay,los angeles,las vegas,central america,latin america".split(",")
)
"""Names that are also plain phrases, in English or in the language they come from."""
_DOUBTFUL_FIRST = frozenset(
    "british french dutch american western central outlying swift broken tell la flying"
    " road".split()
)


def fix_gate() -> str:
    """Return what every text holds that is repaired unattended: see `scrubber.gates`.

    Names of several words; those of one word are only offered.
    """
    return "|".join(map(escape, sorted(_names())))


def find(document: Document) -> Iterator[Match]:
    """Yield names written in lower case: of places, peoples, days, organisations, persons.

    Names of several words are sure in English (0 false in 2.19 million words of clean prose). A
    single word is only offered, and never when it is a common word too (turkey, march); a person
    only where the same text has the full name with capitals. Left alone: text without capitals.
    """
    several = _names()
    done = 0
    for start in _places(document):
        hit = _pattern().match(document.text, start) if start >= done else None
        if hit is None:
            continue
        done = hit.end()
        if document.language != "en" or _careless(document.text):
            return
        name = several[hit[0]]
        start, end = sentence(document.text, hit.start())
        careless = _CARELESS.search(document.text, start, end)
        near = language_around(document.text, hit.start(), hit.end())
        sure = near in ("en", None) and not careless and hit[0] not in _PHRASES
        action = Action.FIX if sure else Action.SUGGEST
        yield Match(hit.start(), hit.end(), (name,), f"“{hit[0]}” is a name: “{name}”", action)
    yield from _of_one_word(document)
    yield from _of_people(document)


def _of_one_word(document: Document) -> Iterator[Match]:
    """Names of one word in lower case, once or twice in a text that has capitals elsewhere.

    65 in 41 million characters of clean text, 23 of them "soviet" and nearly all others slips;
    so "soviet" is on the list of the ambiguous, and none is repaired unattended.
    """
    for word in sorted(_single().keys() & _words(document)):
        name, count = _single()[word], document.words[word]
        if (count > 2 and count > document.words[name]) or document.language != "en":
            continue
        import regex

        for hit in regex.finditer(rf"{_EDGE_BEFORE}{word}{_EDGE_AFTER}", document.text):
            if _pattern().match(document.text, document.text.rfind(" ", 0, hit.start() - 1) + 1):
                continue  # the last word of a longer name
            start, end = sentence(document.text, hit.start())
            if _CARELESS.search(document.text, start, end) or _careless(document.text):
                continue
            if document.text.count(" ", start, end) < 4:
                continue
            if language_around(document.text, hit.start(), hit.end()) == "en":
                seen = f", as it is written elsewhere in this text: “{name}”"
                seen = seen if document.words[name] else f": “{name}”"
                message = f"“{word}” is a name{seen}"
                yield Match(hit.start(), hit.end(), (name,), message, Action.SUGGEST)


def _of_people(document: Document) -> Iterator[Match]:
    """A given name and a surname in lower case that the same text has with capitals."""
    for full in sorted(set(_full_names(document))):
        if full.lower() not in document.text or document.language != "en":
            continue
        if _careless(document.text):
            continue
        if any(document.words[part] != 1 for part in full.lower().split()):
            continue  # a plain phrase with a heading's capitals (Toy Fair)
        at = alone(full.lower(), document.text, _EDGE_BEFORE, _EDGE_AFTER)
        if at >= 0:
            message = f"“{full.lower()}” is written “{full}” elsewhere in this text"
            yield Match(at, at + len(full), (full,), message, Action.SUGGEST)


def _full_names(document: Document) -> Iterator[str]:
    """Two words with capitals, the first of them a given name."""
    text = document.text
    for word in filter(lexicon.is_first_name, _words(document)):
        at = text.find(f"{word} ")
        while at >= 0:
            hit = _FULL_NAME.match(text, at)
            if hit:
                yield hit[0]
            at = text.find(f"{word} ", at + 1)


_EDGE_BEFORE = r"(?<![\p{L}\p{N}_@#/.’'-])"
_EDGE_AFTER = r"(?![\p{L}\p{N}_@/-]|\.\w)"
_FULL_NAME = lazy(r"(?<!\p{L})\p{Lu}\p{Ll}{2,} \p{Lu}\p{Ll}{3,}(?!\p{L})")
_CARELESS = lazy(r"\bi\b|\G[^\p{L}]*\p{Ll}")
"""A sentence that begins in lower case, or says "i": its writer does without capitals."""


def _careless(text: str) -> bool:
    """Whether the text hardly uses capitals: fewer than one in 100 letters."""
    letters = sum(map(str.isalpha, text[:4000]))
    return sum(map(str.isupper, text[:4000])) * 100 < letters
