"""Capitals in labelled news and in clean prose: what a model says of them, from which answer on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import swapped

from scrubber.model import Document
from scrubber.opinion import capitals
from scrubber.opinion.asking import Scorer

SHOWN = 8
"""Findings in a million characters of clean prose for which the threshold is set: 20 are the most
that there may be in any, and the second half has more than the first."""

LABELLED = 0.73
"""The share of those found near seams that is to be labelled in the first half; far from them more
are, and all in all 80 of 100."""


class Found(NamedTuple):
    """A capital that was asked about: the answer, and whether a label asks for lower case."""

    near: bool
    clean: bool
    labelled: bool
    odds: float
    half: int


def strays(dev: Path, scorer: Scorer) -> tuple[list[Found], tuple[int, int]]:
    """Return the capitals asked about, and the characters of clean prose in each half."""
    found, sizes = [], [0, 0]
    for text, wanted, half in _texts(dev):
        document = Document(text, given_language="en")
        every = list(capitals.doubtful(document))
        answers = scorer.answers(text, [one.question for one in every])
        sizes[half] += len(text) if wanted is None else 0
        for one, answer in zip(every, answers, strict=True):
            labelled = one.question.start + 1 in (wanted or ())
            found.append(Found(one.near, wanted is None, labelled, max(answer), half))
    return found, (sizes[0], sizes[1])


def _texts(dev: Path) -> Iterator[tuple[str, set[int] | None, int]]:
    """Labelled news with the places of its stray capitals, and clean prose, 40 lines together."""
    for line in (dev / "pairs_news.jsonl").read_text(encoding="utf-8").split("\n"):
        row: dict[str, Any] = json.loads(line) if line else {"lang": ""}
        if row["lang"] == "en":
            edits = [edit for edit in row["edits"] if edit["kind"] == "stray-case"]
            wanted = {edit["start"] for edit in edits if edit["old"].isupper()}
            yield row["text"], wanted, swapped.half(row["id"])
    for name in ("en_abc_rural", "en_gum_written", "en_pud"):
        lines = (dev / "clean" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        for number, at in enumerate(range(0, len(lines), swapped.LINES)):
            yield "\n".join(lines[at : at + swapped.LINES]), None, number % 2


def rows(found: Sequence[Found], sizes: tuple[int, int]) -> dict[str, dict[str, Any]]:
    """Return the thresholds by the first half, with the figures of the second."""
    steps = [step / 2 for step in range(2, 25)]

    def over(step: float, half: int, *, clean: bool, near: bool) -> list[Found]:
        kind = (half, clean, near)
        return [o for o in found if (o.half, o.clean, o.near) == kind and o.odds >= step]

    def labelled(step: float) -> float:
        above = over(step, 0, clean=False, near=True)
        return sum(one.labelled for one in above) / len(above) if above else 1.0

    def false(step: float) -> float:
        return len(over(step, 0, clean=True, near=False)) * 1e6 / sizes[0]

    bounds = {
        "near": next(step for step in steps if labelled(step) >= LABELLED),
        "far": next(step for step in steps if false(step) <= SHOWN),
    }
    return {name: _row(name, bound, over, sizes[1]) for name, bound in bounds.items()}


def _row(name: str, bound: float, over: Any, size: int) -> dict[str, Any]:
    """What is found in the second half with a threshold."""
    near = name == "near"
    news = over(bound, 1, clean=False, near=near)
    every = over(-99.0, 1, clean=False, near=near)
    return {
        "threshold": bound,
        "found": len(news),
        "right": sum(one.labelled for one in news),
        "labels": sum(one.labelled for one in every),
        "clean": len(over(bound, 1, clean=True, near=near)),
        "characters": size,
    }
