"""The article that the project began with: what its labels ask for, and not a byte more."""

from __future__ import annotations

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
    assert total["found"] >= 22
    assert total["offered"] >= 19
    assert total["fixed"] == 9
    assert score.wrong == []
    noise = sum(
        count for found in score.rules.values() for key, count in found.items() if "false" in key
    )
    assert noise <= 2


def test_every_changed_byte_lies_in_a_label(shared: Path, rules: tuple[Rule, ...]) -> None:
    (row,) = scoring.rows(shared / "seed" / "labels.jsonl")
    outcome = engine.settle(Document(row["text"]), rules)
    assert len(outcome.edits) == 9
    for edit in outcome.edits:
        assert any(
            label["start"] - 1 <= edit.start and edit.end <= label["end"] for label in row["edits"]
        ), edit
