"""Capitals gained in mid sentence, where a link started (`the conflict The war in`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import function_words, lexicon
from scrubber.detectors import glued_capital, glued_lower
from scrubber.model import Action, Document, Match
from scrubber.text import CAMEL, sentence

_STRAY = regex.compile(
    r"(?<before>(?<![\p{L}\p{M}’'.@#/-])\p{Ll}[\p{L}\p{M}’'-]*)(?<span> (?<word>\p{Lu}\p{Ll}*))"
    r"(?= (?<next>[\p{L}\p{N}][\p{L}\p{M}’'-]*))"
)
_NAMED_DAY = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December".split()
)
_ENTITLED = function_words.DETERMINER | (function_words.SUBJECT - {"i"}) | {"his", "her", "their"}
_RELATIVE = frozenset("that which who where when and but because".split())
_OPEN = (function_words.PREPOSITION | function_words.CONJUNCTION | _RELATIVE) - {"to"}
_TITLES_FOLLOW = frozenset(
    "film movie book novel song album show series titled called entitled named article play poem"
    " magazine drama tour game group band single comedy musical programme program sitcom"
    " hit".split()
)


def find(document: Document) -> Iterator[Match]:
    """Yield capitalised words between lower-case words of one sentence; lower case is offered.

    A function word counts by itself. Any other word counts only when its sentence holds a seam
    further on: a former link text was capitalised where it began and glued where it ended, which
    clean text never is. Left alone: names, headlines, words after a title's announcement.
    """
    ends: list[int] | None = None
    for hit in _STRAY.finditer(document.text):
        word, lower = hit["word"], hit["word"].lower()
        if lower not in function_words.CLOSED and not hit["next"][0].islower():
            continue
        if ends is None:
            if document.language != "en":
                return
            ends = _seams(document)
        reason = _reason(document, hit, ends)
        if reason:
            kept = (f". {word}",) if lower in _ENTITLED else ()
            yield Match(*hit.span("span"), (f" {lower}", *kept), reason, Action.SUGGEST)


def _reason(document: Document, hit: regex.Match[str], ends: list[int]) -> str:
    """Why the capital is stray, or an empty text where it is not."""
    word, lower = hit["word"], hit["word"].lower()
    if hit["before"] in _TITLES_FOLLOW or word == "I" or hit["before"].endswith(("'s", "’s")):
        return ""
    if word == "A" and not (hit["before"] in _OPEN and hit["next"] not in function_words.CLOSED):
        return ""  # hepatitis A may, from A to B
    if CAMEL.search(hit["next"]):  # The simExchange
        return ""
    start, end = sentence(document.text, hit.start("word"))
    if _headline(document.text[start:end]):
        return ""
    linked = any(hit.end("word") < at < min(end, hit.end("word") + 120) for at in ends)
    if lower in function_words.CLOSED:
        if hit["next"][0].islower() and (lower in _ENTITLED | _RELATIVE or linked):
            return f"“{word}” has a capital in mid sentence"
        if hit["next"] in _NAMED_DAY and lower in ("on", "in", "last", "since", "until", "by"):
            return f"“{word}” has a capital in mid sentence"
        return f"“{word}” has a capital in mid sentence" if linked else ""
    if not linked or lexicon.is_nation(word) or word in _NAMED_DAY or word in lexicon.first_names():
        return ""
    if lexicon.zipf(lower, "en") < 3 or document.words[word] > document.words[lower] + 2:
        return ""
    return f"“{word}” has a capital in mid sentence and a seam follows: a link text stood here"


def _seams(document: Document) -> list[int]:
    """Where words run together, by the detectors of such seams."""
    found = [*glued_capital.find(document), *glued_lower.find(document)]
    return sorted(match.start for match in found if match.action is Action.FIX)


def _headline(text: str) -> bool:
    """Whether most longer words of a line have a capital, as in a title."""
    words = [word for word in regex.findall(r"\p{L}[\p{L}’'-]+", text)[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 2 and capitals > 0.6 * len(words)
