"""First letters broken off their words, as drop capitals and bold initials are (`T he`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import function_words, lexicon, splits
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled
from scrubber.seams import code_like

_SPLIT = (
    rf"{splits.BEFORE}(?<first>\p{{Lu}})(?<gap>[ \u00a0]|\n{{1,2}})(?<rest>\p{{Ll}}+){splits.AFTER}"
)
_OPENS = regex.compile(r"(?:\A|\n[^\S\n]*|[.!?…][\"”’»)]*[ \u00a0])[\"“„«‘(¿¡]*\Z")
_LETTER_GOES_ON = frozenset(
    "a and or is in as on an at are has was to of for et ou est und oder ist y o es e è i z w"
    " с в и о к у".split()
)
"""What may follow a letter that stands for something: C is, R and S, B in."""
_AFTER_WORD = {
    "A": frozenset("fter fterwards lthough nd ll lso mong ccording gainst s t n".split()),
    "I": frozenset("n t f nstead ndeed nto ts".split()),
}
"""What is broken off the two English words that are one capital letter."""
_CLOSED = function_words.CLOSED | frozenset("then when here well".split())


def find(document: Document, *, floor: float = 3.5, lead: float = 5.0) -> Iterator[Match]:
    """Yield a capital and the rest of its word, at the start of a line or sentence.

    Sure, at the start of a line, when the rest is no word, or the whole is a function word (`T he`).
    Offered, within a line and over a line break. Left alone: A and I before what may be a word,
    letters that stand for something (C is, plan B is), initials, and text full of identifiers.
    """
    text = document.text
    for hit in compiled(_SPLIT).finditer(text):
        first, rest = hit["first"], hit["rest"]
        if first in _AFTER_WORD and rest not in _AFTER_WORD[first]:
            continue
        opens = _OPENS.search(text, max(0, hit.start() - 12), hit.start())
        if not opens:
            continue
        language = document.language
        if language not in lexicon.LANGUAGES or code_like(document):
            return
        if not _is_broken(first, rest, language, floor, lead):
            continue
        at_line = opens[0][:1] in ("", "\n") or opens.start() == 0
        action = Action.FIX if at_line and "\n" not in hit["gap"] else Action.SUGGEST
        message = f"“{first + rest}” is a word whose first letter stands apart"
        if splits.in_language(document, hit.start(), hit.end()):
            yield Match(hit.start(), hit.end(), (first + rest,), message, action)


def _is_broken(first: str, rest: str, language: str, floor: float, lead: float) -> bool:
    if rest in _LETTER_GOES_ON:
        return language == "en" and (first + rest).lower() in ("for", "was", "has")
    if language == "en" and (first + rest).lower() in _CLOSED:
        return True
    if first.lower() in splits.LETTERS[language] and language != "en":
        return False
    return (
        not splits.is_word(rest, language)
        and lexicon.zipf(first + rest, language) >= floor
        and splits.gain((first, rest), language) >= lead
    )
