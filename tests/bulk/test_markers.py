from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from scrubber.bulk.markers import EDGE, Marker, fingerprint
from scrubber.bulk.statistics import Statistics


def _marked(folder: Path) -> tuple[Marker, Path, Path]:
    source, output = folder / "in", folder / "out"
    source.write_bytes(b"x" * 3 * EDGE)
    output.write_bytes(b"y" * 5)
    counts = Statistics(records=3, rules=Counter({"a/b": 2}), reasons=Counter({"\ud800": 1}))
    told = (("line 2", "broken \ud800"),)
    return Marker("s", fingerprint(source), 5, counts, told, ".jsonl"), source, output


def test_it_comes_back_as_it_was_and_holds(tmp_path: Path) -> None:
    marker, source, output = _marked(tmp_path)
    (tmp_path / "m").write_bytes(marker.data())
    assert Marker.read(tmp_path / "m") == marker
    assert marker.holds("s", source, output)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff", b'{"settings": 1}', b"null"])
def test_what_cannot_be_read_marks_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m").write_bytes(data)
    assert Marker.read(tmp_path / "m") is None
    assert Marker.read(tmp_path / "none") is None


def test_a_cut_marker_marks_nothing(tmp_path: Path) -> None:
    data = _marked(tmp_path)[0].data()
    for end in range(0, len(data) - 2, 7):
        (tmp_path / "m").write_bytes(data[:end])
        assert Marker.read(tmp_path / "m") is None


def test_it_holds_no_more_when_anything_has_changed(tmp_path: Path) -> None:
    marker, source, output = _marked(tmp_path)
    assert not marker.holds("other", source, output)
    output.write_bytes(b"y" * 6)
    assert not marker.holds("s", source, output)
    output.unlink()
    assert not marker.holds("s", source, output)
    output.write_bytes(b"z" * 5)
    assert marker.holds("s", source, output)
    status = source.stat()
    data = bytearray(source.read_bytes())
    data[-1] ^= 1
    source.write_bytes(data)
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not marker.holds("s", source, output), "its tail has changed"
    data[-1] ^= 1
    source.write_bytes(data)
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert marker.holds("s", source, output)
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert not marker.holds("s", source, output), "its middle may have changed"
    source.unlink()
    assert not marker.holds("s", source, output)
