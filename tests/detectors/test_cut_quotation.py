from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "found", "offered"),
    [
        ("The mayor said they would. “Work until the very end” for the town.", ". “W", " “w"),
        ("The mayor called it the. “Worst day of the year,” and left.", ". “W", " “w"),
        ('He described the plan as. "A gift to the valley" and sat down.', '. "A', ' "a'),
    ],
)
def test_found(find: Find, text: str, found: str, offered: str) -> None:
    assert find(text) == [(found, offered, "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        "It was the one that she dreamed of. “Come in to the house,” she said.",
        "She knew how that would be received. “You look well today” is what they say.",
        "And that would be that. “No,” she said to the man of the house.",
        'He said "it is the." "No, it is as I said," and that was all.',
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
