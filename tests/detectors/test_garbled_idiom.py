from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "found", "offered"),
    [
        (
            "They are “in the ocean a drop” to the town.",
            "in the ocean a drop",
            "a drop in the ocean",
        ),
        (
            'It is "the iceberg at its tip" for the town.',
            "the iceberg at its tip",
            "the tip of the iceberg",
        ),
    ],
)
def test_found(find: Find, text: str, found: str, offered: str) -> None:
    assert find(text) == [(found, offered, "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        "It is “the tip of an iceberg” and “just the tip of the iceberg”, so to the town.",
        "It is in the ocean a drop, and it is on the ice of a thin lake.",
        "It is “a drop” in the “ocean” and “the wolf and the door” of the house.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
