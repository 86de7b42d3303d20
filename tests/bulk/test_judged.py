from __future__ import annotations

from pathlib import Path

import pytest

from scrubber.bulk import judged
from scrubber.bulk.judged import Verdicts


def test_verdicts_are_kept_for_what_they_rest_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path))
    first = Verdicts(b"1.0")
    assert first.words == {}
    first.add([b"ferry", b"seaBut"], [0, 1])
    assert Verdicts(b"1.0").words == {0: b"ferry\n", 1: b"seaBut\n"}
    assert Verdicts(b"2.0").words == {}


def test_a_few_new_ones_wait_for_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path))
    first = Verdicts()
    first.add([b"%d" % number for number in range(1000)], [0] * 1000)
    first.add([b"late"], [0])
    assert b"late" not in Verdicts().words[0]
    first.add([b"w%d" % number for number in range(1000)], [0] * 1000)
    assert b"late\n" in Verdicts().words[0]


def test_where_enough_are_kept_no_more_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(judged, "LARGEST", 5000)
    verdicts = Verdicts()
    for turn in range(4):
        verdicts.add([b"%d-%d" % (turn, number) for number in range(1000)], [0] * 1000)
    assert 5000 <= len(verdicts.words[0]) < 12_000
    assert not verdicts._new


def test_without_a_cache_folder_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    Verdicts().add([b"ferry"], [0])
    assert Verdicts().words == {}
