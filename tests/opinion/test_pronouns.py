"""What is asked about pronouns."""

from __future__ import annotations

import pytest

from scrubber.model import Document
from scrubber.opinion.pronouns import UNNAMED, loss, pronouns


def _readings(text: str) -> list[tuple[str, tuple[str, ...]]]:
    document = Document(text, given_language="en")
    return [(one.word, one.question.readings) for one in pronouns(document)]


def test_each_pronoun_has_the_readings_that_fit_its_place() -> None:
    assert _readings("He told her that its crew saw him near her boat, and it was himself.") == [
        ("He", ("She", "It")),
        ("her", ("his", "him", "its")),
        ("its", ("his", "her")),
        ("him", ("her", "it")),
        ("her", ("his", "him", "its")),
        ("it", ("he", "she")),
        ("himself", ("herself", "itself")),
    ]


def test_parts_of_words_and_shortened_verbs_are_no_pronouns_to_ask_about() -> None:
    assert _readings("The he-goat said he's in the heather, and she’ll go.") == []


def test_another_language_has_none() -> None:
    assert list(pronouns(Document("He he he", given_language="de"))) == []


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        ("Mrs Berg said that ", 0.0),
        ("Linda Berg said that ", 0.0),
        ("The queen said that ", 0.0),
        ("The office said that ", UNNAMED),
        ("Mrs Berg and Mr Lund said that ", UNNAMED),
    ],
)
def test_a_gender_that_was_named_last_loses_nothing(before: str, lost: float) -> None:
    document = Document(before, given_language="en")
    assert loss(document, len(before), "she") == lost
    assert loss(document, len(before), "it") == 0


def test_who_was_named_long_before_is_forgotten() -> None:
    text = "Mrs Berg left. " + "The boats stay in the harbour until spring. " * 15
    assert loss(Document(text, given_language="en"), len(text), "she") == UNNAMED


def test_a_surname_has_the_gender_that_the_text_tells_anywhere() -> None:
    text = "Berg said that she left. Linda Berg is the mayor."
    assert loss(Document(text, given_language="en"), 15, "she") == 0
