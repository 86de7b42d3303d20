"""Answers of a model that were given before: known by its weights, the text and the place."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber import kept
from scrubber.opinion.asking import Answer, Question, Scorer
from scrubber.opinion.windows import windows

MOST = 200_000
"""Answers that are kept, the last ones: about 8 MB."""


class Remembered:
    """A scorer that asks another only what it was never asked. `save` keeps it for later runs."""

    def __init__(self, scorer: Scorer, digest: bytes) -> None:
        self.digest = digest
        self.asked = 0
        self._scorer = scorer
        self._file = kept.place("answers", digest)
        self._old = _read(self._file)
        self._new: dict[bytes, Answer] = {}

    def answers(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        """Return the answers in the order of the questions."""
        keys = [b""] * len(questions)
        for window in windows(text, questions):
            for at in window.questions:
                keys[at] = _key(text, window.start, questions[at])
        known = [self._new.get(key) or self._old.get(key) for key in keys]
        open_ = [at for at, answer in enumerate(known) if answer is None]
        answers = self._scorer.answers(text, [questions[at] for at in open_]) if open_ else []
        self.asked += len(answers)
        for at, answer in zip(open_, answers, strict=True):
            known[at] = self._new[keys[at]] = answer
        return [answer for answer in known if answer is not None]

    def save(self) -> None:
        """Keep what is new, together with what other runs have kept meanwhile."""
        if self._new:
            every = list((_read(self._file) | self._new).items())[-MOST:]
            kept.save(self._file, dict(every))


def _key(text: str, start: int, question: Question) -> bytes:
    """What an answer hangs on: what stands from the window's beginning to where judging stops."""
    read = text[start : question.stop].encode("utf-8", "surrogatepass")
    place = f"{question.start - start} {question.end - start} {question.least}"
    readings = (reading.encode("utf-8", "surrogatepass") for reading in question.readings)
    return kept.digest(read, place.encode(), *readings)


def _read(file: str | None) -> dict[bytes, Answer]:
    found = kept.load(file)
    return found if isinstance(found, dict) else {}
