from __future__ import annotations

import os
from pathlib import Path

import pytest

from scrubber.documents import walk


def _names(folder: Path, *paths: str) -> list[str]:
    return [
        found[0] if isinstance(found, tuple) else found.relative_to(folder).as_posix()
        for found in walk.files([str(folder / path) for path in paths])
    ]


def test_what_is_looked_for_in_a_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.py", "d.jsonl", "e.jsonl.gz", ".git/x.txt", "n/f.rst"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    (tmp_path / "n" / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    assert _names(tmp_path, ".") == ["a.md", "b.txt", "d.jsonl", "e.jsonl.gz", "n/f.rst"]


def test_every_markup_that_is_read_is_looked_for(tmp_path: Path) -> None:
    for name in ("a.html", "b.HTM", "c.po", "d.srt", "e.adoc", "key.asc", "f.css"):
        (tmp_path / name).write_text("x")
    assert _names(tmp_path, ".") == ["a.html", "b.HTM", "c.po", "d.srt", "e.adoc"]


def test_a_named_file_is_taken_whatever_its_ending_and_once(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "c.py")
    assert _names(tmp_path, "c.py", "link", "c.py") == ["c.py"]
    (tmp_path / "here").symlink_to(tmp_path)
    again = f"here/../{tmp_path.name}/c.py"
    assert _names(tmp_path, "here/c.py", "c.py", "here/link", again) == ["here/c.py"]


def test_an_empty_path_is_no_folder() -> None:
    ((name, error),) = list(walk.files([""]))  # type: ignore[misc]
    assert (name, str(error)) == ("", "an empty path names nothing")


def test_a_folder_that_cannot_be_read_costs_itself_only(
    tmp_path: Path, monkeypatch: object
) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.txt").write_text("x")
    if os.geteuid() == 0:
        real = os.scandir

        def scandir(path: str) -> object:
            if str(path).endswith("locked"):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)  # type: ignore[attr-defined]
    else:
        (tmp_path / "locked").chmod(0)
    found = list(walk.files([str(tmp_path)]))
    assert found[0] == tmp_path / "a.txt"
    assert isinstance(found[1], tuple)
    assert found[1][0].endswith("locked")


def test_what_is_to_be_skipped_is_not_met(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "out/c.txt", "in/out/d.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text("x")
    skip = {os.path.realpath(tmp_path / name) for name in ("b.txt", "out")}
    found = [path.name for path in walk.files([str(tmp_path)], skip) if isinstance(path, Path)]
    assert found == ["a.txt", "d.txt"]


def test_a_link_that_leads_out_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside / "docs", outside):
        folder.mkdir(parents=True)
        (folder / "a.md").write_text("x")
    (inside / "docs" / "out.md").symlink_to(outside / "a.md")
    (inside / "docs" / "in.md").symlink_to("a.md")
    (inside / "sub").symlink_to(outside)
    names = ("docs/a.md", "docs/in.md", "docs/out.md", "sub/a.md", "../out/a.md")
    monkeypatch.chdir(inside)
    assert not any(walk.leaves_repository(Path(name)) for name in names)  # there is none
    (inside / ".git").mkdir()
    leaving = ["docs/out.md", "sub/a.md"]
    assert [name for name in names if walk.leaves_repository(Path(name))] == leaving
    monkeypatch.chdir(inside / "docs")
    assert walk.leaves_repository(Path("out.md"))
    assert not walk.leaves_repository(Path("a.md"))
