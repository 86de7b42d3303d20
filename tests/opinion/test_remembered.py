"""Answers that were given are not asked for again: by weights, text and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake import Fake

from scrubber.opinion.asking import Question
from scrubber.opinion.remembered import Remembered

TEXT = "Mrs Ida Berg runs the ferry. On Monday he met the crew."
HE = Question(39, 41, ("she",), len(TEXT))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path))


def test_a_later_run_asks_nothing_anew() -> None:
    first = Remembered(Fake(she=4.0), b"weights")
    assert first.answers(TEXT, [HE]) == [(4.0,)]
    first.save()
    scorer = Fake(she=0.0)
    again = Remembered(scorer, b"weights")
    assert again.answers(TEXT, [HE]) == [(4.0,)]
    assert (scorer.seen, again.asked) == ([], 0)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (TEXT.replace("Ida", "Ole"), HE),
        (TEXT, HE._replace(readings=("it",))),
        (TEXT, HE._replace(stop=50)),
        (TEXT, HE._replace(start=38)),
        (TEXT, HE._replace(least=-2.0)),
    ],
)
def test_whatever_an_answer_hangs_on_makes_it_another(text: str, question: Question) -> None:
    scorer = Fake(she=4.0)
    verdicts = Remembered(scorer, b"weights")
    verdicts.answers(TEXT, [HE])
    verdicts.answers(text, [question])
    assert len(scorer.seen) == 2


def test_what_stands_behind_changes_nothing() -> None:
    scorer = Fake(she=4.0)
    verdicts = Remembered(scorer, b"weights")
    verdicts.answers(TEXT, [HE])
    verdicts.answers(TEXT + " They left.", [HE])
    assert len(scorer.seen) == 1


def test_other_weights_are_asked_themselves() -> None:
    Remembered(Fake(she=4.0), b"weights").save()
    first = Remembered(Fake(she=4.0), b"weights")
    first.answers(TEXT, [HE])
    first.save()
    assert Remembered(Fake(she=1.0), b"others").answers(TEXT, [HE]) == [(1.0,)]


def test_known_and_new_answers_come_in_order() -> None:
    verdicts = Remembered(Fake(she=4.0, it=2.0), b"weights")
    verdicts.answers(TEXT, [HE])
    other = HE._replace(readings=("it",))
    assert verdicts.answers(TEXT, [other, HE, other]) == [(2.0,), (4.0,), (2.0,)]
