"""Words run together with a comma or a closing quotation mark (`bridge,which`, `boats,”said`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import context, function_words, lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy
from scrubber.text import chunk

if TYPE_CHECKING:
    import regex

_SEAM = (
    r"(?<![\p{L}\p{M}\p{N}’'_@#/.,;=&?-])(?<before>\p{L}[\p{L}\p{M}’']{0,40}+)"
    r"(?<mark>[,;][”»\"]?|[!?.]?[”»])(?<after>\p{L}[\p{L}\p{M}]+)(?![\p{L}\p{N}_/@(=,;:&-]|\.\S)"
)
_QUICK = lazy(r"[,;”»][”»\"]?\p{L}")
_SAYING = frozenset(
    "said says told asked added wrote explained argued replied recalled noted warned"
    " insisted".split()
)
_HABIT = 2
"""More such commas than this in one text are how its writer types, not damage: 18 of the 21 in
pairs_news stood in readers' comments."""


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"\p{L}(?:[,;][”»\"]?|[!?.]?[”»])\p{L}"


def find(document: Document) -> Iterator[Match]:
    """Yield marks with a word right after them.

    Sure, when a common word stands before the mark and a function word or a verb of saying after
    it, and prose before both. Offered, when both are common words, when the second has a capital,
    and where the text does it all the time. Left alone: values in a row (a,b,c), numbers, and
    words of one letter.
    """
    language = document.language if _QUICK.search(document.text) else None
    if language not in lexicon.LANGUAGES:
        return
    hits = [hit for hit in _hits(document.text) if _seam(document, hit)]
    habit = sum(hit["mark"] in ",;" for hit in hits) > _HABIT
    for hit in hits:
        before, after, mark = hit["before"], hit["after"], hit["mark"]
        saying = language == "en" and after in _SAYING
        closed = after in function_words.closed(language) or saying
        doubtful = context.code_like(document) or (habit and mark in ",;")
        sure = closed and not doubtful and after[0].islower()
        message = f"“{before}{mark}” and “{after}” stand without a blank"
        action = Action.FIX if sure else Action.SUGGEST
        yield Match(hit.start(), hit.end(), (f"{before}{mark} {after}",), message, action)


def _hits(text: str) -> Iterator[regex.Match[str]]:
    """Where words meet at a mark: a page has few of them, and all of it would take 0.3 ms."""
    end = 0
    for quick in _QUICK.finditer(text):
        if quick.start() >= end:
            start, end = chunk(text, end, quick.start())
            yield from compiled(_SEAM).finditer(text, start, end)


def _seam(document: Document, hit: regex.Match[str]) -> bool:
    """Whether two words of prose meet at the mark."""
    language, before, after = document.language or "", hit["before"], hit["after"]
    if after[0].isupper() and (hit["mark"] not in ",;" or not before[0].islower()):
        return False  # a sentence: glued-stop; names in a row
    if len(before) < 2 or lexicon.zipf(before, language) < 2:
        return False
    if not compiled(context.WORDS_BEFORE).search(
        document.text, max(0, hit.start() - 60), hit.start()
    ):
        return False
    if after in function_words.closed(language) or (language == "en" and after in _SAYING):
        return True
    return lexicon.zipf(after, language) >= 3.5
