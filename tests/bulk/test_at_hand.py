"""What of an object a part needs: all that reading it asks for, and little more."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from buckets import needs_fsspec

from scrubber.bulk import at_hand, stores
from scrubber.bulk.containers import open_shard
from scrubber.bulk.cutting import cut
from scrubber.bulk.model import Reading, Record, ShardError
from scrubber.bulk.plan import Planned

pytestmark = needs_fsspec


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes were asked of the store, each time."""
    found: list[int] = []
    before = stores.stretch

    def stretch(url: str, start: int, stop: int) -> bytes:
        data = before(url, start, stop)
        found.append(len(data))
        return data

    monkeypatch.setattr(stores, "stretch", stretch)
    monkeypatch.setattr(at_hand, "PIECE", 700)
    return found


def _rows() -> Iterator[dict[str, str]]:
    for n in range(400):
        yield {"id": str(n), "text": f"Page {n}. " + "x" * (9000 if n == 200 else n % 50)}


def _shard(path: Path, *, stored: bool) -> Planned:
    url = f"file://{path}" if stored else ""
    return Planned(path, path.name, path.stat().st_size, url=url)


def _parts(shard: Planned, size: int) -> list[Planned]:
    (whole,) = cut([shard], size)
    assert len(whole.spans) > 3
    return [whole._replace(span=span, spans=(), size=span.size) for span in whole.spans]


def _records(shard: Planned) -> list[Record]:
    with at_hand.at_hand(shard) as here:
        assert here.source.stat().st_size == Path(shard.name).stat().st_size
        reading = Reading(span=here.span, block=500)
        with open_shard(here.source, None, reading) as container:
            return [record for block in container for record in block.records]


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("end", ["\n", ""])
def test_of_lines_their_part_and_the_end_of_the_last(
    inside: Path, asked: list[int], end: str
) -> None:
    path = inside / "a.jsonl"
    lines = [*map(json.dumps, _rows())]
    path.write_text("\n".join(lines) + end)
    begins = len("\n".join(lines[:200]))
    parts = [_parts(_shard(path, stored=stored), 1500) for stored in (False, True)]
    for local, shard in zip(*parts, strict=True):
        asked.clear()
        assert _records(shard) == _records(local)
        assert shard.span is not None
        most = shard.span.size + 8 + 1 + 700
        if shard.span.start < begins + 9100 and shard.span.stop > begins:
            most += 9100  # the end of the longest line
        assert sum(asked) <= most
    assert sum(len(_records(shard)) for shard in parts[1]) == 400


def test_of_row_groups_theirs_and_what_the_file_tells_of_itself(
    inside: Path, asked: list[int]
) -> None:
    path = inside / "b.parquet"
    pq.write_table(pa.Table.from_pylist([*_rows()]), path, row_group_size=50)
    local, stored = _parts(_shard(path, stored=False), 600), _parts(_shard(path, stored=True), 600)
    for one, other in zip(local, stored, strict=True):
        asked.clear()
        assert _records(other) == _records(one)
        assert sum(asked) < path.stat().st_size * 0.9


def test_what_is_no_parquet_is_not_cut(inside: Path, asked: list[int]) -> None:
    path = inside / "c.parquet"
    path.write_bytes(b"PAR1" + b"\xff" * 9000)
    assert cut([_shard(path, stored=True)], 1000)[0].spans == ()
    assert sum(asked) == 16


def test_an_object_that_changes_meanwhile_is_told_of(
    inside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = inside / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, _rows())))
    before = stores.stretch

    def stretch(url: str, start: int, stop: int) -> bytes:
        os.utime(path, (1, start))
        return before(url, start, stop)

    monkeypatch.setattr(stores, "stretch", stretch)
    shard = _parts(_shard(path, stored=True), 1500)[1]
    with pytest.raises(ShardError, match="changed while it was being read"):
        _records(shard)
