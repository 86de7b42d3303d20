"""CSV and TSV as a container, against Python's own reader and writer of them."""

from __future__ import annotations

import csv
import gzip
import io
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shards import cleaned, nothing, run, scribbled

from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.reverting import revert
from scrubber.model import Edit

PLAIN = (
    b"id,text,url,n\r\n"
    b"1,bare text,https://www.example.org/a,1.0\r\n"
    b"\r\n"
    b'2,"quoted, ""so"" and\nover lines",,2\n'
    b',5" pipe,,\n'
    b"4,,,4\n"
    b'5,"","a ""b""",5'
)


def _written(folder: Path, data: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _but(text: str) -> list[Edit]:
    at = text.find("But")
    return [Edit(at, at + 1, "B", ", b", ("x/y",))] if at >= 0 else []


@pytest.mark.parametrize("block", [1, 3, 10, 1000])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_unchanged_rows_stay_byte_for_byte(tmp_path: Path, block: int, mark: bytes) -> None:
    path = _written(tmp_path, mark + PLAIN)
    done = run(path, tmp_path / "out", nothing, Reading(block=block))
    assert (tmp_path / "out").read_bytes() == mark + PLAIN
    assert done.reasons == []
    assert done.texts == ["bare text", 'quoted, "so" and\nover lines', '5" pipe', "", ""]
    assert [record.id for record in done.records] == ["1", "2", "a.csv/2", "4", "5"]
    assert done.records[0].host == "example.org"
    assert done.size == len(mark + PLAIN)


def test_a_field_is_quoted_where_its_new_text_asks_for_it(tmp_path: Path) -> None:
    path = _written(tmp_path, b'text,n\nseaBut,"1"\n"a, seaBut",2\n')
    out = tmp_path / "out.csv"
    done = run(path, out, _but)
    assert out.read_bytes() == b'text,n\n"sea, but","1"\n"a, sea, but",2\n'
    assert done.kept == {(0, 0): "bare"}


def test_a_bare_field_with_a_mark_in_it_comes_back(tmp_path: Path) -> None:
    path = _written(tmp_path, b'text,n\n5" But pipe,1\n')
    out, record = tmp_path / "out" / "a.csv", tmp_path / "edits.jsonl.zst"
    out.parent.mkdir()
    cleaned(path, out, record, lambda text: [Edit(0, 2, '5"', "5", ("x/y",))])
    assert out.read_bytes() == b"text,n\n5 But pipe,1\n"
    assert revert(out, record, tmp_path / "back", Reading()) == 1
    assert (tmp_path / "back").read_bytes() == path.read_bytes()


BROKEN = {
    b'"closed" early,1,2': "quotation marks that do not go together",
    b"too,few": "2 fields, and the first row has 3",
    b"too,many,by,two,5": "5 fields, and the first row has 3",
    b"1,byte \xff,2": "not UTF-8",
    b"1,\xed\xa0\x80,2": "not UTF-8",
    b"1,alone \r here,2": "quotation marks that do not go together",
}


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_broken_rows_are_told_of_and_stay(tmp_path: Path, block: int) -> None:
    rows = [b"1,good,2"]
    for broken in BROKEN:
        rows += [broken, b'1,"good\nrow",2']
    data = b"\n".join([b"id,text,n", *rows, b'9,"never closed,2', b"10,lost,3", b""])
    path = _written(tmp_path, data)
    done = run(path, tmp_path / "out", nothing, Reading(block=block))
    assert (tmp_path / "out").read_bytes() == data
    assert len(done.texts) == len(BROKEN) + 1
    want = [(3 + 3 * at, reason) for at, reason in enumerate(BROKEN.values())]
    last = "a quotation mark that is never closed"
    assert done.reasons == [*want, (3 + 3 * len(BROKEN), last)]
    assert [reject.raw.rstrip(b"\n") for reject in done.rejects][:-1] == list(BROKEN)


@pytest.mark.parametrize(
    ("name", "data", "fields"),
    [
        ("a.csv", b"id;text\n1;a, b\n", ("text",)),
        ("a.tsv", b"id\ttext\n1\ta, b\n", ("text",)),
        ("a.csv", b"id|body\n1|a, b\n", ("text", "body")),
        ("a.csv", b'body,text\n,"a, b"\n', ("text", "missing")),
    ],
)
def test_the_delimiter_is_found_by_the_fields(
    tmp_path: Path, name: str, data: bytes, fields: tuple[str, ...]
) -> None:
    done = run(_written(tmp_path, data, name), None, nothing, Reading(fields))
    assert "a, b" in done.records[0].texts


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"id,body\n", r'no column "text"; there are: id, body \(--field\)'),
        (b"\xff,text\n", "its first row is not UTF-8"),
        (b'"text', "its first row cannot be read"),
        (b"\r\rtext", "its first row cannot be read"),
        (b"\n", 'no column "text"'),
    ],
)
def test_a_table_without_the_column_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(ShardError, match=problem):
        run(_written(tmp_path, data), None)


@pytest.mark.parametrize("data", [b"", b"text", b"text\n", b"text\r\n\r\n\n"])
def test_tables_without_a_record(tmp_path: Path, data: bytes) -> None:
    done = run(_written(tmp_path, data), tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == data
    assert (done.records, done.rejects) == ([], [])


@pytest.mark.parametrize("block", [5, 64, 1000])
@pytest.mark.parametrize("long", [b"1," + b"a" * 500, b'1,"' + b'a""\n,' * 100 + b'"'])
def test_a_row_over_the_limit_is_copied_in_pieces(tmp_path: Path, block: int, long: bytes) -> None:
    data = b'id,text\n0,"a"\n' + long + b"\n" + b"2,b\n" + long + b"\r\n3,c\n" + long
    done = run(_written(tmp_path, data), tmp_path / "out", nothing, Reading(limit=99, block=block))
    assert (tmp_path / "out").read_bytes() == data
    assert done.texts == ["a", "b", "c"]
    assert [record.row for record in done.records] == [0, 2, 4]
    lines = long.count(b"\n") + 1
    assert [line for line, _ in done.reasons] == [3, 4 + lines, 5 + 2 * lines]
    assert (done.oversized, done.size, done.rows) == (3, len(data), 6)
    assert done.most <= 99 + 2 * block


def test_a_table_in_a_damaged_archive(tmp_path: Path) -> None:
    data = b"id,text\n" + b"".join(b"%d,text %d\n" % (at, at * 7919) for at in range(20_000))
    path = _written(tmp_path, gzip.compress(data)[:-4000], "a.csv.gz")
    done = run(path, tmp_path / "out")
    assert len(done.texts) > 10_000
    assert done.rejects[-1].reason == "the archive ends early"


@given(st.data())
def test_whatever_a_table_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    text = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('é",\n\r\t;b'))
    # Python's writer leaves a lone "\r" bare, which its own reader takes for the end of a row.
    text = text.map(lambda given: given.replace("\r", "\r\n"))
    rows = data.draw(st.lists(st.tuples(text, text), max_size=5))
    ending = data.draw(st.sampled_from([".csv", ".tsv"]))
    file = io.StringIO()
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    one = data.draw(st.booleans())
    writer = csv.writer(
        file,
        delimiter="," if ending == ".csv" else "\t",
        quoting=quoting,
        lineterminator=data.draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerows([["text"], *([a] for a, _ in rows)] if one else [["text", "n"], *rows])
    path = _written(folder, file.getvalue().encode(), f"a{ending}")
    reading = Reading(block=data.draw(st.sampled_from([1, 10, 5000])))
    out, record = folder / "out" / path.name, folder / "edits.jsonl.zst"
    out.parent.mkdir(exist_ok=True)
    done = cleaned(path, out, record, scribbled, reading)
    assert done.reasons == []
    assert done.texts == [a for a, _ in rows]
    again = csv.reader(
        io.StringIO(out.read_bytes().decode(), newline=""),
        delimiter="," if ending == ".csv" else "\t",
    )
    for at, row in enumerate([*again][1:]):
        change = done.changes.get(at)
        assert row == [change[0].text if change else rows[at][0], *rows[at][1:]][: len(row)]
        assert len(row) == (1 if one else 2)
    assert revert(out, record, folder / "back", reading) == len(done.changes)
    assert (folder / "back").read_bytes() == path.read_bytes()


def test_no_noise_crashes_or_is_lost(tmp_path: Path) -> None:
    dice = random.Random(6)
    for _ in range(150):
        noise = bytes(dice.choices(b'a",\n\r\x00\xff\xc3\xa9', k=dice.randrange(60)))
        path = _written(tmp_path, b"text,n\n" + noise)
        reading = Reading(block=dice.choice([1, 5, 1000]), limit=dice.choice([10, 1000]))
        record = tmp_path / "edits.jsonl.zst"
        (tmp_path / "out").mkdir(exist_ok=True)
        done = cleaned(path, tmp_path / "out" / "a.csv", record, scribbled, reading)
        assert done.rows == len(done.records) + len(done.rejects)
        revert(tmp_path / "out" / "a.csv", record, tmp_path / "back", reading)
        assert (tmp_path / "back").read_bytes() == path.read_bytes()
