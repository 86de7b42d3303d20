"""Natural and swapped pronouns by direction ("m-f": the text says he): answers and thresholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import swapped
from swapped import Place

from scrubber.opinion.asking import Answer, Scorer
from scrubber.opinion.pronouns import GENDER

Pair = tuple[float, int]
"""How much likelier a reading is, with the half that it belongs to."""

THINGS = 0.86
"""The share of things swapped for persons that is found in the first half: a little more than is
asked for (.85), so that few natural places are found."""

FALSE = 0.003
"""The share of natural places of the first half in which another gender is found. Of 1,550 natural
places 8 were found with .73 of the swapped ones, 5 with .69, 4 with .67. Tried on 709 places, and
no better: a regression on the answer with who was named and which pronouns stand near, and how far.
"""

Answers = dict[str, tuple[list[Pair], list[Pair]]]
"""The answers on natural and on swapped places, by direction."""


def answers(dev: Path, scorer: Scorer) -> Answers:
    """Return the answers on natural and on swapped places, by direction."""
    found: Answers = defaultdict(lambda: ([], []))
    places = swapped.places(dev)
    for _, group in groupby(places, key=lambda place: place.document.text):
        held = list(group)
        text = held[0].document.text
        every = scorer.answers(text, [place.pronoun.question for place in held])
        for place, answer in zip(held, every, strict=True):
            _count(place, answer, found)
    return found


def _count(place: Place, answer: Answer, found: Answers) -> None:
    word, question, losses = place.pronoun
    own = GENDER[word.lower()]
    for gender in {GENDER[reading.lower()] for reading in question.readings}:
        odds = [
            (value, loss)
            for reading, value, loss in zip(question.readings, answer, losses, strict=True)
            if GENDER[reading.lower()] == gender
        ]
        found[f"{own}-{gender}"][0].append((max(v - loss for v, loss in odds), place.half))
        back = -max(value for value, _ in odds) - swapped.loss(place)
        found[f"{gender}-{own}"][1].append((back, place.half))


def rows(found: Answers) -> dict[str, dict[str, Any]]:
    """Return the threshold of each direction by the first half, with the figures of the second."""
    told = {}
    for name, (natural, swaps) in sorted(found.items()):
        if name.startswith("n"):
            continue  # measured once: 3 of 630 false from 2.0 and 4.0 on, and true ones are rare
        bound = _reached(swaps, THINGS) if "n" in name else _above(natural, FALSE)
        there = [value for value, half in natural if half == 1]
        turned = [value for value, half in swaps if half == 1]
        false, right = (sum(v >= bound for v in values) for values in (there, turned))
        told[name] = {"threshold": bound, "false": false, "natural": len(there)}
        told[name] |= {"found": right, "swapped": len(turned)}
    return told


def _above(natural: Sequence[Pair], share: float) -> float:
    """The lowest half, of 1 or more, at which less than a share of the first half's stand."""
    values = [value for value, half in natural if half == 0]
    steps = (step / 2 for step in range(2, 41))
    return next(s for s in steps if sum(v >= s for v in values) <= share * len(values))


def _reached(swaps: Sequence[Pair], share: float) -> float:
    """The highest half that a share of the first half's answers reach."""
    values = [value for value, half in swaps if half == 0]
    steps = (step / 2 for step in range(40, -41, -1))
    return next(s for s in steps if sum(v >= s for v in values) >= share * len(values))


def bounds(found: Answers) -> dict[str, Any]:
    """Return what holds for a rule's findings: confirmed where 1 of 100 natural places would be."""
    turned = sorted(v for _, pairs in found.values() for v, half in pairs if half == 0)
    confirm = _above([pair for pairs, _ in found.values() for pair in pairs], 0.01)
    withdraw = min(confirm - 0.5, int(turned[len(turned) // 50] * 2) / 2)
    return {"confirm": confirm, "withdraw": withdraw}
