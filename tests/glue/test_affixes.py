from __future__ import annotations

import pytest

from scrubber.glue.affixes import is_derived


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("harbourless", "en"),
        ("unmoored", "en"),
        ("lighthousing", "en"),
        ("auszugehen", "de"),
        ("weiterzugehen", "de"),
        ("sobreescribir", "es"),
    ],
)
def test_made_of_known_words(word: str, code: str) -> None:
    assert is_derived(word, code)


@pytest.mark.parametrize(
    ("word", "code"), [("sailorswho", "en"), ("ofthe", "en"), ("bootewaren", "de")]
)
def test_run_together(word: str, code: str) -> None:
    assert not is_derived(word, code)
