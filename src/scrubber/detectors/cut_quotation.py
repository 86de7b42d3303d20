"""A quotation cut off from its sentence by a stop (`would pay. “Every last bill” until spring`)."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber.model import Action, Document, Match
from scrubber.patterns import VERBOSE, lazy

_CUT = lazy(
    r"""(?<=\b(?<before>\p{L}+))(?<span>\.\ (?<open>[“"])(?<first>\p{Lu}))
    (?<inside>\p{Ll}*[^“”"\n]{3,200})(?<close>[”"])(?<after>.{0,9})""",
    VERBOSE,
)
_OPEN = frozenset("the an and or their our your than whose every as".split())
"""Words that end no sentence: what follows a stop after them belongs to them."""
_GOES_ON = lazy(
    r"\b(?:would|will|could|to|and|that|must|should|can|may|might|did|does|do)(?: \p{Ll}+){0,2}$"
)
_FOLLOWS = lazy(r" (?!(?:is|are|was|were|has|had|will|would|may|might|can|means?)\b)\p{Ll}")
"""What follows a quotation that is no subject of a sentence of its own."""
_ENDS = lazy(r"[.!?,]$")


def find(document: Document) -> Iterator[Match]:
    """Yield the stop, the mark and the capital where a quotation was parted from its sentence.

    Either the word before the stop can end no sentence, or the quotation has no mark of its own
    and the sentence goes on after it in lower case, with a verb before the stop that wants more.
    """
    text = document.text
    for hit in _CUT.finditer(text):
        if hit["open"] == '"' and hit["close"] != '"':
            continue
        line = text.rfind("\n", 0, hit.start()) + 1
        if hit["open"] == '"' and text.count('"', line, hit.start()) % 2:
            continue  # this mark closes
        unfinished = not _ENDS.search(hit["inside"]) and _FOLLOWS.match(hit["after"])
        cut = hit["before"] in _OPEN or (
            unfinished and _GOES_ON.search(text, max(line, hit.start() - 60), hit.start())
        )
        if not cut or document.language != "en":
            continue
        mark, first = hit["open"], hit["first"].lower()
        proposals = (f" {mark}{first}", f": {mark}{hit['first']}", f", {mark}{first}")
        reason = f"“{hit['before']}” ends no sentence" if hit["before"] in _OPEN else ""
        message = reason or "the quotation is a part of the sentence before it and after it"
        yield Match(*hit.span("span"), proposals, message, Action.SUGGEST)
