"""The article that the project began with: what its labels ask for, and not a byte more."""

from __future__ import annotations

import re
from pathlib import Path

from scrubber import engine, scoring
from scrubber.model import Document
from scrubber.rules import Rule


def test_the_article(shared: Path, rules: tuple[Rule, ...]) -> None:
    (row,) = scoring.rows(shared / "seed" / "labels.jsonl")
    score = scoring.measure([row], rules)
    total = {
        name: sum(count[name] for count in score.kinds.values())
        for name in ("labels", "found", "offered", "fixed")
    }
    assert total["labels"] == 24
    assert total["found"] == 24
    assert total["offered"] >= 22
    assert total["fixed"] == 9
    assert score.wrong == []
    noise = sum(
        count for found in score.rules.values() for key, count in found.items() if "false" in key
    )
    assert noise <= 2


def test_not_another_byte_changes(shared: Path, rules: tuple[Rule, ...]) -> None:
    """The repaired article is the original with an accepted repair at each of the 9, no more."""
    (row,) = scoring.rows(shared / "seed" / "labels.jsonl")
    text, at, expected = row["text"], 0, ""
    for label in (label for label in row["edits"] if label["tier"] == "auto"):
        accepted = "|".join(map(re.escape, label["new"]))
        expected += f"{re.escape(text[at : label['start']])}(?:{accepted})"
        at = label["end"]
    expected += re.escape(text[at:])
    outcome = engine.settle(Document(text), rules)
    assert len(outcome.edits) == 9
    assert re.fullmatch(expected, outcome.text)
