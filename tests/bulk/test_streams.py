"""Compressed files: read to the damage, told of it; written so that all can read them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shards import run, scribbled

from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.streams import Input, Output, packing

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def _zstd(data: bytes) -> bytes:
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": _zstd,
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": zstd.decompress,
}
LINES = b"".join(b'{"text": "row %d is of %d"}\n' % (at, at * 7919 % 10007) for at in range(4000))


@pytest.fixture(params=[".gz", ".gz zlib", ".bz2", ".xz", ".zst"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    ending, *plain = request.param.split()
    if plain:
        monkeypatch.setitem(sys.modules, "isal", None)
        monkeypatch.setitem(sys.modules, "isal.igzip", None)
    return str(ending)


def _read(path: Path, size: int = 1000) -> tuple[bytes, str | None]:
    source = Input(path)
    parts = []
    while part := source.read(size):
        parts.append(part)
    source.close()
    return b"".join(parts), source.damage


@pytest.mark.parametrize("data", [b"", b"a", LINES], ids=len)
def test_what_is_written_is_read_by_others_and_here(tmp_path: Path, kind: str, data: bytes) -> None:
    path = tmp_path / f"a{kind}"
    for _ in range(2):
        out = Output(path, packing(path))
        for at in range(0, len(data), 70_000):
            out.write(data[at : at + 70_000])
        out.close()
        first = path.read_bytes()
        assert path.read_bytes() == first, "the same data, the same bytes"
        assert UNPACK[kind](first) == data
        assert _read(path) == (data, None)


def test_several_archives_in_a_row_are_one(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a{kind}"
    path.write_bytes(PACK[kind](b"one\n") + PACK[kind](b"") + PACK[kind](LINES))
    assert _read(path) == (b"one\n" + LINES, None)


def test_an_archive_that_ends_early_gives_what_it_holds(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.jsonl{kind}"
    whole = PACK[kind](LINES)
    cut = len(whole) * 3 // 4
    path.write_bytes(whole[:cut])
    data, damage = _read(path)
    assert damage == "the archive ends early"
    assert LINES.startswith(data)
    assert _read(path, 1 << 20) == (data, damage)
    done = run(path, tmp_path / "out", scribbled)
    lines = data.splitlines()
    assert len(done.records) == sum(line.endswith(b"}") for line in lines)
    assert done.reasons == [(max(1, len(lines)), damage)]
    assert done.size == len(data)


def test_a_wrong_checksum_costs_nothing_that_was_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.jsonl{kind}"
    at = {".gz": -6, ".zst": -2}.get(kind)
    if at is None:
        pytest.skip("these check each part before it is given")
    whole = bytearray(PACK[kind](LINES))
    whole[at] ^= 1
    path.write_bytes(whole)
    done = run(path, tmp_path / "out")
    assert done.rejects[-1].reason.startswith("the archive is damaged: ")
    if kind == ".gz":
        assert UNPACK[kind]((tmp_path / "out").read_bytes()) == LINES


def test_other_data_under_a_packed_name_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.jsonl{kind}"
    for data in (LINES, *(pack(LINES) for other, pack in PACK.items() if other != kind)):
        path.write_bytes(data)
        with pytest.raises(ShardError, match=f"is no {kind} file, though its name says so"):
            run(path, None)
    plain = tmp_path / "a.jsonl"
    plain.write_bytes(PACK[kind](LINES))
    with pytest.raises(ShardError, match=f"holds {kind} data, and its name does not say so"):
        run(plain, None)


def test_an_empty_file_is_an_empty_shard(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.jsonl{kind}"
    path.write_bytes(b"")
    done = run(path, tmp_path / "out")
    assert (done.records, done.rejects) == ([], [])
    assert UNPACK[kind]((tmp_path / "out").read_bytes()) == b""


def test_no_damage_crashes_or_loses_what_was_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.jsonl{kind}"
    dice = random.Random(kind)
    whole = PACK[kind](LINES[:20_000])
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(dice.choice([1, 1, 5])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.5:
            data = data[: dice.randrange(len(data))] + dice.randbytes(dice.randrange(20))
        path.write_bytes(data)
        try:
            done = run(path, tmp_path / "out", scribbled, Reading(block=5000))
        except ShardError:
            continue
        read, damage = _read(path)
        rows = sum(1 for line in read.split(b"\n") if line.strip())
        told = [r for r in done.rejects if r.raw]
        assert len(done.records) + len(told) == rows
        assert (damage is None) or done.rejects[-1].reason == damage


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.version_info >= (3, 14):
        pytest.skip("is in the standard library")
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    monkeypatch.delattr("backports.zstd", raising=False)
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(_zstd(LINES))
    with pytest.raises(ShardError, match=r"pip install 'scrubtext\[bulk\]'"):
        run(path, None)
