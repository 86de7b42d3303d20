from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from scrubber.bulk.containers import container_of, open_shard
from scrubber.bulk.model import Change, Reading, Record, ShardError
from scrubber.model import Edit


@pytest.mark.parametrize("data", [b"", b"one", b"\xef\xbb\xbfone\r\ntwo\rthree", "é\n\n".encode()])
def test_an_unchanged_text_is_the_same(tmp_path: Path, data: bytes) -> None:
    source, out = tmp_path / "a.md", tmp_path / "out"
    source.write_bytes(data)
    with open_shard(source, out, Reading()) as shard:
        for block in shard:
            assert block.records == [Record(0, "a.md/0", (data.decode(),))]
            assert shard.write(block, {}) == {}
        shard.close()
    assert out.read_bytes() == data


def test_a_changed_one_is_packed_as_it_was(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt.gz", tmp_path / "out"
    source.write_bytes(gzip.compress(b"one"))
    with open_shard(source, out, Reading()) as shard:
        for block in shard:
            shard.write(block, {0: [Change(0, (Edit(0, 1, "o", "O", ("a/b",)),), "One")]})
        shard.close()
    assert gzip.decompress(out.read_bytes()) == b"One"


def test_one_over_the_limit_is_copied_in_pieces(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_bytes(b"word " * 100)
    with open_shard(source, out, Reading(limit=99, block=50)) as shard:
        blocks = 0
        for block in shard:
            assert not block.records
            assert len(block.held) <= 100
            assert block.oversized == len(block.rejects) == (0 if blocks else 1)
            shard.write(block, {})
            blocks += 1
        shard.close()
    assert blocks == 9
    assert out.read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"a\0b", "binary, not a text"),
        ("a.txt", b"caf\xe9", r"not UTF-8 \(at byte 3\)"),
        ("a.txt.gz", gzip.compress(b"some words", mtime=0)[:-9], "ends early"),
        ("a.log", b"\x89PNG\0", "binary"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    with open_shard(source, None, Reading()) as shard, pytest.raises(ShardError, match=problem):
        list(shard)


def test_only_what_a_name_says_is_taken_of_a_folder() -> None:
    assert container_of(Path("a/b.TXT")) == "texts"
    assert container_of(Path("a/b.md.gz")) == "texts"
    assert container_of(Path("a/b.log")) is None
    assert container_of(Path("a/b.asc")) is None
