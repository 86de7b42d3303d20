"""Capitals gained in mid sentence, where a link started (`the conflict The war in`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from scrubber import context, function_words, lexicon
from scrubber.glue.cuts import cuts_within
from scrubber.glue.evidence import features
from scrubber.glue.score import local, reaches, scored
from scrubber.glue.tokens import LONGEST, looked, tokens
from scrubber.languages import FUNCTION_WORDS
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy
from scrubber.text import CAMEL, sentence

if TYPE_CHECKING:
    import regex

_STRAY = lazy(
    r"(?<=\p{Ll})(?<span> (?<word>\p{Lu}\p{Ll}*))(?= (?<next>[\p{L}\p{N}][\p{L}\p{M}’'-]*))"
)
_SMALL, _LARGE = r"[^\x00-`{-\x7f]", r"[^\x00-@\[-\x7f]"  # told so, they are compiled at once
_QUICK = re.compile(rf" (?<={_SMALL} ){_LARGE}{_SMALL}*(?= \w)")
"""What begins as `_STRAY` does, and little else: for a page 0.1 ms, where that takes 0.23."""
_BEFORE = lazy(r"(?<![\p{L}\p{M}\p{N}’'.@#/-])\p{Ll}[\p{L}\p{M}’'-]*$")
_SURE = 2.0
"""Score from which a seam counts as a link's end: 98 of 100 of those are labelled."""
_DOUBTED = -1.0
"""Log odds of a cut by its own evidence below which no link ends there, whatever stands near: of
108 in the labelled texts at which one does, none is below 0 but one of -0.4."""
_NAME_GOES_ON = lazy(r"\p{Lu}[\p{L}’'-]+ (?:of|for|on|and|to)(?: the)? $")
_NEAR = 1500
"""Code points to a seam near which a function word's capital is doubted."""
_LINK = 120
"""Code points from a link text's capital to the seam at its end: a long link text. Not tuned."""
_ENTITLED = function_words.DETERMINER | (function_words.SUBJECT - {"i"}) | {"his", "her", "their"}
_BEFORE_DATE = frozenset("on in last since until by".split())
_RELATIVE = frozenset("that which who where when and but because".split())
_OPEN = (function_words.PREPOSITION | function_words.CONJUNCTION | _RELATIVE) - {"to"}
_TITLES_FOLLOW = frozenset(
    "film movie book novel song album show series titled called entitled named article play poem"
    " magazine drama tour game group band single comedy musical programme program sitcom"
    " hit".split()
)


def find(document: Document) -> Iterator[Match]:
    """Yield capitalised words between lower-case words of one sentence; lower case is offered.

    A function word counts by itself, or where words are run together near it. Any other word counts
    only when its sentence holds a seam further on: a former link text was capitalised where it
    began and glued where it ended, which clean text never is. Left alone: names, headlines, words
    after a title's announcement. Other languages than English: function words near a seam.
    """
    for quick in _QUICK.finditer(document.text):
        hit = _STRAY.match(document.text, quick.start())
        if not hit:
            continue
        lower = hit["word"].lower()
        language = document.language or ""
        if language not in FUNCTION_WORDS:
            return
        closed = lower in function_words.closed(language)
        if not closed and (language != "en" or not hit["next"][0].islower()):
            continue
        before = _BEFORE.search(document.text, max(0, hit.start() - 40), hit.start())
        if not before:
            continue
        reason = _reason(document, hit, before[0]) if language == "en" else ""
        if not reason and closed and _damaged(document, hit, before[0], language):
            reason = (
                f"“{hit['word']}” has a capital in mid sentence, and words are run together near it"
            )
        if reason:
            kept = (f". {hit['word']}",) if lower in _ENTITLED else ()
            yield Match(*hit.span("span"), (f" {lower}", *kept), reason, Action.SUGGEST)


def _damaged(document: Document, hit: regex.Match[str], before: str, language: str) -> bool:
    """Whether a function word with a capital stands near a seam and is no name or title."""
    word, after = hit["word"], hit["next"]
    if len(word) < 2 or before in _TITLES_FOLLOW or CAMEL.search(after):
        return False
    if word == "The" and after[0].isupper():
        return False  # a newspaper, a film
    if language == "en" and function_words.is_doubtful(before, word, after):
        return False
    if not near_seam(document, *hit.span()):
        return False
    if language == "de":
        return True  # nouns have capitals: every line looks like a title
    return not headline(document.text[slice(*sentence(document.text, hit.start("word")))])


def near_seam(document: Document, start: int, end: int) -> bool:
    """Whether words are run together near a place."""
    ends = _seams(document)
    at = bisect_right(ends, start - _NEAR)
    return at < len(ends) and ends[at] <= end + _NEAR


def _linked(document: Document, hit: regex.Match[str]) -> bool:
    """Whether a seam follows soon in the same sentence: a link's end, so this may be its start."""
    if not _doubtful_follows(document, hit):
        return False
    start, stop = hit.end("word"), hit.end("word") + _LINK
    cuts = cuts_within(document, start, stop)
    if all(local(features(document, cut), cut.form) < _DOUBTED for cut in cuts):
        return False
    ends = _seams(document)
    at = bisect_right(ends, start)
    if at == len(ends) or ends[at] >= stop:
        return False
    return ends[at] < sentence(document.text, hit.start("word"))[1]


def _doubtful_follows(document: Document, hit: regex.Match[str]) -> bool:
    """Whether a token that may be two words follows: without one no seam does."""
    if not _may_be_damaged(document):
        return False
    after = document.text[hit.end("word") : hit.end("word") + _LINK + LONGEST]
    return not looked(document).isdisjoint(tokens(after))


def _reason(document: Document, hit: regex.Match[str], before: str) -> str:
    """Why the capital is stray, or an empty text where it is not. Seams are asked for last."""
    word, lower, after = hit["word"], hit["word"].lower(), hit["next"]
    closed = lower in function_words.CLOSED
    if word == "I" or before in _TITLES_FOLLOW or before.endswith(("'s", "’s")):
        return ""
    if word == "A" and not (before in _OPEN and after not in function_words.CLOSED):
        return ""  # hepatitis A may, from A to B
    if CAMEL.search(after):  # The simExchange
        return ""
    if not closed and not _doubtful_follows(document, hit):
        return ""
    if not closed and (_in_name(document, hit) or is_name(document, word)):
        return ""
    own = after[0].islower() and lower in _ENTITLED | _RELATIVE
    dated = lower in _BEFORE_DATE and after in lexicon.DAYS_AND_MONTHS
    if not (closed and (own or dated)) and not _linked(document, hit):
        return ""
    if headline(document.text[slice(*sentence(document.text, hit.start("word")))]):
        return ""
    return f"“{word}” has a capital in mid sentence" + (
        "" if closed else " and a seam follows: a link text stood here"
    )


def is_name(document: Document, word: str) -> bool:
    """Whether a word that is no function word is a name, or too rare to be a word."""
    if lexicon.is_nation(word) or word in lexicon.DAYS_AND_MONTHS or lexicon.is_first_name(word):
        return True
    lower = word.lower()
    if len(word) == 1 or lexicon.zipf(lower, "en") < 3:
        return True
    often = document.text.count(word) > 2  # else not even so often as a word
    return often and document.words[word] > document.words[lower] + 2


def _in_name(document: Document, hit: regex.Match[str]) -> bool:
    """Whether a word goes on with a name of several words (House of Representatives)."""
    return bool(_NAME_GOES_ON.search(document.text, max(0, hit.start() - 40), hit.start() + 1))


def _may_be_damaged(document: Document) -> bool:
    """Whether a token is sure by itself to be two words; surer beside code."""
    return reaches(document, context.quotes_code(document))


@lru_cache(maxsize=2)
def _seams(document: Document) -> list[int]:
    """Where words run together."""
    if not _may_be_damaged(document):
        return []
    return [seam.cut.at for seam in scored(document) if seam.score >= _SURE]


_WORDS = lazy(r"\p{L}[\p{L}’'-]+")


def headline(text: str) -> bool:
    """Whether most longer words of a line have a capital, as in a title."""
    words = [word for word in _WORDS.findall(text)[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 2 and capitals > 0.6 * len(words)
