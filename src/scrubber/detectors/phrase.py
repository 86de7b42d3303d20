"""Phrases of a page's frame inside a line of text: `…in May.Photo: Getty ImagesThe town…`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from scrubber.detectors import line
from scrubber.model import Action, Document, Match
from scrubber.patterns import TIMEOUT, compiled, lazy
from scrubber.text import Line

if TYPE_CHECKING:
    import regex

_STOP = lazy(r"[.!?…][\"”’»)\]]*$")
_OPENER = lazy(r"[\p{Lu}\p{N}\"“„«(©¿¡]")
_BLANKS = " \t\u00a0\u200b"


def find(
    document: Document,
    *,
    pattern: str,
    holds: Sequence[str] = (),
    place: Literal["any", "start", "end", "edges"] = "any",
    edge: int = 4,
    elsewhere: Literal["", "suggest", "report"] = "",
    after_word: Literal["fix", "suggest", ""] = "suggest",
    message: str = "",
) -> Iterator[Match]:
    r"""Yield what `pattern` fits at the start or the end of a line, or between two sentences of it.

    Before it stands the start of the line, the end of a sentence, or a word that runs into it
    (`…in MayPhoto: …`: with the action `after_word`, or not at all); after it the end of the line,
    a capital that it runs into, or, when it ends as a sentence does or begins the line, any
    capital. Anything else is part of a sentence and is left alone, and whole lines are the detector
    `line`'s. `place`,
    `edge`, `elsewhere` and `holds` are those of `line`.

    Taking it out leaves one blank between two sentences. A match begins with the token that runs
    into the phrase, so that it is planned before a split of that token.

    >>> text = "It rained.READ ON HEREIt snowed."
    >>> [(text[m.start : m.end], m.proposals) for m in find(Document(text), pattern="READ ON HERE")]
    [('rained.READ ON HERE', ('rained. ',))]
    """
    expression, text = compiled(pattern), document.text
    marks = [mark for mark in holds if mark in text]
    if holds and not marks:
        return
    full = _full(document)
    for rank in line.ranks(len(full), place, edge, elsewhere):
        each, action = full[rank], line.action_at(rank, len(full), place, edge, elsewhere)
        if holds and not any(text.find(mark, each.start, each.stop) >= 0 for mark in marks):
            continue
        for hit in expression.finditer(text, each.start, each.stop, timeout=TIMEOUT):
            match = _match(text, each, hit, Action(after_word) if after_word else None)
            if match:
                doubt = max(action, match.action, key=lambda action: action.doubt)
                yield Match(match.start, match.end, match.proposals, message, doubt)


@lru_cache(maxsize=2)
def _full(document: Document) -> list[Line]:
    """The lines that are not blank."""
    text = document.text
    return [each for each in document.lines if text[each.start : each.stop].strip()]


def _match(
    text: str, around: Line, hit: regex.Match[str], after_word: Action | None
) -> Match | None:
    """The match for one hit, or None when it is part of a sentence, or a line of its own."""
    before, after = text[around.start : hit.start()], text[hit.end() : around.stop]
    head, rest = before.rstrip(_BLANKS), after.strip(_BLANKS)
    if not hit[0] or not (head or rest):
        return None
    glued = bool(head) and head == before and head[-1].isalnum()
    if head and not _STOP.search(head) and not glued:
        return None
    runs_on = rest == after.rstrip(_BLANKS) and hit[0][-1].isalnum()
    if rest and not (_OPENER.match(rest) and (not head or runs_on or _STOP.search(hit[0]))):
        return None
    action = Action.FIX
    if glued:
        if after_word is None or hit[0][0].islower():
            return None
        action = after_word
    start = around.start + len(head)
    end = hit.end() + (len(after) - len(after.lstrip(_BLANKS)) if rest or not head else 0)
    token = head.split(" ")[-1] if head == before else ""
    between = "" if not (head and rest) else ". " if glued else " "
    return Match(start - len(token), end, (token + between,), "", action)
