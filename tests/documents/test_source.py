from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.documents import jsonl, source
from scrubber.edits import apply
from scrubber.model import Edit


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"caf\xe9", "not UTF-8 (at byte 3)"),
        (b"a\0b", "binary"),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, problem: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(source.InputError) as error:
        source.read(file)
    assert problem in str(error.value)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(source.InputError, match="no such file"):
        source.read(tmp_path / "none.txt")
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    with pytest.raises(source.InputError, match=r"symbolic links|no such file"):
        source.read(loop)
    with pytest.raises(source.InputError, match="not a regular file"):
        source.read(Path("/dev/null"))
    (tmp_path / "a.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(source.InputError, match="damaged gzip"):
        source.read(tmp_path / "a.jsonl.gz")
    with pytest.raises(source.InputError, match="not read yet"):
        source.read(tmp_path / "a.parquet")


@pytest.mark.parametrize("data", ["", "a\r\nb", "\ufeffa\n", "a\rb", "a\u2028b\x0c", "a"])
def test_a_text_is_kept_as_stored(data: str) -> None:
    found = source.from_bytes("a.txt", data.encode())
    assert (found.text, found.documents[0].text) == (data, data)
    assert found.documents[0].id is None


def test_records() -> None:
    lines = [
        '{"id": 7, "text": "a"}',
        "",
        '{"text":"b","id":null}',
        "{oops",
        '{"id": "x"}',
        "[1]",
        '{"id": NaN, "text": "c"}\r',
    ]
    found = source.from_bytes("a.jsonl", "\n".join(lines).encode())
    assert [(d.text, d.id) for d in found.documents] == [
        ("a", 7),
        ("b", "a.jsonl/1"),
        ("c", "a.jsonl/5"),
    ]
    assert [problem.split(":")[0] for problem in found.problems] == ["line 4", "line 5", "line 6"]


def test_compressed_records() -> None:
    data = gzip.compress(b'{"id": 1, "text": "a"}\n')
    assert source.from_bytes("a.jsonl.gz", data).documents[0].text == "a"


def test_only_the_text_is_rewritten() -> None:
    line = '{"n": 1.0e5, "text" : "a\\/b \\u00e9 cat", "id":"\\u00e9", "x": {"text": "cat"}}\r\n'
    found = source.from_bytes("a.jsonl", line.encode())
    text = found.documents[0].text
    at = text.index("cat")
    edits = found.edits([[Edit(at, at + 3, "cat", "dög\n", ("x/y",))]])
    assert apply(found.text, edits) == line.replace('cat", "id', 'd\\u00f6g\\n", "id')


@given(st.text(max_size=20), st.booleans(), st.data())
def test_rewriting_gives_the_edited_text(text: str, ascii_only: bool, data: st.DataObject) -> None:
    token = json.dumps(text, ensure_ascii=ascii_only)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edit = Edit(start, end, text[start:end], 'ö"\\', ())
    assert json.loads(jsonl.rewritten(token, [edit])) == apply(text, [edit])


def test_a_lone_surrogate_is_one_code_point() -> None:
    token = r'"\ud83d\ude00 \ud83d x"'
    text = json.loads(token)
    edit = Edit(len(text) - 1, len(text), "x", "y", ())
    assert jsonl.rewritten(token, [edit]) == r'"\ud83d\ude00 \ud83d y"'
