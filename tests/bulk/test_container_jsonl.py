"""JSON Lines as a container: what is not changed stays, what cannot be read is told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shards import cleaned, nothing, run, scribbled

from scrubber.bulk.json_records import Records
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.reverting import revert
from scrubber.model import Edit

ODD = [
    b'{"text": "plain"}',
    b' { "text" : "a\\/b \\u00e9" , "n" : 1.0e5 } \r',
    b"",
    b"\r",
    '{"id": 3, "text": "é \\u00e9 \\ud83d\\ude00 😀 \\" \\\\ \\n"}'.encode(),
    b'{"text": "caf\\u00e9 \\u00E9 \\u0041"}',
    b'{"text": "first", "text": "a last one"}',
    b'{"t\\u0065xt": "an escaped key"}',
    b'{"n": ' + b"9" * 5000 + b', "text": "a big number"}',
    b'{"n": NaN, "m": -Infinity, "text": "not a number"}',
    b'{"other": "\\ud800", "text": "a lone half elsewhere"}',
    b'{"deep": ' + b'[{"a":' * 3000 + b"1" + b"}]" * 3000 + b', "text": "a deep one"}',
    b'{"text": "", "id": "an empty text"}',
    b'{"text": "nul \\u0000 \\u001f del \x7f"}',
    b'{"id": 123456789012345678901234567890, "text": "a big id"}',
    b'{"id": 1.50, "text": "a float id", "url": "https://www.example.org/a"}',
]
BROKEN = {
    b'{"text": "half \\ud800"}': "the text holds half a character, a lone surrogate",
    b'{"text": "raw \xed\xa0\x80"}': "not UTF-8",
    b'{"text": "byte \xff"}': "not UTF-8",
    b'{"text": "open': "broken JSON: no value at 10",
    b'{"text": "nul \x00"}': "broken JSON: no value at 10",
    b'{"text": "u\\u"\\u"}': "broken JSON: no value at 10",
    b'{"text": 1}': 'the field "text" holds no text',
    b'{"text": ["a"]}': 'the field "text" holds no text',
    b'{"text": null}': 'no text in the field "text"',
    b'{"other": "text"}': 'no text in the field "text"',
    b"[1, 2]": "no JSON object",
    b"7": "no JSON object",
    b'{"text": "a"} {"text": "b"}': "broken JSON: more than an object at 15",
    b'{"text": "a",}': "broken JSON: no member at 14",
    b'{"text": "a", "b": [1 2]}': "broken JSON: no comma at 23",
    b'{"text": "a", "b": 01}': "broken JSON: no comma at 21",
    b'{"deep": ' + b"[" * 5000 + b', "text": "a"}': "broken JSON: no value at 5010",
    b"\x00": "no JSON object",
}


def _same(path: Path, out: Path) -> bool:
    return path.read_bytes() == out.read_bytes()


def _lines(folder: Path, data: bytes, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture(params=["orjson", "json"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "json":
        monkeypatch.setitem(sys.modules, "orjson", None)
    return str(request.param)


@pytest.mark.parametrize("ending", [b"\n", b""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_unchanged_lines_stay_byte_for_byte(
    tmp_path: Path, parser: str, ending: bytes, mark: bytes
) -> None:
    path = _lines(tmp_path, mark + b"\n".join([*ODD, *BROKEN]) + ending)
    done = run(path, tmp_path / "out")
    assert _same(path, tmp_path / "out")
    assert len(done.records) == len(ODD) - 2
    assert [record.row for record in done.records] == list(range(len(done.records)))
    assert done.reasons == list(enumerate(BROKEN.values(), len(ODD) + 1))
    assert [reject.raw for reject in done.rejects] == list(BROKEN)
    assert done.size == path.stat().st_size


def test_what_a_record_is_known_by(tmp_path: Path, parser: str) -> None:
    done = run(_lines(tmp_path, b"\n".join(ODD)), None)
    ids = {record.texts[0]: record.id for record in done.records}
    assert ids["plain"] == "a.jsonl/0"
    assert ids["a big id"] == "123456789012345678901234567890"
    assert ids["a float id"] == "1.50"
    assert ids[""] == "an empty text"
    assert {record.host for record in done.records} == {None, "example.org"}


def test_changed_lines_come_back_byte_for_byte(tmp_path: Path, parser: str) -> None:
    path = _lines(tmp_path, b"\n".join([*ODD, *BROKEN]))
    out, record = tmp_path / "out" / "a.jsonl", tmp_path / "edits.jsonl.zst"
    out.parent.mkdir()
    done = cleaned(path, out, record)
    assert len(done.changes) > 10
    again = run(out, None)
    assert len(again.records) == len(done.records)
    for one in again.records:
        for change in done.changes.get(one.row, ()):
            assert one.texts[0] == change.text
    assert revert(out, record, tmp_path / "back", Reading()) == len(done.changes)
    assert _same(path, tmp_path / "back")


def _but(text: str) -> list[Edit]:
    at = text.find("But")
    return [Edit(at, at + 1, "B", ", bé", ("x/y",))] if at >= 0 else []


def test_of_a_changed_line_only_the_span_is_rewritten(tmp_path: Path) -> None:
    line = ' {"text" :"x \\/ \\u00E9 seaBut", "text2":"seaBut", "n":1.0e+2}\r\n'
    path = _lines(tmp_path, line.encode())
    done = run(path, tmp_path / "out.jsonl", _but)
    want = line.replace("seaBut", "sea, b\\u00e9ut", 1)
    assert (tmp_path / "out.jsonl").read_bytes().decode() == want
    assert done.kept == {}


def test_several_fields_of_a_record(tmp_path: Path) -> None:
    data = (
        b'{"body": "oneBut", "title": "twoBut"}\n{"body": null, "title": "threeBut"}\n{"body": 1}\n'
    )
    path = _lines(tmp_path, data)
    reading = Reading(("title", "body"))
    out, record = tmp_path / "out" / "a.jsonl", tmp_path / "edits.jsonl.zst"
    out.parent.mkdir()
    done = cleaned(path, out, record, _but, reading)
    assert done.reasons == [(3, 'the field "body" holds no text')]
    assert [record.texts for record in done.records] == [("twoBut", "oneBut"), ("threeBut", "")]
    want = data.replace(b"eBut", "e, béut".encode()).replace(b"oBut", "o, béut".encode())
    assert out.read_bytes() == want
    assert revert(out, record, tmp_path / "back", reading) == 2
    assert _same(path, tmp_path / "back")


def test_a_field_that_no_record_has_is_told_of_once(tmp_path: Path) -> None:
    path = _lines(tmp_path, b'{"body": "a", "n": 1}\n' * 5)
    said = r'no text in the field "text" of any .* has: body, n \(--field\)$'
    with pytest.raises(ShardError, match=said):
        run(path, None)


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n\n", b"\xef\xbb\xbf", b" \t"])
def test_shards_without_a_record(tmp_path: Path, data: bytes) -> None:
    path = _lines(tmp_path, data)
    done = run(path, tmp_path / "out")
    assert _same(path, tmp_path / "out")
    assert (done.records, done.rejects) == ([], [])


def _row(size: int) -> bytes:
    return b'{"text": "' + b"a" * (size - 12) + b'"}'


@pytest.mark.parametrize("block", [7, 64, 100, 1000])
@pytest.mark.parametrize("last", [b"\n", b"", b"\n\n" + _row(30)])
def test_a_record_over_the_limit_is_copied_in_pieces(
    tmp_path: Path, block: int, last: bytes
) -> None:
    data = b"\n".join([_row(100), _row(101), _row(100), b"", _row(5000), _row(20)]) + last
    path = _lines(tmp_path, data)
    done = run(path, tmp_path / "out", nothing, Reading(limit=100, block=block))
    assert _same(path, tmp_path / "out")
    assert [record.row for record in done.records] == [0, 2, 4] + [5] * last.endswith(b"}")
    reason = "longer than 100 bytes; left as it is"
    assert done.reasons == [(2, reason), (5, reason)]
    assert (done.oversized, done.size) == (2, len(data))
    assert done.most <= 100 + 2 * block


def _string(text: str, style: int) -> str:
    """A text as a JSON string, escaped as one of several writers would."""
    if style < 2:
        return json.dumps(text, ensure_ascii=bool(style))
    units = text.encode("utf-16-be")
    hexed = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
    if style == 2:
        return '"' + "".join(f"\\u{unit}" for unit in hexed) + '"'
    if style == 3:
        return '"' + "".join(f"\\u{unit.upper()}" for unit in hexed) + '"'
    plain = json.dumps(text, ensure_ascii=style % 2 == 0)
    return plain.replace("/", "\\/").replace("é", "\\u00E9")


@given(st.data())
def test_whatever_lines_hold_comes_back(
    tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    folder = tmp_path_factory.getbasetemp()
    text = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('é"\\\n\x00/😀b'))
    rows = []
    for value in data.draw(st.lists(text, max_size=5)):
        token = _string(value, data.draw(st.integers(0, 9)))
        rows.append('{"text"' + data.draw(st.sampled_from([":", " : "])) + token + ', "id": "é"}')
    ending = data.draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    path = _lines(folder, (ending.join(rows) + data.draw(st.sampled_from(["", ending]))).encode())
    reading = Reading(block=data.draw(st.sampled_from([5, 50, 5000])))
    out, record = folder / "out" / "a.jsonl", folder / "edits.jsonl.zst"
    out.parent.mkdir(exist_ok=True)
    nested = data.draw(st.sampled_from([None, "edits", 'é"']))
    if nested:
        reading = reading._replace(nested=nested)
    done = cleaned(path, out, record, scribbled, reading)
    again = run(out, None)
    assert len(again.records) == len(rows)
    for one in again.records:
        changes = done.changes.get(one.row, ())
        assert one.texts == tuple(change.text for change in changes) or not changes
    count = revert(out, None if nested else record, folder / "back", reading)
    assert count == len(done.changes)
    assert _same(path, folder / "back")


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_both_parsers_read_the_same(noise: bytes) -> None:
    for line in (noise, b'{"text": "' + noise + b'"}', b'{"text": "a", "b": ' + noise + b"}"):
        found: list[object] = []
        for module in ("orjson", None):
            with pytest.MonkeyPatch.context() as patch:
                if module is None:
                    patch.setitem(sys.modules, "orjson", None)
                records = Records(Reading(), "a")
            try:
                found.append(records.record(line, 0))
            except ValueError as error:
                found.append(str(error))
        assert found[0] == found[1]
