"""What is asked of a language model, and what it answers: the one interface to any of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple, Protocol


class Question(NamedTuple):
    """A place in a text, with what could stand there instead; offsets are code points, half-open.

    The text is judged up to `stop`, the end of a word after the place. A reading whose beginning
    has log odds below `least` is judged by that beginning alone, which is far cheaper.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    stop: int
    least: float = -inf


Answer = tuple[float, ...]
"""For each reading the log of its odds against the text as it stands: above 0 it is likelier."""


class Scorer(Protocol):
    """A language model. The same questions about the same text have the same answers."""

    @property
    def digest(self) -> bytes:
        """What names the weights."""

    def answers(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        """Return the answers in the order of the questions, each hanging on its own alone."""


def stop(text: str, end: int, least: int) -> int:
    """Return the end of the word that stands `least` code points after a place, or of the text.

    >>> stop("He left the harbour.", 2, 7)
    11
    """
    at = min(end + least, len(text))
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def told(verdict: str, margin: float) -> str:
    """Return what a finding says of an answer.

    >>> told("confirmed", 6.52)
    'second opinion: confirmed (+6.5)'
    """
    return f"second opinion: {verdict} ({margin:+.1f})"
