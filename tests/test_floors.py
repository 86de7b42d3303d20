"""No rule falls below what was measured for it. Lowering a floor takes corpus/measure.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrubber import engine, resources, scoring
from scrubber.model import Action, Document
from scrubber.rules import Rule

DATA = ("pairs_news", "pairs_tech", "pairs_langs", "gold", "traps", "extractor_glue")


@pytest.fixture(scope="module")
def pinned() -> scoring.Floors:
    file = resources.floors_file()
    assert file is not None
    return scoring.floors(file)


def test_every_rule_is_measured(pinned: scoring.Floors, rules: tuple[Rule, ...]) -> None:
    assert set(pinned.rules) == {rule.id for rule in rules}


def test_floors_hold_on_the_corpus(pinned: scoring.Floors, rules: tuple[Rule, ...]) -> None:
    files = sorted(Path(__file__).parents[1].glob("corpus/broken/*/labels.jsonl"))
    score = scoring.measure((row for file in files for row in scoring.rows(file)), rules)
    assert scoring.below(score, pinned, "corpus") == []


@pytest.mark.parametrize("name", DATA)
def test_floors_hold_on_the_labelled_texts(
    name: str, pinned: scoring.Floors, rules: tuple[Rule, ...], shared: Path
) -> None:
    file = shared / "eval" / "dev" / f"{name}.jsonl"
    assert scoring.digest(file) == pinned.data[name], "measure again: the data has changed"
    assert scoring.below(scoring.measure(scoring.rows(file), rules), pinned, name) == []


def test_nothing_is_done_to_the_traps(rules: tuple[Rule, ...], shared: Path) -> None:
    for row in scoring.rows(shared / "eval" / "dev" / "traps.jsonl"):
        outcome = engine.settle(Document(row["text"]), rules)
        assert outcome.text is row["text"]


@pytest.mark.parametrize("name", ["en_abc_rural", "en_gum_written", "en_pud"])
def test_clean_prose_is_left_alone(name: str, rules: tuple[Rule, ...], shared: Path) -> None:
    """At most 20 false fixes in a million characters; each hit that is left was read: real glue."""
    text = (shared / "eval" / "dev" / "clean" / f"{name}.txt").read_text(encoding="utf-8")
    fixes = [
        finding
        for finding in engine.settle(Document(text), rules).findings
        if finding.action is Action.FIX
    ]
    assert 1e6 * len(fixes) / len(text) <= 20


def test_a_fall_is_noticed() -> None:
    pinned = scoring.Floors({}, {"a/b": {"on": {"set": {"right": 2, "wrong": 0}}}})
    score = scoring.Score()
    score.rules["a/b"].update({"fix right": 1, "fix false": 1})
    assert scoring.below(score, pinned, "set") == [
        "a/b: 1 right findings, at least 2",
        "a/b: 1 wrong fixes, at most 0",
    ]
    assert scoring.below(score, pinned, "other") == []
