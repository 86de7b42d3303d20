from __future__ import annotations

from scrubber.glue.cuts import cuts
from scrubber.glue.evidence import Features, features
from scrubber.model import Document

PLAIN = "It was the talk of the town, and she heard it from the baker. "


def evidence(text: str) -> Features:
    document = Document(PLAIN + text)
    return features(document, cuts(document)[0])


def test_function_words_and_their_neighbours() -> None:
    found = evidence("The sailorswho had left.")
    assert found["right.closed"] == 1
    assert found["right=who"] == 1
    assert found["pair.known+closed"] + found.get("pair.common+closed", 0) == 1
    assert found["right.relative+next.auxiliary"] == 1
    assert "left.closed" not in found


def test_words_of_the_document() -> None:
    assert "left.elsewhere" in evidence("The sailorswho had left. The sailors sang.")
    assert "left.elsewhere" not in evidence("The sailorswho had left.")


def test_a_token_that_stands_again_may_be_a_name() -> None:
    again = evidence("The skipperwho left, then one skipperwho came, a skipperwho sang.")
    assert again["whole.again"] == 1
    assert again["whole.often"] == 1
    paragraph = "\nThe skipperwho had left the town at noon came back.\n"
    assert "whole.again" not in evidence(paragraph * 2)


def test_the_place() -> None:
    assert evidence("The sailorswho")["right.closed+next.none"] == 1
    assert evidence("The mayor-sailorswho had left.")["before.hyphen"] == 1
    assert evidence("He sat at the sideofthe road.")["several"] == 1


def test_names_hold_no_blank() -> None:
    """The table of weights is read by columns."""
    for text in ("The sailorswho had left.", "built in 1997by them", "at theUN of it"):
        assert not any(" " in name for name in evidence(text))
