"""Words run together at a capital, where a link or a block ended (`treatyBut`, `MirandaWho`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

import regex

from scrubber import function_words, lexicon, seams
from scrubber.model import Action, Document, Match
from scrubber.seams import Seam

_SEAM = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_NAME_PREFIX = frozenset(
    "mc mac de la di le du da del della el al ap ab van von fitz ó st saint i e x m o p k n".split()
)


def find(document: Document, *, rare: float = 1.0, lead: float = 4.0) -> Iterator[Match]:
    """Yield seams between a lower-case letter and a capital whose two sides are words.

    Sure, when one side is a function word and the whole is no word: rarer than `rare` (zipf), or
    `lead` below its rarer half. Likely, when both are common words and the left one is in lower
    case: half of those are names (littleBits), so they are sure only near a sure seam. Everything
    else is offered at most. Left alone: names (listed, or twice in the document), identifiers, and
    a capital after a name's prefix (McDonald).
    """
    return iter(found(document, rare, lead))


@lru_cache(maxsize=4)
def found(document: Document, rare: float = 1.0, lead: float = 4.0) -> tuple[Match, ...]:
    """Return what `find` yields; several rules ask for it."""
    language = document.language if _SEAM.search(document.text) else None
    if language not in lexicon.LANGUAGES:
        return ()
    graded = []
    for hit in _SEAM.finditer(document.text):
        seam = seams.around(document.text, hit.start())
        if seam and not seams.is_name(document, seam):
            grade = _grade(document, seam, language, rare, lead)
            if grade is not None:
                graded.append((seam, grade))
    return tuple(_matches(document, graded))


def _matches(document: Document, graded: list[tuple[Seam, str]]) -> Iterator[Match]:
    """Matches for graded seams; in text full of identifiers, one grade lower."""
    sure = [seam.at for seam, grade in graded if grade is _SURE]
    for seam, grade in graded:
        if grade is _OFFERED and seams.code_like(document):
            continue
        at = bisect_left(sure, seam.at - _NEAR)
        near = at < len(sure) and sure[at] <= seam.at + _NEAR
        fix = (grade is _SURE or (grade is _LIKELY and near)) and not seams.code_like(document)
        yield _match(document, seam, Action.FIX if fix else Action.SUGGEST)


_NEAR = 3000
"""Code points within which one sure seam vouches for likely ones: about a news article."""

_SURE, _LIKELY, _OFFERED = "sure", "likely", "offered"


def _grade(document: Document, seam: Seam, language: str, rare: float, lead: float) -> str | None:
    """How far a seam is trusted; None when the whole is more likely a name."""
    left, right = seam.left, seam.right
    if left.lower() in _NAME_PREFIX and not seam.hyphenated:
        return None
    if len(right) == 1 and right not in "AI":
        return None
    left_zipf, right_zipf = lexicon.zipf(left, language), lexicon.zipf(right, language)
    if left_zipf < 2 and not seam.hyphenated and not seams.elsewhere(document, left):
        return None
    whole = lexicon.zipf(seam.whole, language)
    if whole >= rare and min(left_zipf, right_zipf) - whole < lead:
        return None
    if language == "en" and right.lower() in function_words.CLOSED:
        return _closed_grade(document, seam)
    if right_zipf < 3.5 and not seams.elsewhere(document, right):
        return None
    if left[0].isupper() or seam.several:
        return _OFFERED
    if language == "en" and left in function_words.CLOSED:
        named = lexicon.is_nation(right) or document.words[right] > 0
        return _SURE if named or left in _BEFORE_NAME else _LIKELY
    return _LIKELY if left_zipf >= 3.5 else _OFFERED


_CLOSED = function_words.CLOSED


def _may_begin(right: str, following: str) -> bool:
    """Whether a word begins a line as often as it goes on with one: a headline, a credit's end."""
    lower = right.lower()
    if lower in function_words.SUBJECT:
        return following.lower() not in function_words.AUXILIARY
    return lower in function_words.DETERMINER | function_words.POSSESSIVE


def _closed_grade(document: Document, seam: Seam) -> str:
    """The grade of a seam before a function word.

    After a capitalised word, that word has to be known as a name: ReadOnly and WhatIs are names of
    things. A short function word ends such names even then (LyftUp), unless the sentence goes on.
    """
    left, right, text = seam.left, seam.right, document.text
    following = seams.next_word(text, seam.end)
    if seam.several or function_words.is_doubtful(left, right, following):
        return _OFFERED
    opener = right.lower() in function_words.CLAUSE_OPENERS
    if left[0].isupper() and not seam.hyphenated and not (opener and left.lower() not in _CLOSED):
        before = seams.previous_word(text, seam.start)
        named = lexicon.is_nation(left) or document.words[left] > 0
        full_name = before[:1].isupper() or left in lexicon.first_names()
        if not (named or full_name) or left.lower() in _CLOSED or _may_begin(right, following):
            return _OFFERED
    if left[0].isupper() and (right.lower() in _PRODUCT_LAST or len(right) == 1):
        named = lexicon.is_nation(left) or document.words[left] > 0
        return _SURE if named and following[:1].islower() else _OFFERED
    return _SURE


_PRODUCT_LAST = frozenset(
    "in on up to it me us go one now all for at out off over you be do so here just live no"
    " not".split()
)
_BEFORE_NAME = frozenset("of and from with or said says against between into".split())
"""Function words that hardly begin a product's name (inDrive, byHeart and myGov do)."""


def _match(document: Document, seam: Seam, action: Action) -> Match:
    start = seam.start if seam.hyphenated else seam.at - len(seam.left)
    left, end = document.text[start : seam.at], seam.at + len(seam.right)
    joins = function_words.joins(
        left,
        seam.right,
        seams.next_word(document.text, end),
        after_name=left[0].isupper(),
    )
    message = f"“{left}” and “{seam.right}” are words, “{left}{seam.right}” is none"
    if action is Action.SUGGEST and seams.code_like(document):
        message += "; not done unattended, for the text is full of such names"
    return Match(start, end, tuple(left + join for join in joins), message, action)
