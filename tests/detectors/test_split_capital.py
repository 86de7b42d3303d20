from __future__ import annotations

import pytest
from finding import Find

PLAIN = "and it was the talk of the town, and she had heard of it from the baker.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T he winter was long, " + PLAIN, ("T he", "The", "fix")),
        ("W hen the winter came, " + PLAIN, ("W hen", "When", "fix")),
        ("“N obody” was his name, " + PLAIN, ("N obody", "Nobody", "fix")),
        ("A fter the winter, " + PLAIN, ("A fter", "After", "fix")),
        ("I n the winter, " + PLAIN, ("I n", "In", "fix")),
        ("T\nhe winter was long, " + PLAIN, ("T\nhe", "The", "suggest")),
        ("The winter went. N obody knew, " + PLAIN, ("N obody", "Nobody", "suggest")),
        ("The new G overnment met, " + PLAIN, ("G overnment", "Government", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "A bout was had, I am here, ",
        "C is a language, ",
        "R and S are quays, B or C, ",
        "J. R. Lund, Vitamin A deficiency and plan B is what it was, ",
        "X rays and T shirts, E mail and U boats, ",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text + PLAIN) == []
