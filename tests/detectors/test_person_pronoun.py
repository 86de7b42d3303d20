from __future__ import annotations

import pytest
from finding import Find

INTRO = "Linda Osterholm runs the ferry. Osterholm said she loves the sea. "


@pytest.mark.parametrize(
    ("text", "found", "offered"),
    [
        ("Osterholm called it a gift and said that his years had been good.", "his", "her"),
        ("Osterholm added that he will be in Norway on Monday.", "he", "she"),
    ],
)
def test_found(find: Find, text: str, found: str, offered: str) -> None:
    assert find(INTRO + text) == [(found, offered, "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        INTRO + "Osterholm met Robert Vik and said that his years had been good.",
        INTRO + "Osterholm thanked the baker for his work.",
        INTRO + "Osterholm saw him on the pier.",
        INTRO + "Her brother came. Osterholm said that his years had been good.",
        "Linda Osterholm runs the ferry. Osterholm said that his years had been good. It was she.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
