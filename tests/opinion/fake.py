"""A scorer without a model: what it answers is what the test says of each reading."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber.opinion.asking import Answer, Question


class Fake:
    """Answers by the reading; `seen` are the texts that stood at the places asked about."""

    digest = b"fake"

    def __init__(self, **odds: float) -> None:
        self.odds = odds
        self.seen: list[str] = []

    def answers(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        self.seen += [text[question.start : question.end] for question in questions]
        return [tuple(self.odds.get(r.strip(), -9.0) for r in q.readings) for q in questions]
