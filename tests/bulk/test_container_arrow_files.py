"""Arrow files and folders of `datasets`: equal tables, in the same batches."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from shards import cleaned, run, scribbled
from test_container_parquet import KINDS, _first, _table

from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.reverting import revert

FORMATS = {
    "stream": (pa.ipc.new_stream, pa.ipc.open_stream),
    "file": (pa.ipc.new_file, pa.ipc.open_file),
}


def _written(folder: Path, table: Any, form: str = "stream", batch: int = 20) -> Path:
    path = folder / "data-00000-of-00001.arrow"
    with FORMATS[form][0](str(path), table.schema) as writer:
        writer.write_table(table, batch)
    (folder / "out").mkdir(exist_ok=True)
    return path


def _read(path: Path, form: str) -> Any:
    with pa.OSFile(str(path)) as file, FORMATS[form][1](file) as reader:
        return reader.read_all()


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_without_changes_is_the_same(tmp_path: Path, form: str) -> None:
    path = _written(tmp_path, _table(), form)
    done = run(path, tmp_path / "out" / path.name)
    assert _read(tmp_path / "out" / path.name, form).equals(_table())
    assert (len(done.records), len(done.rejects), done.rows) == (42, 8, 50)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("nested", [None, "edits"])
def test_only_the_texts_change_and_come_back(
    tmp_path: Path, form: str, kind: Any, nested: str | None
) -> None:
    table = _table(kind=kind)
    path = _written(tmp_path, table, form)
    out, record = tmp_path / "out" / path.name, tmp_path / "edits.jsonl.zst"
    reading = Reading(nested=nested)
    if form == "file" and pa.types.is_dictionary(kind):  # it has one dictionary for all batches
        with pytest.raises(ShardError, match="cannot be written as it was"):
            cleaned(path, out, record, scribbled, reading)
        return
    done = cleaned(path, out, record, scribbled, reading)
    new = _read(out, form)
    assert new.drop(["text", *filter(None, [nested])]).equals(table.drop(["text"]))
    assert [len(chunk) for chunk in new.column("id").chunks] == [20, 20, 10]
    texts = new.column("text").to_pylist()
    for row, text in enumerate(table.column("text").to_pylist()):
        assert texts[row] == (done.changes[row][0].text if row in done.changes else text)
    count = revert(out, None if nested else record, tmp_path / "back", reading)
    assert count == len(done.changes)
    back = _read(tmp_path / "back", form)
    assert back.schema.equals(table.schema, check_metadata=True)
    assert back.to_pylist() == table.to_pylist()


def test_a_large_batch_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrubber.bulk.containers.arrow_files._BATCH", 2000)
    path = _written(tmp_path, _table(200), batch=200)
    out, record = tmp_path / "out" / path.name, tmp_path / "edits.jsonl.zst"
    cleaned(path, out, record, _first, Reading(block=500))
    new = _read(out, "stream")
    assert len(new.column("id").chunks) > 5
    assert new.drop(["text"]).equals(_table(200).drop(["text"]))


@pytest.mark.parametrize("form", FORMATS)
def test_damage_is_told_of_and_nothing_crashes(tmp_path: Path, form: str) -> None:
    path = _written(tmp_path, _table(300), form, 100)
    whole = path.read_bytes()
    dice = random.Random(form)
    damages = [b"", b"ARROW1", whole[:1000], whole[: len(whole) // 2]]
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.choice([1, 3, 50])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        damages.append(bytes(data))
    refused = 0
    for damage in damages:
        path.write_bytes(damage)
        try:
            done = run(path, tmp_path / "out" / path.name, scribbled)
        except ShardError:
            refused += 1
        else:
            assert done.rows == len(done.records) + len(done.rejects)
    assert refused >= 4


INFO = """{
  "citation": "",
  "features": {
    "text": {
      "dtype": "string",
      "_type": "Value"
    }
  },
  "splits": {}
}"""


def test_what_lies_beside_is_copied(tmp_path: Path) -> None:
    for name in ("state.json", "dataset_dict.json", "dataset_info.json"):
        (tmp_path / name).write_text("anything [\x00")
        done = run(tmp_path / name, tmp_path / "out")
        assert (tmp_path / "out").read_text() == "anything [\x00"
        assert (done.records, done.rejects) == ([], [])


def test_the_column_of_edits_is_described(tmp_path: Path) -> None:
    path, out = tmp_path / "dataset_info.json", tmp_path / "out" / "dataset_info.json"
    out.parent.mkdir()
    path.write_text(INFO)
    run(path, out, reading=Reading(nested="edits"))
    info = json.loads(out.read_text())
    assert list(info["features"]) == ["text", "edits"]
    revert(out, None, tmp_path / "back", Reading(nested="edits"))
    assert (tmp_path / "back").read_text() == INFO
    path.write_text(INFO.replace("  ", ""))
    with pytest.raises(ShardError, match="is not as datasets writes it"):
        run(path, out, reading=Reading(nested="edits"))
