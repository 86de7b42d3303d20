"""Whether a token may be two words: told by word lists, without a text and its frequencies."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from scrubber import function_words, lexicon
from scrubber.function_words import CLOSED, is_closed
from scrubber.patterns import compiled

MIXED = r"\p{Ll}\p{Lu}|\p{Lu}{2,}\p{Ll}|\p{N}\p{L}|\p{L}\p{N}"
"""Capitals within a word, or digits beside letters."""

OPENERS = function_words.RELATIVE | function_words.SUBJECT | function_words.CONJUNCTION
"""Words with which a clause goes on after a link."""

PAIRS = frozenset(
    "ofa ina toa isa asa ofthe inthe tothe onthe atthe isthe asthe forthe fora witha bya ona ata"
    " andthe andhe andi".split()
)
"""Pairs of English function words that frequency lists hold as words, so often are they glued."""


class Halves(NamedTuple):
    """What makes a token two words: nothing else, any of some words in the text, or both of two."""

    sure: bool
    one: frozenset[str] = frozenset()
    two: tuple[tuple[str, str], ...] = ()


def has_known_halves(token: str) -> bool:
    """Whether a token can be cut, in English, so that two words are left, or a function word.

    A function word of one or two letters counts beside a word only: half of all names end in one.
    So does what has capitals within, or digits.
    """
    if compiled(MIXED).search(token):
        return True
    lower = token.lower()
    for at in range(1, len(lower)):
        left, right = lower[:at], lower[at:]
        before, after = left in CLOSED, right in CLOSED
        if (before and at > 2) or (after and len(right) > 2):
            return True
        if (before or is_known(left)) and (after or is_known(right)):
            return True
    return False


@lru_cache(maxsize=1 << 14)
def joins_function_word(token: str) -> bool:
    """Whether a token is an English word and a function word of three letters or more, joined.

    What has capitals within, or digits, is an identifier (`tearDown`), but for a word that opens a
    clause (`treatyBut`).
    """
    if compiled(MIXED).search(token):
        camel = compiled(r"(\p{L}\p{Ll}+)(\p{Lu}\p{Ll}{2,})").fullmatch(token)
        return camel is not None and camel[2].lower() in OPENERS and is_known(camel[1].lower())
    lower = token.lower()
    for at in range(2, len(lower) - 1):
        left, right = lower[:at], lower[at:]
        if len(right) > 2 and is_closed(right, "en") and is_known(left):
            return True
        if at > 2 and is_closed(left, "en") and is_known(right):
            return True
    return False


def is_known(word: str) -> bool:
    """Whether an English word list holds a word in lower case."""
    return lexicon.is_listed(word) if len(word) > 3 else word in lexicon.short_words()


def stands(halves: Halves, words: set[str]) -> bool:
    """Whether a token of an English text of some words may be two words.

    Told at a glance that loads no frequencies. Most names end like a short function word (Austin,
    Paris): such an end counts only after a word that stands elsewhere in the text, or a listed one.
    """
    if halves.sure or not words.isdisjoint(halves.one):
        return True
    return any(right in words for left, right in halves.two if left in words)


@lru_cache(maxsize=1 << 16)
def halves_of(token: str) -> Halves:
    """Return what makes a token two words in an English text; nothing does where it is listed."""
    if lexicon.is_listed(token.lower()):
        return Halves(sure=False)
    if token in PAIRS:
        return Halves(sure=True)
    one: set[str] = set()
    two: list[tuple[str, str]] = []
    for at in range(2, len(token) - 1):
        left, right = token[:at], token[at:]
        begins = is_closed(left, "en") or _is_long_word(left)
        ends = is_closed(right, "en")
        if ends and (token.islower() or len(right) > 2):
            return Halves(sure=True)
        if len(right) > 4:
            if _is_long_word(right):
                return Halves(sure=True)
            one.add(right)
        known = len(right) > 3 or ends
        if begins and known:
            return Halves(sure=True)
        if begins or known:
            one.add(right if begins else left)
        else:
            two.append((left, right))
    return Halves(False, frozenset(one), tuple(pair for pair in two if one.isdisjoint(pair)))


def _is_long_word(part: str) -> bool:
    return len(part) > 3 and lexicon.is_listed(part.lower())
