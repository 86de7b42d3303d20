from __future__ import annotations

import pytest
from finding import Find

from scrubber.detectors.phrase import find as detector
from scrubber.model import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained.READ ONIt snowed.", "It rained. It snowed."),
        ("It rained. READ ONIt snowed.", "It rained. It snowed."),
        ("It rained.READ ON", "It rained."),
        ("It rained. READ ON\nIt snowed.", "It rained.\nIt snowed."),
        ("READ ON It snowed.", "It snowed."),
        ("It rainedREAD ONIt snowed.", "It rained. It snowed."),
        ("“It rained.”READ ON“It snowed.”", "“It rained.” “It snowed.”"),
        ("They READ ON", "They READ ON"),
        ("It rained. READ ON the deck.", "It rained. READ ON the deck."),
        ("It rained. READ ON The deck.", "It rained. READ ON The deck."),
        ("It rained.\nREAD ON\nIt snowed.", "It rained.\nREAD ON\nIt snowed."),
    ],
)
def test_what_is_taken_out(text: str, expected: str) -> None:
    done = text
    for match in reversed(list(detector(Document(text), pattern="READ ON"))):
        done = done[: match.start] + match.proposals[0] + done[match.end :]
    assert done == expected


def test_after_a_word_it_is_offered_only(find: Find) -> None:
    text = "It rainedREAD ONIt snowed."
    assert find(text, pattern="READ ON") == [("rainedREAD ON", "rained. ", "suggest")]
    assert find(text, pattern="READ ON", after_word="") == []
    assert find(text, pattern="READ ON", after_word="fix")[0][2] == "fix"


def test_place(find: Find) -> None:
    text = "A. READ ON\nB.\nC.\nD. READ ON\n"
    assert len(find(text, pattern="READ ON", place="end", edge=1)) == 1
    offered = find(text, pattern="READ ON", place="end", edge=1, elsewhere="suggest")
    assert [action for _, _, action in offered] == ["suggest", "fix"]
