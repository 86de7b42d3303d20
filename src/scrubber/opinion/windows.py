"""How much of a text is read for each question: windows over the text that share what they read.

A window is the same whatever else is asked about the text, so that an answer hangs on its own
question alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scrubber.opinion.asking import Question

STEP = 600
"""Code points in which one window's questions stand."""

BEFORE = 600
"""Code points that are read before the first of them: about a paragraph."""


class Window(NamedTuple):
    """A stretch of a text, and the numbers of the questions that are asked in it."""

    start: int
    stop: int
    questions: tuple[int, ...]


def windows(text: str, questions: Sequence[Question]) -> Iterator[Window]:
    """Yield the windows in which something is asked, in order."""
    steps: dict[int, list[int]] = {}
    for number, question in enumerate(questions):
        steps.setdefault(question.start // STEP, []).append(number)
    for step in sorted(steps):
        asked = steps[step]
        stop = max(questions[number].stop for number in asked)
        yield Window(_word(text, step * STEP - BEFORE), stop, tuple(asked))


def _word(text: str, at: int) -> int:
    """The beginning of the next sentence after a place, or of a word where none is near."""
    if at <= 0:
        return 0
    near = text[at : at + BEFORE // 3]
    for mark in ("\n", ". ", " "):
        found = near.find(mark)
        if found >= 0:
            return at + found + len(mark)
    return at
