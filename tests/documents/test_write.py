from __future__ import annotations

import os
from pathlib import Path

import pytest

from scrubber.documents.source import InputError
from scrubber.documents.write import make, write


def test_mode_and_link_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.txt", tmp_path / "link"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write(link, b"new", b"old")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "link"]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"newer")
    with pytest.raises(InputError, match="changed while it was being read"):
        write(file, b"new", b"old")
    assert file.read_bytes() == b"newer"


def test_a_crash_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="no space left"):
        write(file, b"new", b"old")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "none", b"new", b"old")


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    like = tmp_path / "like"
    like.write_bytes(b"")
    like.chmod(0o640)
    make(tmp_path / "a" / "b" / "c.txt", b"new", like)
    file = tmp_path / "a" / "b" / "c.txt"
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o640
    assert os.listdir(file.parent) == ["c.txt"]


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_never_made_over_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def fail(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", fail)
    file = tmp_path / "a.txt"
    make(file, b"first")
    dangling = tmp_path / "b.txt"
    dangling.symlink_to(tmp_path / "none")
    for path in (file, dangling):
        with pytest.raises(InputError, match="exists already"):
            make(path, b"second")
    assert file.read_bytes() == b"first"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "b.txt"]


def test_a_file_made_by_somebody_else_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    fsync = os.fsync

    def meanwhile(handle: int) -> None:
        fsync(handle)
        file.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(InputError, match="exists already"):
        make(file, b"ours")
    assert file.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_full_disk_leaves_no_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match="no space left"):
        make(tmp_path / "a.txt", b"new")
    assert os.listdir(tmp_path) == []
