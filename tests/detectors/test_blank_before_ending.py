from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The boat of Marit 's aunt.", ("Marit 's", "Marit's", "fix")),
        ("The baker ’s aunt.", ("baker ’s", "baker’s", "suggest")),
        ("They do n't go.", ("do n't", "don't", "fix")),
        ("Here we ’re at home.", ("we ’re", "we’re", "fix")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Add 's to the noun; the possessive 's is an ending; the letter 's' too.",
        "The '90s, rock 'n' roll and the 's-Hertogenbosch road.",
        "It 's a text in tokens , and they 're all so , he 's sure , she 's not .",
        "x = y 's",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
