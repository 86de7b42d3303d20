from __future__ import annotations

import pytest
from finding import Find

from scrubber.detectors.line import find as detector
from scrubber.model import Document


def _without(text: str, **params: object) -> str:
    for match in reversed(list(detector(Document(text), **params))):  # type: ignore[arg-type]
        text = text[: match.start] + match.proposals[0] + text[match.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.\nX\nB.\n", "A.\nB.\n"),
        ("A.\n\nX\n\nb\n", "A.\n\nb\n"),
        ("A.\r\n\r\nX\r\n\r\nB.", "A.\r\n\r\nB."),
        ("A.\nX", "A.\n"),
        ("A.\n\nX", "A.\n"),
        ("A.\n\nX\n", "A.\n"),
        ("A.\n\nX\n\n", "A.\n\n"),
        ("X\n\nA.", "A."),
        ("X\nA.", "A."),
        ("X", ""),
        ("A.\n\nX\n\nX\nX\n\nB.\n", "A.\n\nB.\n"),
        ("A.\rX\rB.", "A.\rB."),
        ("\ufeffX\nA.\n", "\ufeffA.\n"),
        ("A.\n  X \t\nB.\n", "A.\nB.\n"),
        ("AX\nXB\n", "AX\nXB\n"),
        ("X\nand on.\n", "X\nand on.\n"),
        ("X\n===\n", "X\n===\n"),
    ],
)
def test_taking_a_line_out(text: str, expected: str) -> None:
    assert _without(text, pattern="X") == expected


def test_place(find: Find) -> None:
    text = "X\n" + "A.\n" * 9 + "X\n" + "A.\n" * 9 + "X\n"
    assert len(find(text, pattern="X", place="end", edge=3)) == 1
    assert len(find(text, pattern="X", place="start", edge=3)) == 1
    assert len(find(text, pattern="X", place="edges", edge=3)) == 2
    offered = find(text, pattern="X", place="edges", edge=3, elsewhere="suggest")
    assert [action for _, _, action in offered] == ["fix", "suggest", "fix"]


def test_an_introduced_line_is_left_alone(find: Find) -> None:
    assert find("see:\n\nX\n", pattern="X", not_after=":$") == []


def test_a_list_or_a_verse_is_offered_only(find: Find) -> None:
    assert find("Eat less\nX\nSleep\n", pattern="X")[0][2] == "suggest"
    assert find("A long line of prose without an end mark\nX\nB.\n", pattern="X")[0][2] == "fix"
    text = "A long line of prose without an end mark\nX\nB.\n"
    assert find(text, pattern="X", after_sentence=True)[0][2] == "suggest"


def test_a_date_or_a_byline_above_is_whole_in_itself(find: Find) -> None:
    for above in ("May 3, 2011", "10:15 am", "By Nora Lindqvist"):
        assert find(f"{above}\nX\nB.\n", pattern="X", after_sentence=True)[0][2] == "fix"


def test_phrases_carry_the_marks_of_a_button(find: Find) -> None:
    for line in ("read on", "[Read on]", "READ ON »", "Read on..."):
        assert len(find(f"A.\n\n{line}\n", phrases=["read on", "go on"])) == 1
    assert find("A.\n\nRead on there\n", phrases=["read on"]) == []
    assert find("A.\n\nB\n") == []


def test_a_label_takes_what_it_labels_along(find: Find) -> None:
    text = "A.\nLABEL\n\nthe crane\nB.\n"
    assert find(text, lead="LABEL", led=".*crane") == [("LABEL\n\nthe crane\n", "", "fix")]
    assert find(text, lead="LABEL", led="crane") == []


def test_the_next_line_goes_on_with_the_sentence(find: Find) -> None:
    assert find("A.\nX\nand on.\n", pattern=r"\(?X\)?\.?") == []
    assert len(find("A.\nX.\nand on.\n", pattern=r"\(?X\)?\.?")) == 1
    assert len(find("A.\n(X)\nand on.\n", pattern=r"\(?X\)?\.?")) == 1


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("A.\nX x\nX y\n", ("x",), "A.\n"),
        ("A.\nX one\nX two\n", ("one",), "A.\nX two\n"),
        ("A.\nX ONE\n", ("one",), "A.\n"),
        ("A.\nX one\nB one.\n", ("one",), "A.\nB one.\n"),
        ("İ.\nX two\n", ("one",), "İ.\n"),  # in lower case the text is longer: all lines are tried
        ("A.\nX two\n", ("\none\n",), "A.\n"),  # a hint that no line can hold tells nothing
    ],
)
def test_only_lines_with_a_hint_are_tried(text: str, hints: tuple[str, ...], expected: str) -> None:
    assert _without(text, pattern="X .*", hints=hints) == expected


def test_a_label_is_found_by_what_it_labels() -> None:
    text = "A.\nMore\nX one\n"
    assert _without(text, pattern="X .*", lead="More", led="X .*", hints=("one",)) == "A.\n"
