from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The talks failed, Norway on Friday, he moved the fleet to the north.", "he"),
        ("Norway has closed his borders to the lorries of the south.", "his"),
        ("The ministry said in her statement that the boats are safe.", "her"),
        ("The bank of Vikdal moved his headquarters to the capital.", "his"),
    ],
)
def test_found(find: Find, text: str, found: str) -> None:
    assert find(text) == [(found, "its", "suggest")] or find(text) == [(found, "it", "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        "Norway has closed her borders to the lorries of the south.",
        "The company paid the man for his report, and that was the end.",
        "The commission rejected his report in the spring.",
        "The minister of Norway closed his borders to the lorries.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
