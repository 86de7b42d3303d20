from __future__ import annotations

import pytest

from scrubber.measures import breach, line_texts, taken_out, words
from scrubber.model import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.\nX\nB.\n", "A.\nB.\n"),
        ("A.\n\nX\n\nB.\n", "A.\n\nB.\n"),
        ("A.\r\n\r\nX\r\n\r\nB.", "A.\r\n\r\nB."),
        ("A.\n\nX", "A.\n"),
        ("A.\n\nX\n\n", "A.\n\n"),
        ("X\n\nA.", "A."),
        ("X", ""),
        ("\ufeffX\nA.\n", "\ufeffA.\n"),
        ("A.\rX\rB.", "A.\rB."),
        ("A.\n \u00a0X \nB.", "A.\nB."),
    ],
)
def test_taking_a_line_out(text: str, expected: str) -> None:
    document = Document(text)
    texts = line_texts(document)
    start, end = taken_out(document, texts, texts.index("X"))
    assert text[:start] + text[end:] == expected


def test_words() -> None:
    assert words("– (one), two/three … 4.5 #six") == ["one", "two/three", "4.5", "six"]


def test_the_bounds_are_inside() -> None:
    assert breach("n", 5, 5, 5) == ""
    assert breach("n", 120_000, 50, 100_000) == "n: 120,000, at most 100,000"
