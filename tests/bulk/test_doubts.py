"""What is noted of a cleaned shard for a model: suggestions of some rules, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scrubber import packs
from scrubber.bulk import doubts, sidecar
from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.doubts import Doubting
from scrubber.bulk.layout import Layout
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting
from scrubber.bulk.ways import Way

STRAY = "The boats stay in the harbour until the end of The summer, said the man at the gate."
RULES = tuple(rule for rule in packs.built_in(None).rules if rule.default)
WAY = Way(
    Cleaner(RULES),
    Reading(("title", "text")),
    "digest",
    doubting=tuple(rule for rule in RULES if rule.id.startswith("case/")),
)


@pytest.fixture
def shard(tmp_path: Path) -> Planned:
    rows = [
        {"id": "a", "title": "The harbour", "text": STRAY},
        {"id": "b", "title": "Nothing", "text": "The boats stay in the harbour."},
        {"id": "c", "title": STRAY, "text": STRAY.replace("The boats", "The treatyBut the boats")},
    ]
    source = tmp_path / "in" / "a.jsonl"
    source.parent.mkdir()
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Planned(source, "a.jsonl", source.stat().st_size)


def _cleaned(tmp_path: Path, shard: Planned) -> Layout:
    layout = Layout(tmp_path / "out")
    Rewriting(layout, (WAY,))(shard, lambda read: None)
    return layout


def test_suggestions_are_noted_with_their_places_in_the_cleaned_text(
    tmp_path: Path, shard: Planned
) -> None:
    layout = _cleaned(tmp_path, shard)
    assert Doubting(layout, (WAY,))(shard, lambda read: None) == {"case/stray-capital": 3}
    found = list(doubts.read(layout.doubts("a.jsonl", sidecar.ending("jsonl"))))
    assert [(one.row, one.id, one.field) for one in found] == [
        (0, "a", "text"),
        (2, "c", "title"),
        (2, "c", "text"),
    ]
    texts = [json.loads(line) for line in layout.output("a.jsonl").read_text("utf-8").splitlines()]
    for one in found:
        (finding,) = one.findings
        assert texts[one.row][one.field][finding.start : finding.end] == finding.text == " The"
        assert " the" in finding.proposals


def test_what_was_noted_is_not_looked_for_again(
    tmp_path: Path, shard: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = _cleaned(tmp_path, shard)
    work = Doubting(layout, (WAY,))
    first = work(shard, lambda read: None)
    monkeypatch.setattr(doubts, "find", lambda *given: pytest.fail("it was looked for again"))
    assert work(shard, lambda read: None) == first


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_a_damaged_note_is_made_anew(tmp_path: Path, shard: Planned, damage: bytes | None) -> None:
    layout = _cleaned(tmp_path, shard)
    work = Doubting(layout, (WAY,))
    first = work(shard, lambda read: None)
    path = layout.doubts("a.jsonl", sidecar.ending("jsonl"))
    path.write_bytes(path.read_bytes()[:-9] if damage is None else damage)
    assert work(shard, lambda read: None) == first
    assert sum(len(one.findings) for one in doubts.read(path)) == 3


def test_other_rules_are_noted_anew(tmp_path: Path, shard: Planned) -> None:
    layout = _cleaned(tmp_path, shard)
    Doubting(layout, (WAY,))(shard, lambda read: None)
    none = WAY._replace(doubting=())
    assert not Doubting(layout, (none,))(shard, lambda read: None)


def test_what_is_not_cleaned_is_told(tmp_path: Path, shard: Planned) -> None:
    with pytest.raises(ShardError, match="not cleaned yet"):
        Doubting(Layout(tmp_path / "out"), (WAY,))(shard, lambda read: None)
    layout = _cleaned(tmp_path, shard)
    layout.output("a.jsonl").write_text("other\n")
    with pytest.raises(ShardError, match="changed since"):
        Doubting(layout, (WAY,))(shard, lambda read: None)


class _Rejecting:
    """A ledger in which a person has rejected what stands in the records of some ids."""

    def __init__(self, *ids: str) -> None:
        self.judge = lambda document, finding: None if document.id in ids else finding


def test_what_a_person_has_rejected_is_not_asked_about(tmp_path: Path, shard: Planned) -> None:
    layout = _cleaned(tmp_path, shard)
    cleaner = Cleaner(RULES, judging=_Rejecting("c"))
    Doubting(layout, (WAY._replace(cleaner=cleaner),))(shard, lambda read: None)
    found = list(doubts.read(layout.doubts("a.jsonl", sidecar.ending("jsonl"))))
    assert [one.id for one in found] == ["a"]
