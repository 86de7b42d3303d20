"""Every format through the real commands: cleaned, read by others, taken back."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_container_warc import _wet
from test_streams import PACK, UNPACK

GLUED = "The mayor signed the treatyBut the council refused."
FIXED = GLUED.replace("treatyBut", "treaty, but")
TEXTS = [GLUED, "Nothing is wrong “here”, and nobody’s café is closed.", GLUED + "\r\n" + GLUED]
PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": PACK[".zst"],
}


def _scrubber(folder: Path, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SCRUBBER_WHO": "Ana"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _lines() -> bytes:
    rows = [{"id": at, "text": text, "more": [1.0]} for at, text in enumerate(TEXTS)]
    odd = b' {"text" : "caf\\u00e9 \\/ treatyBut the council refused." }\r\n'
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows) + odd


def _rows(delimiter: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([["text", "n"], *([t, "1,0"] for t in TEXTS)])
    return file.getvalue().encode()


def _table() -> Any:
    return pa.table({"text": TEXTS, "deep": [[{"a": 1}], [], None], "id": ["a", "b", "c"]})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    (folder / ".git").mkdir()
    data = folder / "data" / "arrow"
    data.mkdir(parents=True)
    for name, held in {
        "a.jsonl": _lines(),
        "a.csv": _rows(","),
        "a.tsv": _rows("\t"),
        "a.txt": "\n".join(TEXTS).encode(),
        "a.warc.wet": _wet(texts=TEXTS),
    }.items():
        (folder / "data" / name).write_bytes(held)
        for kind, pack in PACKED.items() if name == "a.jsonl" else [(".gz", gzip.compress)]:
            (folder / "data" / f"{name}{kind}").write_bytes(pack(held))
    pq.write_table(_table(), folder / "data" / "a.parquet", row_group_size=2)
    with pa.ipc.new_stream(str(data / "data-00000-of-00001.arrow"), _table().schema) as writer:
        writer.write_table(_table())
    (data / "state.json").write_text("{}")
    return folder


def _held(path: Path) -> Any:
    if path.suffix == ".parquet":
        return pq.read_table(path)
    if path.suffix == ".arrow":
        with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
            return reader.read_all()
    return UNPACK.get(path.suffix, bytes)(path.read_bytes())


@pytest.mark.parametrize("form", ["jsonl", "parquet", "column"])
def test_every_format_is_cleaned_and_comes_back(folder: Path, form: str) -> None:
    out, back = f"out-{form}", f"back-{form}"
    options = ("clean", "data", "-o", out, "--workers", "1")
    summary = json.loads(_scrubber(folder, *options, "--edits-as", form, "--format", "json"))
    names = sorted(
        path.relative_to(folder / "data") for path in (folder / "data").rglob("*") if path.is_file()
    )
    assert summary["shards"] == {"all": len(names), "done": len(names), "changed": len(names) - 1}
    _scrubber(folder, "revert", out, "-o", back, "--workers", "1")
    for name in names:
        before, after = _held(folder / "data" / name), _held(folder / out / name)
        again = _held(folder / back / name)
        assert again == before, name
        if name.suffix in (".parquet", ".arrow"):
            assert after.column("text").to_pylist() == [t.replace(GLUED, FIXED) for t in TEXTS]
            assert after.drop(["text", "edits"][: 1 + (form == "column")]) == before.drop(["text"])
            assert again.schema.equals(before.schema, check_metadata=True)
        elif name.suffix != ".json":
            assert b"treaty, but" in after
            assert b"treatyBut" not in after
