"""How likely it is that a blank broke a word in two."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache, partial

from scrubber import lexicon
from scrubber.languages import language_around
from scrubber.model import Document
from scrubber.patterns import lazy
from scrubber.sieve import Sieve

BEFORE = r"(?<![\p{L}\p{M}\p{N}_@#/.\\'’{|=<>$*+&^~%\u00ad‐-])"
AFTER = r"(?![\p{L}\p{M}\p{N}_@/\\(\[{|=<>$*+^~'’\u00ad‐-]|\.\S|::)"
"""Not beside what makes a letter a part of an identifier, a formula, an address or a compound."""

RARE = 1.0
"""What stands for the frequency (zipf) of a part that no list knows."""

LETTERS = {
    "en": "aio", "de": "o", "fr": "aàyoô", "es": "aeouy", "it": "aeioèé", "nl": "uo",
    "pt": "aàeoéó", "pl": "aiouwz", "ru": "авикосуяжбоэ",
}  # fmt: skip
"""Letters that are words by themselves."""

ENDINGS = {
    "en": "ance ed ence er ers ible ic ical ies ing ion ions ism ist ists ity ive ly ment ments"
    " ness ous tion tions ture",
    "de": "ung ungen keit heit lich ische ischen tion tionen schaft isch lung rung",
    "fr": "tion tions ment ments ique iques eur eurs ité ités ence ance isme",
    "es": "ción ciones mente dad dades miento mientos encia ancia ado ados ista",
    "it": "zione zioni mente ità mento menti enza anza ismo ista ato",
    "nl": "heid ing ingen lijk lijke atie aties schap",
    "pl": "ość ości anie ania enie enia cja cji nych nego owych",
    "pt": "ção ções mente dade dades mento mentos ência ância ado ista",
    "ru": "ость ости ение ения ание ания ский ского ных ного ция ции",
}
"""Ends of words that are no words, by language: what a blank most often cuts off."""


def gain(parts: tuple[str, ...], language: str) -> float:
    """Return by how much one word is likelier than its parts side by side, as a power of ten.

    Taken from the frequencies alone, as if neighbours were independent: 0 where the whole is no
    word. "someone" is 2 above "some one", "committee" 8 above "com mittee".

    >>> gain(("com", "mittee"), "en") > 8 > 3 > gain(("some", "one"), "en") > 0
    True
    """
    whole = lexicon.zipf("".join(parts), language)
    if not whole:
        return 0.0
    return whole + 9 * (len(parts) - 1) - sum(known(part, language) for part in parts)


def known(part: str, language: str) -> float:
    """Return the frequency (zipf) of a part as a word by itself; of a mere ending at most 2.5."""
    value = max(RARE, lexicon.zipf(part, language))
    return min(value, 2.5) if part in _endings(language) else value


@lru_cache(maxsize=1 << 14)
def is_word(part: str, language: str) -> bool:
    """Whether a part may well stand by itself: the shorter, the more common it must be.

    Lists of frequencies hold all short runs of letters, as abbreviations and as damage.

    >>> [is_word(part, "en") for part in ("of", "th", "ment", "lict", "ferry", "a", "n")]
    [True, False, False, False, True, True, False]
    """
    if len(part) == 1:
        return part.lower() in LETTERS[language]
    if part in _endings(language):
        return False
    floor = {2: 4.9, 3: 4.2, 4: 3.6, 5: 3.0}.get(len(part), 2.2)
    return lexicon.zipf(part, language) >= floor


@cache
def _endings(language: str) -> frozenset[str]:
    return frozenset(ENDINGS[language].split())


def in_language(document: Document, start: int, end: int) -> bool:
    """Whether the passage around a place is in the document's language, as far as one can tell."""
    return language_around(document.text, start, end) == document.language


@lru_cache(maxsize=4)
def suspects(document: Document) -> frozenset[str]:
    """Return the words of a text that look like parts of words, judged without frequencies.

    Mere endings, runs of consonants, and in English what is as short as the short words but is
    none of them.
    """
    language = document.language
    if language not in lexicon.LANGUAGES:
        return frozenset()
    text = document.text
    first, last = text.split(None, 1)[:1], text.rsplit(None, 1)[-1:]
    edges = Counter([*first, *last])  # they may lack the blank at one side
    sieve = _sieve(language)
    left = sieve.of(document.chunks) if language == "en" else sieve.left(document.chunks.all)
    for chunk in left.keys() & edges.keys():
        if document.pieces.count(chunk) <= edges[chunk]:
            del left[chunk]
    found = {word for words in left.values() for word in words}
    places = [(text.find(chunk), chunk) for chunk in first]
    for at, chunk in [*places, *((text.rfind(chunk), chunk) for chunk in last)]:
        part = text[max(0, at - 1) : at + len(chunk) + 1]
        found.update(word for word in _TOKEN.findall(part) if _is_suspect(word, language))
    return frozenset(found)


@cache
def _sieve(language: str) -> Sieve[tuple[str, ...]]:
    return Sieve(partial(_suspects, language=language))


def _suspects(chunk: str, language: str) -> tuple[str, ...]:
    """The suspects in what stands between two blanks: most was met before."""
    return tuple(word for word in _TOKEN.findall(f" {chunk} ") if _is_suspect(word, language))


def _is_suspect(word: str, language: str) -> bool:
    if word in _UNITS:
        return False
    if word in _endings(language):
        return True
    if len(word) < 2:
        return word not in LETTERS[language]
    if len(word) > 4:
        return False
    short = len(word) < 4 and language == "en" and word not in lexicon.short_words()
    return short or not _VOWEL.search(word)


_TOKEN = lazy(r"(?<=[\s“(])\p{Ll}+(?=[\s,.;:!?)”])")
_VOWEL = lazy(r"[aeiouyäöüéèêëàáâãåæìíîïòóôõøœùúûýąęаеёиоуыэюяіїє]")
_UNITS = frozenset(
    "st nd rd th mm cm km kg mg ml cl dl hl hz khz mhz ghz mph rpm ltd vs pp ft hr hrs mr mrs dr bn"
    " mn kw mw gw kb mb gb tb ms ns cc cf ppm psi lb lbs nr str bzw np tzn ii iii iv vi vii viii"
    " ix am pm al ie eg ed eds et de la le el du da di van von der den del www http https html xml"
    " css js php sql txt pdf jpg png etc co op pc aka org ok de re se ne pre ex uk usa us bio com"
    " c p v x e g m r mld mln г гг т св тыс млн млрд".split()
)
"""Short words of no dictionary that texts hold: units, abbreviations, letters that are names."""
