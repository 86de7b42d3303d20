"""Quotations that are parts of a sentence, cut off from it, and others that begin one themselves.

Of the first a stop and a capital are made where the quotation opens; each is put back by one of the
proposals of `attribution/broken-quotation`. The second stand as they were written.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import regex
import swapped

from scrubber import packs
from scrubber.model import Document
from scrubber.opinion import judging
from scrubber.opinion.asking import Question, Scorer, stop

RULE = "attribution/broken-quotation"

WANTED = 150
"""How many of each are drawn."""

_PART = regex.compile(
    r"(?<=\p{Ll})(?P<span> [“\"](?P<first>\p{Ll}))(?=[^“”\"\n]{3,80}[”\"] \p{Ll})"
)
_WHOLE = regex.compile(
    r"(?<=\p{Ll})(?P<span>\. (?P<open>[“\"])(?P<first>\p{Lu}))(?=[^“”\"\n]{3,200}[”\"])"
)


class Quote(NamedTuple):
    """A quotation that opens after a stop; `right` is the proposal that puts it back, if any."""

    text: str
    question: Question
    right: int | None
    half: int


class Asked(NamedTuple):
    """What a model said of one: the best odds, and whether the likeliest proposal is right."""

    cut: bool
    odds: float
    right: bool
    half: int


def quotes(dev: Path, scorer: Scorer, seed: int = 1) -> list[Asked]:
    """Return what is said of quotations drawn from the clean news prose under `dev`."""
    every: tuple[list[Quote], list[Quote]] = ([], [])
    for text, half in swapped.texts(dev):
        every[0].extend(_cut(text, half))
        every[1].extend(_whole(text, half))
    draw = random.Random(seed)
    found = []
    for quote in (q for kind in every for q in draw.sample(kind, min(len(kind), WANTED))):
        (answer,) = scorer.answers(quote.text, [quote.question])
        best = answer.index(max(answer))
        found.append(Asked(quote.right is not None, max(answer), best == quote.right, quote.half))
    return found


def _cut(text: str, half: int) -> Iterator[Quote]:
    """The quotations in lower case, cut off, that the rule finds."""
    (rule,) = (rule for rule in packs.built_in(None).rules if rule.id == RULE)
    for hit in _PART.finditer(text):
        start, mark, first = hit.start(), hit["span"][1], hit["first"].upper()
        broken = f"{text[:start]}. {mark}{first}{text[hit.end() :]}"
        for match in rule.matches(Document(broken, given_language="en")):
            if match.start == start:
                question = _question(broken, match.start, match.end, match.proposals)
                yield Quote(broken, question, match.proposals.index(hit["span"]), half)


def _whole(text: str, half: int) -> Iterator[Quote]:
    for hit in _WHOLE.finditer(text):
        mark, first = hit["open"], hit["first"]
        readings = (f" {mark}{first.lower()}", f": {mark}{first}", f", {mark}{first.lower()}")
        yield Quote(text, _question(text, *hit.span("span"), readings), None, half)


def _question(text: str, start: int, end: int, readings: Sequence[str]) -> Question:
    return Question(start, end, tuple(readings), stop(text, end, judging.TAIL))


def row(found: Sequence[Asked]) -> dict[str, Any]:
    """Return the bounds by the first half, with the figures of the second.

    Confirmed is what at most 2 of 100 whole quotations reach, withdrawn what 2 of 100 cut ones do
    not exceed, and is no likelier than what stands there.
    """
    steps = [step / 2 for step in range(-20, 25)]
    first = [one for one in found if one.half == 0]
    whole = [one.odds for one in first if not one.cut]
    cut = [one.odds for one in first if one.cut]
    confirm = next(s for s in steps if s >= 0 and sum(v >= s for v in whole) * 50 <= len(whole))
    lost = [s for s in steps if sum(v <= s for v in cut) * 50 <= len(cut)]
    withdraw = min(max(lost, default=-10.0), confirm - 0.5, 0.0)
    second = [one for one in found if one.half == 1 and one.cut]
    others = [one for one in found if one.half == 1 and not one.cut]
    return {
        "confirm": confirm,
        "withdraw": withdraw,
        "right": sum(one.odds >= confirm for one in second),
        "labels": len(second),
        "kept": sum(one.odds > withdraw for one in second),
        "first": sum(one.right for one in second),
        "false": sum(one.odds >= confirm for one in others),
        "withdrawn": sum(one.odds <= withdraw for one in others),
        "others": len(others),
    }
