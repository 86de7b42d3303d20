"""Stray capitals that a model alone finds: which words are asked about, and from what answer on."""

from __future__ import annotations

import pytest
from fake import Fake

from scrubber.model import Action, Document
from scrubber.opinion.capitals import RULE, capitals, doubtful
from scrubber.opinion.thresholds import Thresholds

BOUNDS = Thresholds({}, {}, {"near": 1.0, "far": 6.0})
STRAY = "The union has called for Protests against the new tax, and it will strike in the spring."


def _document(text: str) -> Document:
    return Document(text, given_language="en")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (STRAY, ["Protests"]),
        ("The crew in Denmark met Linda on a Friday in May by the sea.", []),
        ("It rained. Boats came in, and “Ships came too” he said. Nobody saw it.", []),
        ("The talks of the Council went on. He said the Council was tired.", []),
        ("She said the Xenolith was old, and the HMS ship was too.", []),
        ("He met Berg And she met the crew, but Harbour boats stayed.", ["And", "Harbour"]),
    ],
)
def test_words_that_may_be_ordinary_ones_are_asked_about(text: str, words: list[str]) -> None:
    assert [one.word for one in doubtful(_document(text))] == words


def test_before_a_mark_a_word_is_asked_about_only_near_a_seam() -> None:
    text = "The union has called for many Protests, and it will strike."
    assert not list(doubtful(_document(text)))
    damaged = "The crew met the captainwho saw it. " + text
    assert [(one.word, one.near) for one in doubtful(_document(damaged))] == [("Protests", True)]


def test_what_is_likelier_in_lower_case_is_found() -> None:
    document = _document(STRAY)
    (found,) = capitals(document, Fake(protests=6.5), BOUNDS)
    assert (found.rule, found.text, found.proposals) == (RULE, " Protests", (" protests",))
    assert found.action is Action.SUGGEST
    assert found.opinion == "second opinion: found (+6.5)"
    assert not list(capitals(document, Fake(protests=5.9), BOUNDS))


def test_near_a_seam_less_is_enough() -> None:
    document = _document(STRAY + " The crew met the captainwho saw it.")
    assert [one.text for one in capitals(document, Fake(protests=1.1), BOUNDS)] == [" Protests"]


def test_a_full_stop_may_have_been_lost_before_what_begins_a_sentence() -> None:
    document = _document("The delegates spoke of the drought The valleys are dry in the summer.")
    (found,) = capitals(document, Fake(the=1.0, **{". The": 9.0}), BOUNDS)
    assert found.proposals == (". The", " the")
