from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were the fi rst to leave.", ("fi rst", "first", "fix")),
        ("They were of di ff erent minds.", ("di ff erent", "different", "fix")),
        ("It was a diff erent matter.", ("diff erent", "different", "fix")),
        ("They met in the o ffi ce.", ("o ffi ce", "office", "fix")),
        ("They met in the ofﬁ ce.", ("ofﬁ ce", "ofﬁce", "fix")),
        ("The con flict is old, and so is she.", ("con flict", "conflict", "suggest")),
        ("The bush fi re is out.", ("bush fi re", "bushfire", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


def test_several_breaks_vouch_for_a_rarer_word_and_for_parts_that_are_words() -> None:
    from scrubber.detectors import split_ligature
    from scrubber.model import Document

    few = "The pro fit is small, and the plan was fi nalised."
    many = PLAIN + "At fi rst she was di ff erent, and in the o ffi ce she was the fi nest. " + few
    found = [m.proposals[0] for m in split_ligature.find(Document(many))]
    assert found == ["first", "different", "office", "finest", "profit", "finalised"]
    assert [m.proposals for m in split_ligature.find(Document(PLAIN + few))] == []


@pytest.mark.parametrize(
    "text",
    [
        "The staff of the kiosk set off ice floes, and the cliff edge was near.",
        "The Wi Fi re-started, and the sci fi nerds were glad.",
        "He drank 5 fl oz of it, sung ff and then pp.",
        "The final fit of the five fields was fine.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
