"""What a model says of the doubts beside a shard: verdicts in a file, and nothing changed."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from scrubber import packs
from scrubber.bulk import asking, doubts, sidecar
from scrubber.bulk.asking import Asking
from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.doubts import Doubting
from scrubber.bulk.layout import Layout
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting
from scrubber.bulk.ways import Way
from scrubber.opinion import choosing
from scrubber.opinion.asking import Answer, Question

STRAY = "The boats stay in the harbour until the end of The summer, said the man at the gate."
OTHER = STRAY.replace("The summer", "His summer")
RULES = tuple(rule for rule in packs.built_in(None).rules if rule.default)
STRAYS = tuple(rule for rule in RULES if rule.id == "case/stray-capital")
WAY = Way(Cleaner(RULES), Reading(), "digest", doubting=STRAYS)


@pytest.fixture
def shard(tmp_path: Path) -> Planned:
    source = tmp_path / "in" / "a.jsonl"
    source.parent.mkdir()
    rows = [{"id": n, "text": text} for n, text in enumerate((STRAY, "Fine.", OTHER))]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Planned(source, "a.jsonl", source.stat().st_size)


@pytest.fixture
def layout(tmp_path: Path, shard: Planned) -> Layout:
    found = Layout(tmp_path / "out")
    Rewriting(found, (WAY,))(shard, lambda read: None)
    Doubting(found, (WAY,))(shard, lambda read: None)
    return found


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many places were asked about, each time; " the" is likely and " his" is not."""
    seen: list[int] = []

    def answers(text: str, questions: list[Question]) -> list[Answer]:
        seen.append(len(questions))
        odds = {" the": 9.0, ". The": 11.0}
        return [tuple(odds.get(reading, -9.0) for reading in q.readings) for q in questions]

    model = SimpleNamespace(digest=b"", answers=answers)
    monkeypatch.setattr(choosing, "scorer", lambda path, digest: model)
    asking._opinion.cache_clear()
    return seen


def _asked(layout: Layout, shard: Planned, weights: bytes = b"weights") -> asking.Tally:
    return Asking(layout, (WAY,), Path("model"), weights)(shard, lambda read: None)


def test_verdicts_are_written_beside_the_shard_and_counted(
    layout: Layout, shard: Planned, times: list[int]
) -> None:
    before = layout.output("a.jsonl").read_bytes()
    rule = "case/stray-capital"
    assert _asked(layout, shard) == {(rule, "confirmed"): 1, (rule, "withdrawn"): 1}
    assert layout.output("a.jsonl").read_bytes() == before
    path = layout.opinions("a.jsonl", sidecar.ending("jsonl"))
    _, *rows = [json.loads(line) for line in sidecar.lines(path)]
    first, second = (row["findings"][0] for row in rows)
    assert [row["row"] for row in rows] == [0, 2]
    assert (first["verdict"], first["margin"]) == ("confirmed", 11.0)
    assert first["proposals"] == [". The", " the"]
    assert (second["verdict"], second["margin"]) == ("withdrawn", -9.0)


def test_what_was_asked_is_not_asked_again_but_of_another_model(
    layout: Layout, shard: Planned, times: list[int]
) -> None:
    first = _asked(layout, shard)
    count = len(times)
    assert _asked(layout, shard) == first
    assert len(times) == count > 0
    asking._opinion.cache_clear()
    assert _asked(layout, shard, b"others") == first
    assert len(times) == 2 * count


def test_without_doubts_no_model_is_loaded(
    layout: Layout, shard: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    Doubting(layout, (WAY._replace(doubting=()),))(shard, lambda read: None)
    monkeypatch.setattr(choosing, "scorer", lambda path, digest: pytest.fail("it was loaded"))
    asking._opinion.cache_clear()
    assert not _asked(layout, shard)


def test_doubts_of_another_text_are_told(layout: Layout, shard: Planned, times: list[int]) -> None:
    output = layout.output("a.jsonl")
    output.write_text(output.read_text("utf-8").replace("The boats", "Boats"), encoding="utf-8")
    with pytest.raises(ShardError, match="of another shard"):
        _asked(layout, shard)
    output.write_text('{"id": 0, "text": "All is well."}\n', encoding="utf-8")
    with pytest.raises(ShardError, match="of another shard"):
        _asked(layout, shard)


def test_missing_doubts_are_told(layout: Layout, shard: Planned, times: list[int]) -> None:
    layout.doubts("a.jsonl", sidecar.ending("jsonl")).unlink()
    with pytest.raises(ShardError, match="nothing was noted"):
        _asked(layout, shard)
    assert doubts.head(Path("no such file")) is None
