from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They went to south africa and on.", [("south africa", "South Africa", "fix")]),
        ("The Envoy of the united nations left.", [("united nations", "United Nations", "fix")]),
        (
            "In Denmark it snows. Denmark is cold, and denmark is far from the sea.",
            [("denmark", "Denmark", "suggest")],
        ),
        (
            "The envoys met on tuesday in the hall of the town.",
            [("tuesday", "Tuesday", "suggest")],
        ),
        (
            "Linda Vik won the race, and the prize was given to linda vik by the mayor.",
            [],
        ),
        (
            "Linda Vikstad won the race, and the prize went to linda vikstad by the sea.",
            [("linda vikstad", "Linda Vikstad", "suggest")],
        ),
        (
            "The Envoy saw him on the west bank of the river.",
            [("west bank", "West Bank", "suggest")],
        ),
        (
            "The Envoy of the state was late. “i love new zealand, and i go to the sea.”",
            [("new zealand", "New Zealand", "suggest")],
        ),
    ],
)
def test_found(find: Find, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Turkey is in the news. Turkey is large. They ate turkey of the house.",
        "nobody here writes capitals, not even of south africa or new york in the text.",
        "The page is at example.org/new york and the tag is #south africa of it.",
        "The soviet met in the hall of the town, and he ate a danish and drank of the tea.",
        "The Toy Fair is in the hall of the town, and that toy fair has a toy train.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert [row for row in find(text) if "#" not in text] == []
