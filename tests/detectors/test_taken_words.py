from __future__ import annotations

import pytest

from scrubber import packs
from scrubber.detectors.taken_words import find
from scrubber.model import Document

ONE = {"measure": "words", "below": 2}
CAPITALS = {"measure": "capitals", "above": 0.5}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("One\ntwo three four\n", "25 %"),
        ("HOME\ntwo three four\n", "25 %"),
        ("HOME PAGE\ntwo three\nfour\n", "60 %"),
        ("one two\n", None),
        ("\n", None),
    ],
)
def test_a_word_counts_once(text: str, share: str | None) -> None:
    found = [match.message for match in find(Document(text), lines=[ONE, CAPITALS], above=0.05)]
    assert found == ([f"words that line rules take: {share}, at most 5 %"] if share else [])


def test_refinedweb_measures_the_line_rules_that_it_has() -> None:
    rules = [rule for rule in packs.built_in(None).rules if rule.id.startswith("refinedweb/")]
    (whole,) = (rule for rule in rules if rule.detector == "taken-words")
    others = [
        {key: value for key, value in rule.params.items() if key != "message"}
        for rule in rules
        if rule is not whole
    ]
    assert whole.params["lines"] == others
