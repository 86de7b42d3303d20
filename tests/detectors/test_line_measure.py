from __future__ import annotations

import pytest
from finding import Find

TEXT = "Home\n\nThe ferry leaves at nine.\nBUY NOW\n"


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"measure": "words", "below": 2}, ["Home\n\n"]),
        ({"measure": "words", "below": 3}, ["Home\n\n", "BUY NOW\n"]),
        ({"measure": "words", "above": 4}, ["The ferry leaves at nine.\n"]),
        ({"measure": "longest-word", "above": 5}, ["The ferry leaves at nine.\n"]),
        ({"measure": "longest-word", "above": 6}, []),
        ({"measure": "capitals", "above": 0.5}, ["BUY NOW\n"]),
        ({"measure": "capitals", "above": 0.9}, []),
    ],
)
def test_what_lies_outside_its_bounds(
    find: Find, params: dict[str, object], found: list[str]
) -> None:
    assert [text for text, _, _ in find(TEXT, **params)] == found


@pytest.mark.parametrize("text", ["", "\n\n", "  \t\n", "\ufeff\n"])
def test_nothing_is_found_in_nothing(find: Find, text: str) -> None:
    assert find(text, measure="words", below=5) == []
