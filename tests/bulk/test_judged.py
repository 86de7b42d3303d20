from __future__ import annotations

from pathlib import Path

import pytest

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


def test_without_a_cache_folder_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRUBBER_CACHE_DIR", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    Verdicts().add([b"ferry"], [0])
    assert Verdicts().words == {}
