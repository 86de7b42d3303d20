"""Parquet as a container: equal tables, whatever types they hold."""

from __future__ import annotations

import datetime
import decimal
import json
import random
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shards import cleaned, nothing, run, scribbled

from scrubber.bulk.containers import parquet
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.reverting import revert
from scrubber.model import Edit

KINDS = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()]


def _table(rows: int = 50, kind: Any = None) -> Any:
    texts = [f"row {at} … ends 😀 here." if at % 7 else None for at in range(rows)]
    return pa.table(
        {
            "id": pa.array([f"<urn:{at}>" for at in range(rows)]),
            "url": pa.array(["https://example.org/a"] * rows),
            "text": pa.array(texts, pa.string()).cast(kind or pa.string()),
            "meta": pa.array(
                [{"tags": ["a", None], "deep": [{"n": at}]} for at in range(rows)],
                pa.struct(
                    {
                        "tags": pa.list_(pa.string()),
                        "deep": pa.list_(pa.struct({"n": pa.int16()})),
                    }
                ),
            ),
            "map": pa.array([[("k", at)] for at in range(rows)], pa.map_(pa.string(), pa.int64())),
            "when": pa.array([datetime.datetime(2024, 5, 1)] * rows, pa.timestamp("us", "UTC")),
            "price": pa.array([decimal.Decimal("1.50")] * rows, pa.decimal128(9, 2)),
            "raw": pa.array([b"\xff\x00"] * rows, pa.binary()),
            "none": pa.nulls(rows),
        }
    ).replace_schema_metadata({"kept": "as it is", "huggingface": '{"info": {"features": {}}}'})


def _written(folder: Path, table: Any, **given: Any) -> Path:
    path = folder / "a.parquet"
    pq.write_table(table, path, **given)
    (folder / "out").mkdir(exist_ok=True)
    return path


def _first(text: str) -> list[Edit]:
    return [Edit(0, 3, "row", "Row, é", ("x/y",))] if text.startswith("row") else []


def test_a_table_without_changes_is_the_same(tmp_path: Path) -> None:
    path = _written(tmp_path, _table(), row_group_size=20, compression="gzip")
    done = run(path, tmp_path / "out" / "a.parquet")
    new, old = (pq.read_table(found) for found in (tmp_path / "out" / "a.parquet", path))
    assert new.equals(old)
    assert new.schema.equals(old.schema, check_metadata=True)
    assert [record.row for record in done.records] == [at for at in range(50) if at % 7]
    assert done.reasons[1] == (8, 'no text in the field "text"')
    assert (len(done.rejects), done.rows) == (8, 50)
    assert (done.records[0].id, done.records[0].host) == ("<urn:1>", "example.org")


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_only_the_texts_change_and_come_back(tmp_path: Path, kind: Any, form: str) -> None:
    path = _written(tmp_path, _table(kind=kind), row_group_size=20, compression="zstd")
    out, record = tmp_path / "out" / "a.parquet", tmp_path / "edits.x"
    record = tmp_path / ("edits.parquet" if form == "parquet" else "edits.jsonl.zst")
    reading = Reading(block=900)
    done = cleaned(path, out, record, scribbled, reading, form)
    assert len(done.changes) > 30
    old, new = pq.read_table(path), pq.read_table(out)
    assert new.schema.equals(old.schema, check_metadata=True)
    assert new.drop(["text"]).equals(old.drop(["text"]))
    texts = new.column("text").to_pylist()
    for row, text in enumerate(old.column("text").to_pylist()):
        assert texts[row] == (done.changes[row][0].text if row in done.changes else text)
    meta = pq.read_metadata(out)
    assert [meta.row_group(at).num_rows for at in range(meta.num_row_groups)] == [20, 20, 10]
    assert meta.row_group(0).column(0).compression == "ZSTD"
    assert revert(out, record, tmp_path / "back", reading) == len(done.changes)
    back = pq.read_table(tmp_path / "back")
    assert back.schema.equals(old.schema, check_metadata=True)
    assert back.to_pylist() == old.to_pylist()


def test_edits_in_a_column_of_their_own(tmp_path: Path) -> None:
    path = _written(tmp_path, _table())
    out, record = tmp_path / "out" / "a.parquet", tmp_path / "edits.jsonl.zst"
    reading = Reading(nested="edits")
    done = cleaned(path, out, record, _first, reading)
    new, old = pq.read_table(out), pq.read_table(path)
    assert new.drop(["edits", "text"]).equals(old.drop(["text"]))
    edits = new.column("edits").to_pylist()
    assert [bool(found) for found in edits] == [row in done.changes for row in range(50)]
    assert edits[1] == [
        {
            "field": "text",
            "rules": ["x/y"],
            "start": 0,
            "end": 3,
            "before": "row",
            "after": "Row, é",
            "action": "fix",
            "decision": None,
        }
    ]
    features = json.loads(new.schema.metadata[b"huggingface"])["info"]["features"]
    assert list(features) == ["edits"]
    assert revert(out, None, tmp_path / "back", reading) == len(done.changes)
    back = pq.read_table(tmp_path / "back")
    assert back.equals(old)
    assert back.schema.equals(old.schema, check_metadata=True)
    with pytest.raises(ShardError, match='has a column "edits" already'):
        run(out, None, nothing, reading)


def test_texts_that_cannot_be_read(tmp_path: Path) -> None:
    column = pa.array([b"fine", b"\xff\xfe", b"a" * 90, b"row", None, b""], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 6, column.buffers())
    path = _written(tmp_path, pa.table({"text": text}))
    out, record = tmp_path / "out" / "a.parquet", tmp_path / "edits.jsonl.zst"
    done = cleaned(path, out, record, _first, Reading(limit=80))
    assert done.texts == ["fine", "row", ""]
    assert done.reasons == [
        (2, "not UTF-8"),
        (3, "longer than 80 bytes; left as it is"),
        (5, 'no text in the field "text"'),
    ]
    assert [reject.raw for reject in done.rejects] == [b"\xff\xfe", b"a" * 90, b"a.parquet/4"]
    kept = pq.read_table(out).column("text").cast(pa.binary()).to_pylist()
    assert kept == [b"fine", b"\xff\xfe", b"a" * 90, "Row, é".encode(), None, b""]
    assert revert(out, record, tmp_path / "back", Reading(limit=80)) == 1
    back = pq.read_table(tmp_path / "back").column("text").cast(pa.binary())
    assert back.to_pylist() == column.to_pylist()


def test_several_columns(tmp_path: Path) -> None:
    table = pa.table({"title": ["row a", None, None], "body": ["row b", "row c", None]})
    path = _written(tmp_path, table)
    out, record = tmp_path / "out" / "a.parquet", tmp_path / "edits.jsonl.zst"
    reading = Reading(("title", "body", "absent"))
    done = cleaned(path, out, record, _first, reading)
    assert [record.texts for record in done.records] == [("row a", "row b", ""), ("", "row c", "")]
    assert pq.read_table(out).column("title").to_pylist() == ["Row, é a", None, None]
    assert revert(out, record, tmp_path / "back", reading) == 2
    assert pq.read_table(tmp_path / "back").equals(table)


@pytest.mark.parametrize("table", [pa.table({"text": pa.array([], pa.string())}), _table(0)])
def test_tables_without_a_row(tmp_path: Path, table: Any) -> None:
    path = _written(tmp_path, table)
    done = run(path, tmp_path / "out" / "a.parquet")
    assert (done.records, done.rejects) == ([], [])
    assert pq.read_table(tmp_path / "out" / "a.parquet").equals(table)


def test_a_large_row_group_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrubber.bulk.containers.parquet._GROUP", 2000)
    path = _written(tmp_path, _table(200))
    out, record = tmp_path / "out" / "a.parquet", tmp_path / "edits.jsonl.zst"
    cleaned(path, out, record, _first, Reading(block=500))
    assert pq.read_metadata(out).num_row_groups > 5
    assert pq.read_table(out).drop(["text"]).equals(pq.read_table(path).drop(["text"]))


def test_what_decodes_a_row_group_is_let_go_before_its_end_is_used(tmp_path: Path) -> None:
    path = _written(tmp_path, _table(20), row_group_size=10)
    batches = parquet._Batches(pq.ParquetFile(path), 0, 6)
    decoding = []
    while batches.left:
        batches.read()
        decoding.append(batches._batches is not None)
    assert decoding == [True, False]
    batches.taken()
    assert batches._batch is None


def test_prose_gets_no_dictionary_and_no_bounds_that_it_had_not(tmp_path: Path) -> None:
    table = pa.table({"text": ["row " * 2000, "row " * 3000], "id": ["a", "b"]})
    path = _written(tmp_path, table, write_statistics=["id"])
    out = tmp_path / "out" / "a.parquet"
    run(path, out)
    text, identity = (pq.ParquetFile(out).metadata.row_group(0).column(n) for n in (0, 1))
    assert "RLE_DICTIONARY" in identity.encodings
    assert identity.statistics.has_min_max
    assert "RLE_DICTIONARY" not in text.encodings
    assert not (text.is_stats_set and text.statistics.has_min_max)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (pa.table({"body": ["a"], "n": [1]}), r'no column "text"; there are: body, n \(--field\)'),
        (pa.table({"text": [1]}), 'the column "text" holds int64, no text'),
        (pa.table({"text": [["a"]]}), 'the column "text" holds list<.*>, no text'),
    ],
)
def test_a_table_without_the_column_is_refused(tmp_path: Path, table: Any, problem: str) -> None:
    with pytest.raises(ShardError, match=problem):
        run(_written(tmp_path, table), None)


def test_damage_is_told_of_and_nothing_crashes(tmp_path: Path) -> None:
    path = _written(tmp_path, _table(300), row_group_size=100)
    whole = path.read_bytes()
    dice = random.Random(8)
    damages = [b"", b"PAR1", whole[:1000], whole[:-1], whole[:1000] + whole[1500:]]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.choice([1, 3, 50])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        damages.append(bytes(data))
    refused = 0
    for damage in damages:
        path.write_bytes(damage)
        try:
            done = run(path, tmp_path / "out" / "a.parquet", scribbled)
        except ShardError:
            refused += 1
        else:
            assert done.rows == len(done.records) + len(done.rejects)
    assert refused > 20


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _written(tmp_path, _table())
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ShardError, match=r"pip install 'scrubtext\[arrow\]'"):
        run(path, None)
