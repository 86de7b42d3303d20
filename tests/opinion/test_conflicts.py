"""Pronouns that a model alone finds wrong."""

from __future__ import annotations

import pytest
from fake import Fake

from scrubber.model import Document
from scrubber.opinion.conflicts import PERSON, THING, conflicts
from scrubber.opinion.thresholds import Thresholds

BOUNDS = Thresholds({}, {"m-f": 3.0, "m-n": 3.0, "f-m": 5.0}, {})
TEXT = "Mrs Ida Berg runs the ferry. On Monday he met the crew and thanked them for their work."


@pytest.mark.parametrize(
    ("odds", "rule", "proposals"),
    [
        ({"she": 4.0}, PERSON, ("she",)),
        ({"she": 4.0, "it": 8.0}, THING, ("it", "she")),
        ({"she": 4.0, "it": 3.5}, PERSON, ("she", "it")),
    ],
)
def test_all_readings_that_are_likely_enough_are_offered(
    odds: dict[str, float], rule: str, proposals: tuple[str, ...]
) -> None:
    (found,) = conflicts(Document(TEXT, given_language="en"), Fake(**odds), BOUNDS)
    assert (found.rule, found.text, found.proposals) == (rule, "he", proposals)


def test_each_direction_has_its_threshold() -> None:
    scorer = Fake(he=4.9, she=4.9)
    document = Document(TEXT.replace("he met", "she met"), given_language="en")
    assert not list(conflicts(document, scorer, BOUNDS))
    assert list(conflicts(Document(TEXT, given_language="en"), scorer, BOUNDS))
