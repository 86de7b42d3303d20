"""Blanks before a possessive or a contraction (`Lund 's`, `do n't`), as tokenised text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy
from scrubber.text import chunk

if TYPE_CHECKING:
    import regex

_VERBS = "do|does|did|is|are|was|were|has|have|had|would|could|should|must|might|need|ca|wo|sha"
_ENDING = lazy(
    r"(?<![\p{L}\p{M}\p{N}_@#/'’-])(?:(?<word>\p{L}[\p{L}\p{M}-]+)[ \u00a0](?<ending>['’]s)"
    r"|(?<word>(?i:I|you|we|they|he|she|it|that|there|who|what))[ \u00a0]"
    r"(?<ending>['’](?:m|re|ve|ll|d))"
    rf"|(?<word>(?i:{_VERBS}))[ \u00a0](?<ending>n['’]t)"
    r")(?=[\s.,;:!?)”\"]|$)(?!\s?['’])",
)
_QUICK = re.compile(r"[ \u00a0](?:['’](?:s|m|re|ve|ll|d)|n['’]t)")
_CLOSE = lazy(r"\p{L}['’](?:s|m|re|ve|ll|d|t)(?!\p{L})")
_NAMED = lazy(r"\p{Ll}[,;]?[ \u00a0](?:\p{Lu}[\p{L}.-]*[ \u00a0])*\Z")
_TALK = frozenset(
    "add adds adding use uses using write with without the an and or of by possessive apostrophe"
    " plural letter ending suffix genitive take takes put means called is are s".split()
)
"""What stands before an ending that is talked about (add 's to the noun)."""


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"\p{L}[ \x{a0}](?:['’](?:s|m|re|ve|ll|d)|n['’]t)(?:[^\p{L}\p{N}]|\z)"


def find(document: Document, *, share: float = 0.5) -> Iterator[Match]:
    """Yield words whose ending stands apart. English.

    Sure, for contractions, and for a possessive after a name in mid sentence. Offered, for a
    possessive after another word. Left alone: a text of which more than `share` of the endings
    stand apart (once there are four), for it is stored in tokens; code; what may open a quotation,
    and an ending that is talked about (add 's to the noun).
    """
    text = document.text
    hits = [hit for hit in _hits(text) if _is_prose(text, hit)]
    if len(hits) > 3 and len(hits) > share * (len(hits) + len(_CLOSE.findall(text))):
        return
    for hit in hits:
        start, word = hit.start("word"), hit["word"]
        named = word[0].isupper() and _NAMED.search(text, max(0, start - 60), start)
        sure = named or hit["ending"][1:] != "s"
        message = f"“{hit['ending']}” belongs to the word before it"
        action = Action.FIX if sure else Action.SUGGEST
        yield Match(start, hit.end("ending"), (word + hit["ending"],), message, action)


def _hits(text: str) -> Iterator[regex.Match[str]]:
    """The endings that stand apart, each with the word before it: looked for around these alone."""
    done = 0
    for quick in _QUICK.finditer(text):
        at = quick.start()
        start = max(done, at and chunk(text, 0, at - 1)[0])
        hit = next(_ENDING.finditer(text, start, quick.end() + 2), None)
        if hit:
            done = hit.end()
            yield hit


def _is_prose(text: str, hit: regex.Match[str]) -> bool:
    """Whether no quotation or code is open on the line before, and no ending is talked about."""
    if hit["word"].lower() in _TALK:
        return hit["ending"][1:] != "s"
    line = text.rfind("\n", 0, hit.start()) + 1
    before = text[max(line, hit.start() - 60) : hit.start()]
    return not _OPEN.search(before)


_OPEN = lazy(r"[={}|<>$\\]|(?<!\p{L})['‘](?!(?:s|m|re|ve|ll|d)\b)[^'’\n]*\Z")
