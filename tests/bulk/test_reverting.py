"""Changes taken back from every form of record, and refused where it does not belong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shards import cleaned, nothing, scribbled

from scrubber.bulk import sidecar
from scrubber.bulk.dolma_sidecar import attributes
from scrubber.bulk.model import Change, Reading, ShardError
from scrubber.bulk.reverting import revert
from scrubber.bulk.streams import Input
from scrubber.edits import apply
from scrubber.model import Edit

ROWS = b"".join(
    json.dumps(
        {"id": at if at % 3 else f"id {at}", "text": f"row {at} … ends \u2028 here \x01."}
    ).encode()
    + b"\n"
    for at in range(300)
)
FORMS = ("jsonl", "parquet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_bytes(ROWS + b"broken\n")
    (tmp_path / "out").mkdir()
    return tmp_path


def _cleaned(folder: Path, form: str = "jsonl", **given: object) -> tuple[Path, Path]:
    out, record = folder / "out" / "a.jsonl", folder / f"edits{sidecar.ending(form)}"
    cleaned(folder / "a.jsonl", out, record, form=form, **given)  # type: ignore[arg-type]
    return out, record


@pytest.mark.parametrize("form", FORMS)
def test_no_change_is_an_empty_record(folder: Path, form: str) -> None:
    out, record = _cleaned(folder, form, changer=nothing)
    assert list(sidecar.read(record)) == []
    assert revert(out, record, folder / "back", Reading()) == 0
    assert (folder / "back").read_bytes() == (folder / "a.jsonl").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_what_is_kept_can_be_read_and_taken_back(folder: Path, form: str) -> None:
    out, record = _cleaned(folder, form, reading=Reading(block=500))
    found = list(sidecar.read(record))
    assert len(found) > 200
    lines = out.read_bytes().splitlines()
    for entry in found:
        assert entry.field == "text"
        assert str(entry.id) == str(json.loads(lines[entry.row])["id"])
        assert set(entry.actions) == {"fix"}
        assert entry.edits[0].rules == ("x/y",)
    assert revert(out, record, folder / "back", Reading(block=300)) == len(found)
    assert (folder / "back").read_bytes() == (folder / "a.jsonl").read_bytes()


def test_the_rows_for_programs(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b'{"id": 7, "text": "row \\/b"}\n')
    _, record = _cleaned(folder, changer=_first)
    source = Input(record)
    row = json.loads(source.read(9999))
    source.close()
    assert list(row) == ["row", "id", "field", "edits"]
    assert (row["row"], row["id"], row["field"]) == (0, 7, "text")
    keys = ["rules", "start", "end", "before", "after", "action", "decision"]
    assert [list(edit) for edit in row["edits"]] == [keys] * len(row["edits"])


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_record_is_refused(folder: Path, form: str) -> None:
    out, record = _cleaned(folder, form)
    whole = record.read_bytes()
    for data in (whole[:-20], whole[: len(whole) // 2], b"", b"nonsense"):
        record.write_bytes(data)
        with pytest.raises(ShardError):
            revert(out, record, folder / "back", Reading())


def _first(text: str) -> list[Edit]:
    return [Edit(0, 3, "row", "Row", ("x/y",))] if text.startswith("row") else []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b"Row 0", b"row 0", 'the field "text" of record 0 is not as it was left'),
        (b"id 0", b"id 1", "record 0 is id 1 and not id 0"),
        (b'"text": "Row 0', b'"body": "Row 0', "record 0 cannot be read any more"),
        (b'{"id": 1,', b"\n", "record 1 cannot be read any more"),
    ],
)
def test_another_shard_is_refused(folder: Path, old: bytes, new: bytes, problem: str) -> None:
    out, record = _cleaned(folder, changer=_first)
    data = out.read_bytes()
    assert old in data
    out.write_bytes(data.replace(old, new, 1))
    with pytest.raises(ShardError, match=problem):
        revert(out, record, folder / "back", Reading())


def test_a_shard_that_ends_early_is_refused(folder: Path) -> None:
    out, record = _cleaned(folder, changer=_first)
    out.write_bytes(out.read_bytes()[:5000])
    with pytest.raises(ShardError, match=r"cannot be read any more|goes on where the shard"):
        revert(out, record, folder / "back", Reading())


def test_a_record_that_grew_over_the_limit_comes_back(folder: Path) -> None:
    reading = Reading(limit=80)
    path = folder / "a.jsonl"
    path.write_bytes(b'{"text": "row %s"}\n{"text": "row %s"}\n' % (b"a" * 60, b"b" * 90))
    longer = [Edit(0, 3, "row", "a longer row", ("x/y",))]
    out, record = _cleaned(folder, changer=lambda _: longer, reading=reading)
    assert revert(out, record, folder / "back", reading) == 1
    assert (folder / "back").read_bytes() == path.read_bytes()


def test_attributes_for_dolma_have_a_row_for_each_record(folder: Path) -> None:
    path = folder / "a.jsonl"
    path.write_bytes(b'{"id": "a", "text": "row 1"}\nbroken\n\n{"id": "b", "text": "-"}\nbroken\n')
    _, record = _cleaned(folder, "dolma", changer=_first)
    assert [json.loads(line) for line in gzip.decompress(record.read_bytes()).splitlines()] == [
        {"id": "a", "attributes": {"scrubber__x/y=Row": [[0, 3, 1.0]]}},
        {"id": "a.jsonl/1", "attributes": {}},
        {"id": "b", "attributes": {}},
        {"id": "a.jsonl/3", "attributes": {}},
    ]


def test_no_replacement_for_dolma_begins_with_a_dollar_which_means_a_path() -> None:
    edits = (Edit(4, 9, "&#36;", "$", ("x/y",)), Edit(12, 13, "a", "b", ("x/y",)))
    text = "for &#36;5 ca"
    assert attributes(text, Change(0, edits, apply(text, edits))) == {
        "scrubber__x/y= $": [(3, 9, 1.0)],
        "scrubber__x/y=b": [(12, 13, 1.0)],
    }


def _mixed(text: str, found: dict[str, list[tuple[int, int, float]]]) -> str:
    """A text as Dolma mixes it with attributes."""
    spans = sorted(
        (s, e, name.partition("=")[2]) for name, all_ in found.items() for s, e, _ in all_
    )
    parts, at = [], 0
    for start, end, template in spans:
        assert at <= start < end, "no span is empty or meets another"
        parts += [text[at:start], template.replace("{}", text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


@given(st.text(max_size=40))
def test_dolma_makes_the_same_text_of_them(text: str) -> None:
    edits = scribbled(text)
    new = apply(text, edits)
    assert _mixed(text, attributes(text, Change(0, tuple(edits), new))) == new
