from __future__ import annotations

import pytest

from scrubber.evidence import joined


@pytest.mark.parametrize(
    "token",
    ["harbour", "Harbour", "NATO", "1984", "the", "x" * 61, "ourTerms", "forceswho", "inSection"],
)
def test_words_and_what_links_run_together_are_not_counted(token: str) -> None:
    assert joined.chance(token, "en") is None


def test_words_that_are_met_often_meet_by_chance_more_easily() -> None:
    often, seldom = joined.chance("timeYear", "en"), joined.chance("quillHerring", "en")
    assert often
    assert seldom
    assert often[0] < seldom[0] < joined.NO_CHANCE
    assert joined.chance("QvistDrm", "en") == (joined.NO_CHANCE, False)


def test_a_function_word_with_a_capital_is_told() -> None:
    found, plain = joined.chance("BrineWho", "en"), joined.chance("BrineWhale", "en")
    assert found
    assert plain
    assert (found[1], plain[1]) == (True, False)


def test_tokens_with_a_stop_within_are_seen_whole_and_in_parts() -> None:
    found = {"Ask", "Orla.Venn", "Orla", "Venn", "he", "said"}
    assert joined.tokens("Ask Orla.Venn, he said.") == found


def test_what_runs_into_a_word() -> None:
    assert list(joined.seams("quayAdvertisement")) == [("quay", "Advertisement")]
    assert list(joined.seams("quay.Advertisement")) == [("quay.", "Advertisement")]
    assert list(joined.seams("QuayBook")) == []
    assert joined.last("QuayBook") == "Book"
    assert joined.last("quay") is None
