from __future__ import annotations

import pytest

from scrubber.glue.halves import has_known_halves, joins_function_word


@pytest.mark.parametrize(
    ("token", "halves"),
    [
        ("Yeolwho", True),  # a function word of three letters needs no word before it
        ("Bermason", False),  # one of two does
        ("shapesto", True),
        ("oftenhidden", True),
        ("Tonshafen", False),
        ("iPod", True),
    ],
)
def test_halves(token: str, halves: bool) -> None:
    assert has_known_halves(token) is halves


@pytest.mark.parametrize(
    ("token", "joins"),
    [
        ("ferry", False),
        ("tearDown", False),
        ("setUp", False),
        ("treatyBut", True),
        ("sailorswho", True),
    ],
)
def test_a_function_word_that_is_joined_is_no_identifier(token: str, joins: bool) -> None:
    assert joins_function_word(token) is joins
