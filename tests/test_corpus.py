"""The texts in corpus/: broken ones give the golden results, clean ones come back untouched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from scrubber import engine, scoring
from scrubber.documents import source
from scrubber.edits import apply
from scrubber.model import Document
from scrubber.rules import Rule

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
BROKEN = sorted(path.parent for path in CORPUS.glob("broken/*/before.*"))
CLEAN = sorted(CORPUS.glob("clean/*.txt"))
MISSES = sorted(path.parent for path in CORPUS.glob("misses/*/before.*"))


def _label_record(folder: Path) -> dict[str, Any]:
    return next(iter(scoring.rows(folder / "labels.jsonl")))


def _before(folder: Path) -> Path:
    return next(folder.glob("before.*"))


def test_there_is_a_corpus() -> None:
    assert (len(BROKEN), len(CLEAN), len(MISSES)) >= (14, 16, 6)


@pytest.mark.parametrize("folder", BROKEN, ids=lambda path: path.name)
def test_broken_texts_give_the_golden_results(
    folder: Path, rules: tuple[Rule, ...], file_regression: FileRegressionFixture
) -> None:
    before = _before(folder)
    held = source.read(before)
    outcome = engine.settle(held.documents[0], rules)
    assert outcome.faults == ()
    findings = "".join(
        json.dumps(
            {
                "rule": finding.rule,
                "action": finding.action,
                "start": finding.start,
                "end": finding.end,
                "text": finding.text,
                "proposals": finding.proposals,
            },
            ensure_ascii=False,
        )
        + "\n"
        for finding in outcome.findings
    )
    repaired = apply(held.text, held.edits([outcome.edits]))
    for name, content in ((f"after{before.suffix}", repaired), ("findings.jsonl", findings)):
        file_regression.check(content.encode(), fullpath=folder / name, binary=True)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_texts_come_back_byte_for_byte(path: Path, rules: tuple[Rule, ...]) -> None:
    text = path.read_bytes().decode()
    outcome = engine.settle(Document(text), rules)
    assert outcome.text is text
    assert [f for f in outcome.findings if f.action == "fix"] == []


def test_clean_texts_are_nearly_quiet(rules: tuple[Rule, ...]) -> None:
    found = [
        (path.stem, finding.rule, finding.text)
        for path in CLEAN
        for finding in engine.settle(Document(path.read_bytes().decode()), rules).findings
    ]
    assert len(found) <= 16, found


@pytest.mark.parametrize("folder", MISSES, ids=lambda path: path.name)
@pytest.mark.xfail(reason="a known miss: see corpus/README.md", strict=True)
def test_known_misses_are_offered(folder: Path, rules: tuple[Rule, ...]) -> None:
    score = scoring.measure([_label_record(folder)], rules)
    counts = list(score.kinds.values())
    assert sum(count["offered"] for count in counts) == sum(count["labels"] for count in counts)


@pytest.mark.parametrize("folder", [*BROKEN, *MISSES], ids=lambda path: path.name)
def test_labels_fit_their_texts(folder: Path) -> None:
    record = _label_record(folder)
    assert record["text"].encode() == _before(folder).read_bytes()
    assert record.get("markup", "txt") == _before(folder).suffix[1:]
    at = 0
    for label in record["edits"]:
        assert record["text"][label["start"] : label["end"]] == label["old"]
        assert at <= label["start"]
        at = label["end"]
