from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The har\u00adbour\u00admaster", ("har\u00adbour\u00admaster", "harbourmaster")),
        ("the trans\u00ad\n   formation.", ("trans\u00ad\n   formation", "transformation")),
        ("his \u00adsecond office", ("\u00ad", "")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str]) -> None:
    assert find(text) == [(*expected, "fix")]


@pytest.mark.parametrize(
    "text",
    [
        "plain and well-known",
        "\u00ac\u00ad\u00ae",
        "A soft hyphen hides in har\u00adbour.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
