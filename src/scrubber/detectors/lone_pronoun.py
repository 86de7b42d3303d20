"""The only she in a text of he, with no woman in it (`the chancellor … her term`), or reversed."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import lexicon
from scrubber.model import Action, Document, Match

_FORMS = {"f": ("she", "her", "hers", "herself"), "m": ("he", "him", "his", "himself")}
_NOUNS = {
    "f": "woman women girl girls mother mothers wife wives daughter sister aunt niece grandmother"
    " widow queen princess duchess lady ladies actress waitress chairwoman spokeswoman"
    " congresswoman businesswoman mrs ms miss madam girlfriend bride female mom mum nun goddess"
    " heroine hostess ship boat vessel motherland ma'am",
    "m": "man men boy boys father fathers husband husbands son brother uncle nephew grandfather"
    " widower king prince duke gentleman gentlemen actor waiter chairman spokesman congressman"
    " businessman mr sir boyfriend groom male dad monk god hero lord bishop pope",
}


def find(document: Document, *, others: int = 3) -> Iterator[Match]:
    """Yield a pronoun that stands once, against at least `others` of the other gender.

    Only where no name or noun in the text could carry it. Machine translation picks the gender of
    "his" by the noun that follows in the source language.
    """
    counts = {g: sum(document.folded_words[form] for form in _FORMS[g]) for g in "fm"}
    for gender, other in ("f", "m"), ("m", "f"):
        if counts[gender] != 1 or counts[other] < others or document.language != "en":
            continue
        if any(document.folded_words[noun] for noun in _NOUNS[gender].split()):
            continue
        if any(lexicon.first_names().get(word) == gender for word in document.words):
            continue
        hit = regex.search(rf"(?i)\b(?:{'|'.join(_FORMS[gender])})\b", document.text)
        if hit:
            swaps = _swaps(hit[0], document.text, hit.end())
            message = f"the only “{hit[0]}” in a text with {counts[other]} of the other gender"
            yield Match(hit.start(), hit.end(), swaps, message, Action.SUGGEST)


def _swaps(word: str, text: str, end: int) -> tuple[str, ...]:
    before_noun = bool(regex.match(r"\s\p{L}", text[end : end + 2]))
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
    swaps = table[word.lower()]
    return tuple(swap.capitalize() for swap in swaps) if word[0].isupper() else swaps
