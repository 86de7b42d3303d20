"""Pronouns that a model alone finds wrong: each he and she of a text is asked about."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber.model import Action, Document, Finding
from scrubber.opinion.asking import Answer, Scorer, told
from scrubber.opinion.pronouns import GENDER, Pronoun, pronouns
from scrubber.opinion.thresholds import Thresholds

PERSON, THING = "pronouns/person-gender", "pronouns/person-for-place"
"""The rules in whose names this is told: as theirs, but seen by no rule."""


def conflicts(document: Document, scorer: Scorer, thresholds: Thresholds) -> Iterator[Finding]:
    """Yield the pronouns of which another reading is likelier by more than chance."""
    begins = {name[0] for name in thresholds.pronouns}
    every = [one for one in pronouns(document) if GENDER[one.word.lower()] in begins]
    answers = scorer.answers(document.text, [one.question for one in every])
    for pronoun, answer in zip(every, answers, strict=True):
        yield from _conflict(pronoun, answer, thresholds)


def _conflict(pronoun: Pronoun, answer: Answer, thresholds: Thresholds) -> Iterator[Finding]:
    word, question, losses = pronoun
    own = GENDER[word.lower()]
    sure = []
    for reading, odds, loss in zip(question.readings, answer, losses, strict=True):
        bound = thresholds.pronouns.get(f"{own}-{GENDER[reading.lower()]}")
        if bound is not None and odds - loss >= bound:
            sure.append((odds - loss, reading))
    if not sure:
        return
    sure.sort(key=lambda pair: -pair[0])
    margin, best = sure[0]
    said = told("found", margin)
    yield Finding(
        THING if "n" in (own, GENDER[best.lower()]) else PERSON,
        question.start,
        question.end,
        word,
        tuple(reading for _, reading in sure),
        Action.SUGGEST,
        f"“{word}” where “{best}” is likelier; {said}",
        opinion=said,
    )
