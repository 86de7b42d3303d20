"""The only she in a text of he, with no woman in it (`the chancellor … her term`), or reversed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy
from scrubber.text import sentence

if TYPE_CHECKING:
    import regex

_FORMS = {"f": ("she", "her", "hers", "herself"), "m": ("he", "him", "his", "himself")}
_NOUN_LIST = {
    "f": "woman women girl girls mother mothers wife wives daughter sister aunt niece grandmother"
    " widow queen princess duchess lady ladies actress waitress chairwoman spokeswoman"
    " congresswoman businesswoman mrs ms miss madam girlfriend bride female mom mum nun goddess"
    " heroine hostess ship boat vessel motherland ma'am",
    "m": "man men boy boys father fathers husband husbands son brother uncle nephew grandfather"
    " widower king prince duke gentleman gentlemen actor waiter chairman spokesman congressman"
    " businessman mr sir boyfriend groom male dad monk god hero lord bishop pope",
}
NOUNS = {gender: frozenset(nouns.split()) for gender, nouns in _NOUN_LIST.items()}
"""Nouns of one gender, which a pronoun of that gender may stand for."""
_TITLED = lazy(
    r"\b(?:President|Minister|Senator|Governor|Mayor|Secretary|Chancellor|Professor|Dr|Judge|General"
    r"|Captain|Colonel|Officer|Sergeant|Coach|Chairman|Director|Rev|Sheriff|Congressman)\.?"
    r"(?: \p{Lu}\p{Ll}+){0,2} (?<name>\p{Lu}\p{Ll}+)"
)


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    forms = "|".join(form for gender in "fm" for form in _FORMS[gender])
    return rf"(?i)(?:^|[^a-z])(?:{forms})(?:[^a-z]|$)"


def find(document: Document, *, others: int = 3) -> Iterator[Match]:
    """Yield a pronoun that stands once, against at least `others` of the other gender.

    Only where no name or noun in the text could carry it. Machine translation picks the gender of
    "his" by the noun that follows in the source language.
    """
    counts = {g: sum(document.folded_words[form] for form in _FORMS[g]) for g in "fm"}
    for gender, other in ("f", "m"), ("m", "f"):
        if counts[gender] != 1 or counts[other] < others or document.language != "en":
            continue
        if any(document.folded_words[noun] for noun in NOUNS[gender]):
            continue
        if any(lexicon.first_names().get(word) == gender for word in document.words):
            continue
        hit = lazy(rf"(?i)\b(?:{'|'.join(_FORMS[gender])})\b").search(document.text)
        if hit and not _introduced(document, hit, other):
            offered = swaps(hit[0], document.text, hit.end())
            message = f"the only “{hit[0]}” in a text with {counts[other]} of the other gender"
            yield Match(hit.start(), hit.end(), offered, message, Action.SUGGEST)


def _introduced(document: Document, hit: regex.Match[str], other: str) -> bool:
    """Whether someone whose gender nothing tells may carry the pronoun after all.

    A titled name that stands only there, a full name not known to be of the other gender, the
    speaker of a quotation (“…,” she said), "his or her".
    """
    text, at = document.text, hit.start()
    if _PAIRED.search(text, max(0, at - 8), at) or _OR.match(text, hit.end()):
        return True
    start, _ = sentence(text, at)
    start, _ = sentence(text, max(0, start - 2))
    if any(document.words[title["name"]] == 1 for title in _TITLED.finditer(text, start, at)):
        return True
    names = lexicon.first_names()
    return any(
        names.get(full["first"]) != other and full[0] not in lexicon.places()
        for full in _FULL.finditer(text, start, at)
        if not _TITLED.match(text, full.start()) and document.words[full["last"]] < 3
    )


_PAIRED = lazy(r"(?:[\"”’/,] ?|\b(?:or|and) )$")
_OR = lazy(r" (?:or|and) h|/")
_FULL = lazy(r"\b(?<first>\p{Lu}\p{Ll}+) (?:\p{Lu}\.? )?(?<last>\p{Lu}\p{Ll}+)\b")


_LETTER_AFTER = lazy(r"\s\p{L}")


def swaps(word: str, text: str, end: int) -> tuple[str, ...]:
    """Return the pronouns of the other gender that may stand in place of one, likeliest first.

    >>> swaps("her", "before her term", 10)
    ('his', 'him')
    """
    before_noun = bool(_LETTER_AFTER.match(text[end : end + 2]))
    table = {
        "she": ("he",),
        "her": ("his", "him") if before_noun else ("him", "his"),
        "hers": ("his",),
        "herself": ("himself",),
        "he": ("she",),
        "him": ("her",),
        "his": ("her",) if before_noun else ("hers",),
        "himself": ("herself",),
    }
    found = table[word.lower()]
    return tuple(swap.capitalize() for swap in found) if word[0].isupper() else found
