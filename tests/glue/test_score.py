from __future__ import annotations

import pytest

from scrubber.glue.score import FORMS, NEAR, WINDOW, around, reaches, scored, weights
from scrubber.model import Document

PLAIN = "It was the talk of the town, and she heard it from the baker. "
SURE = "The sailorswho had left came back. "


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_weights(form: str) -> None:
    learned = weights(form)
    assert {"bias", "document.bias", "document.alone", "document.near"} <= learned.keys()


def test_a_seam_scores_and_a_rare_word_does_not() -> None:
    (seam,) = scored(Document(PLAIN + SURE))
    assert seam.score > 2
    assert all(cut.score < 0 for cut in scored(Document(PLAIN + "The dormouserie was shut.")))


def test_other_seams_raise_a_score() -> None:
    alone = scored(Document(PLAIN + "The children wereangry."))
    vouched = scored(Document(PLAIN + SURE * 3 + "The children wereangry."))
    assert vouched[-1].cut.left == alone[-1].cut.left == "were"
    assert vouched[-1].score > alone[-1].score + 0.5
    assert vouched[-1].alone == alone[-1].alone
    assert vouched[-1].vouching > 1.5 > 0.1 > alone[-1].vouching


def test_what_is_far_is_not_heard() -> None:
    """A book would vouch for anything."""
    far = PLAIN * (2 * WINDOW // len(PLAIN))
    alone = scored(Document(far + "The children wereangry."))[-1]
    vouched = scored(Document(SURE * 3 + far + "The children wereangry."))[-1]
    assert vouched.score == alone.score
    assert NEAR < WINDOW


def test_cuts_of_one_token_do_not_vouch_for_each_other() -> None:
    document = Document(PLAIN + "He sat at the sideofthe road.")
    found = [(seam.cut, seam.alone) for seam in scored(document)]
    assert len(found) == 2
    assert around(found[0][0], 0.0, found, 100)["document.others"] == 0


def test_a_text_without_candidates_costs_nothing_more() -> None:
    assert scored(Document(PLAIN)) == ()


def test_a_token_in_prose_is_sure_and_one_in_an_address_is_not() -> None:
    assert reaches(Document(PLAIN + SURE), 0)
    assert not reaches(Document(PLAIN + SURE), 20)
    for place in ("#sailorswho", "www.example.org/sailorswho", "$sailorswho"):
        assert not reaches(Document(f"{PLAIN} See {place} for more."), 0), place
    assert reaches(Document(f"{PLAIN} See #sailorswho. {SURE}"), 0)


def test_a_token_is_judged_in_the_language_of_its_text() -> None:
    german = "Das ist der Hafen, und die Leute warten auf das Schiff, das nicht kommt. "
    assert not reaches(Document(german + "Sailorswho left."), 0)
