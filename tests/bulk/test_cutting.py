from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scrubber.bulk import cutting
from scrubber.bulk.cutting import LEAST, MOST, cut, unit
from scrubber.bulk.model import Span
from scrubber.bulk.plan import Planned


def _shard(path: str, size: int) -> Planned:
    return Planned(Path(path), Path(path).name, size)


def test_parts_grow_with_the_run_up_to_a_bound() -> None:
    assert unit([]) == unit([_shard("a.jsonl", 1 << 30)]) == LEAST
    assert unit([_shard("a.jsonl", LEAST * cutting.SHARE * 2)]) == LEAST * 2
    assert unit([_shard("a.jsonl", 1 << 30)] * 10_000) == MOST


def test_plain_json_lines_are_cut_by_bytes() -> None:
    (shard,) = cut([_shard("a.jsonl", 25)], 10)
    assert shard.spans == (Span(0, 12, 12), Span(12, 25, 13))
    assert cut([_shard("a.jsonl", 19)], 10)[0].spans == ()


def test_what_cannot_be_read_from_the_middle_stays_whole() -> None:
    names = ("a.jsonl.gz", "a.csv", "a.txt", "a.warc", "missing.parquet", "a.arrow")
    assert all(not shard.spans for shard in cut([_shard(name, 99) for name in names], 10))
    assert not cut([_shard("a.jsonl", 99)], 10, lambda shard: False)[0].spans


def test_parquet_is_cut_by_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": [f"{number} " * 50 for number in range(1000)]})
    pq.write_table(table, path, row_group_size=100)
    size = path.stat().st_size
    (shard,) = cut([Planned(path, path.name, size)], size // 4)
    assert [span.start for span in shard.spans] == [0, *(s.stop for s in shard.spans[:-1])]
    assert shard.spans[-1].stop == 10
    assert 3 <= len(shard.spans) <= 5
    pq.write_table(table, path)
    assert not cut([Planned(path, path.name, path.stat().st_size)], 10)[0].spans, "one row group"
