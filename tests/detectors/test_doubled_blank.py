from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker of the street. " * 2


@pytest.mark.parametrize(
    "text", ["The crew was led by  Ann Lund.", "It was said,  too.", "“It was.”  The crew left."]
)
def test_found(find: Find, text: str) -> None:
    assert find(PLAIN + text) == [("  ", " ", "fix")]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace(". ", ".  ") * 3,
        "The crew was led by  Ann.",
        PLAIN + "\nname  size  age\n",
        PLAIN + "\n  The crew was led by  Ann.",
        PLAIN + "\nThe end.  \nThe start.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
