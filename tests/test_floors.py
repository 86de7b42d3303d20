"""No rule falls below what was measured for it, and only what was measured works unattended.

Lowering a floor takes corpus/measure.py --lower.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scrubber import engine, floors, resources, scoring
from scrubber.comments import DETECTOR
from scrubber.model import Action, Document
from scrubber.rules import Rule
from scrubber.shares import wilson

DATA = ("pairs_news", "pairs_tech", "pairs_langs", "gold", "traps", "extractor_glue")


@pytest.fixture(scope="module")
def pinned() -> floors.Floors:
    file = resources.floors_file()
    assert file is not None
    return floors.read(file)


def test_every_rule_is_measured(pinned: floors.Floors, rules: tuple[Rule, ...]) -> None:
    """Those on comments for scrubber are not: no text but our own holds any."""
    assert set(pinned.rules) == {rule.id for rule in rules if rule.detector != DETECTOR}


def test_what_works_unattended_has_earned_it(
    pinned: floors.Floors, rules: tuple[Rule, ...]
) -> None:
    """Precision of 99 % on what was judged, one false repair in five million characters."""
    refused = [
        f"{rule.id}: {line}. Lower it to suggest in rules/{rule.file}, or mend it, or read what"
        " `corpus/measure.py --unread` shows into verdicts.jsonl; then measure again"
        for rule in rules
        for line in floors.refusals(rule.action, pinned.rules.get(rule.id))
    ]
    assert not refused, "\n".join(refused)


def test_every_rule_says_how_much_stands_behind_it(pinned: floors.Floors) -> None:
    for rule, figures in pinned.rules.items():
        judged, right = figures["judged"], figures["right"]
        assert 0 <= right <= judged, rule
        assert figures.get("thin", False) is (judged < floors.THIN), rule
        if judged:
            assert figures["precision"] == round(right / judged, 4)
            assert figures["at_least"] == round(wilson(right, judged)[0], 4)
        if figures.get("labels"):
            assert figures["recall"] == round(figures["found"] / figures["labels"], 4)
        assert figures["clean"] <= sum(text["characters"] for text in pinned.clean.values())


def test_kinds_belong_to_rules(rules: tuple[Rule, ...], root: Path) -> None:
    kinds = tomllib.loads((root / "corpus" / "kinds.toml").read_text(encoding="utf-8"))
    for prefix in kinds:
        assert any(rule.id.startswith(prefix) for rule in rules), f"kinds.toml: no rule {prefix}"


def test_floors_hold_on_the_corpus(pinned: floors.Floors, rules: tuple[Rule, ...]) -> None:
    files = sorted(Path(__file__).parents[1].glob("corpus/broken/*/labels.jsonl"))
    score = scoring.measure((row for file in files for row in scoring.rows(file)), rules)
    assert floors.below(score, pinned, "corpus") == []


@pytest.mark.parametrize("name", DATA)
def test_floors_hold_on_the_labelled_texts(
    name: str, pinned: floors.Floors, rules: tuple[Rule, ...], shared: Path
) -> None:
    file = shared / "eval" / "dev" / f"{name}.jsonl"
    assert floors.digest(file) == pinned.data[name], "measure again: the data has changed"
    assert floors.below(scoring.measure(scoring.rows(file), rules), pinned, name) == []


def test_nothing_is_done_to_the_traps(rules: tuple[Rule, ...], shared: Path) -> None:
    for row in scoring.rows(shared / "eval" / "dev" / "traps.jsonl"):
        outcome = engine.settle(Document(row["text"]), rules)
        assert outcome.text is row["text"]


def test_clean_text_is_left_alone(
    pinned: floors.Floors, rules: tuple[Rule, ...], root: Path, shared: Path
) -> None:
    """No more false repairs than are pinned; what was read and is real damage is no false one."""
    places = {
        (row["data"], row["rule"], row["start"])
        for row in scoring.rows(root / "corpus" / "verdicts.jsonl")
    }
    for file in sorted((shared / "eval" / "dev" / "clean").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        false = [
            (finding.rule, text[max(0, finding.start - 30) : finding.end + 30])
            for finding in engine.settle(Document(text), rules).findings
            if finding.action is Action.FIX
            and (file.stem, finding.rule, finding.start) not in places
        ]
        assert len(false) <= pinned.clean[file.stem]["false"], false


def test_a_fall_is_noticed() -> None:
    pinned = floors.Floors(rules={"a/b": {"on": {"set": {"right": 2, "wrong": 0}}}})
    score = scoring.Score()
    score.rules["a/b"].update({"fix right": 1, "fix false": 1})
    assert floors.below(score, pinned, "set") == [
        "a/b: 1 right findings, at least 2",
        "a/b: 1 wrong fixes, at most 0",
    ]
    assert floors.below(score, pinned, "other") == []


FIGURES: Mapping[str, Any] = {
    "action": "fix",
    "judged": 200,
    "right": 199,
    "kinds": ["footer"],
    "labels": 50,
    "found": 40,
    "clean": 5_000_000,
    "false": 1,
    "on": {"set": {"right": 9, "wrong": 1}},
}


def _one(**changes: object) -> floors.Floors:
    return floors.Floors(
        {"set": "d1"},
        {"prose": {"digest": "d2", "characters": 5_000_000, "false": 1}},
        {"footer": {"labels": 50, "found": 40, "offered": 39, "fixed": 38}},
        {"a/b": {**FIGURES, **changes}},
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"right": 198}, []),
        ({"right": 197}, ["precision 98.5 % of 200 judged repairs, 99 % is asked"]),
        ({"judged": 0, "right": 0}, ["no repair of it was ever judged"]),
        ({"false": 2}, ["2 false repairs in 5,000,000 characters"]),
        ({"clean": 4_999_999}, ["1 false repairs in 4,999,999 characters"]),
        ({"false": 0, "clean": 0}, []),
        ({"action": "suggest"}, ["never measured as fix"]),
    ],
)
def test_what_speaks_against_fix(changes: dict[str, object], expected: list[str]) -> None:
    found = floors.refusals("fix", {**FIGURES, **changes})
    assert len(found) == len(expected)
    for line, beginning in zip(found, expected, strict=True):
        assert line.startswith(beginning)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"judged": 300, "right": 299}, []),
        ({"right": 198}, ["a/b: precision 99.0 % of 200, before 99.5 % of 200"]),
        ({"judged": 0, "right": 0}, ["a/b: precision none of 0, before 99.5 % of 200"]),
        ({"found": 39}, ["a/b: recall 78.0 % of 50, before 80.0 % of 50"]),
        ({"found": 60, "labels": 75}, []),
        ({"kinds": ["share-widget"], "found": 1}, []),
        (
            {"false": 2},
            ["a/b: 2 false repairs in 5,000,000 characters of clean text, before 1 in 5,000,000"],
        ),
        ({"action": "suggest", "right": 1}, []),
        (
            {"on": {"set": {"right": 8, "wrong": 2}}},
            [
                "a/b: 8 right findings on set, before 9",
                "a/b: 2 wrong fixes on set, before 1",
            ],
        ),
    ],
)
def test_no_figure_falls_silently(changes: dict[str, object], expected: list[str]) -> None:
    assert list(floors.falls(_one(), _one(**changes))) == expected


def test_falls_of_what_was_measured_on() -> None:
    fewer = {"prose": {"digest": "d2", "characters": 10, "false": 0}}
    kinds = {"footer": {"labels": 50, "found": 40, "offered": 39, "fixed": 37}}
    assert list(floors.falls(_one(), floors.Floors({"set": "other"}, fewer, kinds))) == [
        "set: the labelled texts have changed; figures do not compare",
        "prose: 10 characters of clean text, before 5,000,000: give the same texts",
        "footer: fixed 74.0 % of 50, before 76.0 % of 50",
        "a/b: gone",
    ]
    assert list(floors.falls(floors.Floors(), _one())) == []


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    file.write_text(floors.written(_one(thin=True)), encoding="utf-8")
    assert floors.read(file) == _one(thin=True)


def test_measuring_again_refuses_to_lower_silently(root: Path, tmp_path: Path) -> None:
    """The whole script on a copy: a pinned figure that is not reached stays pinned."""
    copy = tmp_path / "corpus"
    copy.mkdir()
    for name in ("measure.py", "texts.py", "kinds.toml", "verdicts.jsonl"):
        (copy / name).write_bytes((root / "corpus" / name).read_bytes())
    dev = tmp_path / "dev"
    (dev / "clean").mkdir(parents=True)
    for name in DATA:
        (dev / f"{name}.jsonl").write_text(
            '{"id": "1", "text": "Nothing is wrong.", "edits": []}\n'
        )
    (dev / "clean" / "prose.txt").write_text("Nothing is wrong here either.\n")
    (tmp_path / "more.txt").write_text("Nor here.\n")
    kept = floors.written(floors.Floors(rules={"links/glued-stop": {"on": {"gold": HELD}}}))
    (copy / "floors.toml").write_text(kept)
    command = [sys.executable, str(copy / "measure.py"), str(dev), f"more={tmp_path / 'more.txt'}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "links/glued-stop: 0 right findings on gold, before 3" in done.stdout
    assert "links/glued-stop may not be fix: no repair of it was ever judged" in done.stdout
    assert (copy / "floors.toml").read_text() == kept
    done = subprocess.run([*command, "--lower"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert floors.read(copy / "floors.toml").clean["more"]["characters"] == 10


HELD = {"right": 3, "wrong": 0}
