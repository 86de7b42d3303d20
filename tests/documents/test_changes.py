"""In real git repositories, but for what a diff without context looks like."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scrubber.documents.changes import Changes, ChangesError, Touched, read
from scrubber.model import Action, Finding

CLEAN = "One.\nTwo.\nThree.\n"


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str) -> None:
        who = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in WHAT}
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        env = {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(["git", *args], cwd=self.folder, env=env, check=True, capture_output=True)

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())

    def commit(self, files: Mapping[str, str]) -> None:
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-qm", "state")

    def since(self, ref: str, *names: str) -> list[Sequence[tuple[int, int]] | None]:
        changes = Changes(str(self.folder), ref)
        return [changes.of(self.folder / name) for name in names]


WHAT = ("NAME", "EMAIL")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "r").mkdir()
    made = Repository(tmp_path / "r")
    made.commit({"a.md": CLEAN, "b.md": CLEAN})
    return made


def test_nothing_was_changed(repository: Repository) -> None:
    assert repository.since("HEAD", "a.md", "b.md") == [(), ()]


def test_lines_staged_committed_and_neither(repository: Repository) -> None:
    repository.commit({"a.md": "New.\n" + CLEAN})
    repository.write({"a.md": "New.\nOne.\nTwo?\nThree.\n"})
    repository.git("add", "-A")
    repository.write({"a.md": "New.\nOne.\nTwo?\nThree.\nFour."})
    assert repository.since("HEAD~1", "a.md", "b.md") == [[(1, 1), (3, 1), (5, 1)], ()]
    assert repository.since("HEAD", "a.md") == [[(3, 1), (5, 1)]]


def test_a_line_is_gone(repository: Repository) -> None:
    repository.write({"a.md": "One.\nThree.\n"})
    assert repository.since("HEAD", "a.md") == [[(1, 0)]]


def test_what_git_does_not_track_is_changed(repository: Repository) -> None:
    repository.write({"new.md": CLEAN, ".gitignore": "c.md", "c.md": CLEAN})
    assert repository.since("HEAD", "new.md", "c.md", "a.md") == [None, None, ()]


@pytest.mark.parametrize(
    "name", ["a b.md", "a\nb.md", 'a"b.md', "a\tb\\.md", "é.md", "--x.md", "b and b/c.md", "ab.md "]
)
def test_names(repository: Repository, name: str) -> None:
    repository.commit({name: CLEAN})
    repository.write({name: CLEAN + "Four.\n"})
    assert repository.since("HEAD", name) == [[(4, 1)]]
    assert repository.since("HEAD~1", name) == [[(1, 4)]]


def test_a_file_under_another_name(repository: Repository) -> None:
    repository.git("mv", "a.md", "sub.md")
    repository.write({"sub.md": "New.\n" + CLEAN})
    assert repository.since("HEAD", "sub.md") == [[(1, 1)]]


def test_what_others_did_on_the_branch_is_no_change(repository: Repository) -> None:
    repository.git("checkout", "-qb", "topic")
    repository.commit({"a.md": CLEAN + "Four.\n"})
    repository.git("checkout", "-q", "main")
    repository.commit({"b.md": "Theirs.\n" + CLEAN})
    repository.git("checkout", "-q", "topic")
    assert repository.since("main", "a.md", "b.md") == [[(4, 1)], ()]


def test_what_git_takes_for_binary_is_changed_as_a_whole(repository: Repository) -> None:
    repository.commit({".gitattributes": "*.md -diff"})
    repository.write({"a.md": CLEAN + "Four.\n"})
    assert repository.since("HEAD", "a.md", "b.md") == [None, ()]


def test_a_merge_that_is_not_done(repository: Repository) -> None:
    repository.git("checkout", "-qb", "topic")
    repository.commit({"a.md": "Ours.\n"})
    repository.git("checkout", "-q", "main")
    repository.commit({"a.md": "Theirs.\n"})
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "topic")
    assert repository.since("HEAD", "a.md", "b.md")[1] == ()
    assert repository.since("HEAD", "a.md")[0] != ()


def test_the_settings_of_a_user_do_not_matter(repository: Repository) -> None:
    for key, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.context": "5",
        "diff.external": "false",
        "color.ui": "always",
        "diff.renames": "false",
    }.items():
        repository.git("config", key, value)
    repository.git("mv", "a.md", "c.md")
    repository.write({"b.md": CLEAN + "Four.\n"})
    assert repository.since("HEAD", "b.md", "c.md") == [[(4, 1)], ()]


def test_from_a_folder_within(repository: Repository) -> None:
    repository.commit({"sub/a.md": CLEAN})
    repository.write({"sub/a.md": CLEAN + "Four.\n"})
    changes = Changes(str(repository.folder / "sub"), "HEAD")
    assert changes.of(repository.folder / "sub" / "a.md") == [(4, 1)]


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(ChangesError, match="not in a git repository"):
        Changes(str(tmp_path), "HEAD")


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "", "HEAD:a.md", "main..main"])
def test_no_commit(repository: Repository, ref: str) -> None:
    with pytest.raises(ChangesError, match="no commit is named"):
        Changes(str(repository.folder), ref)
    assert not (repository.folder / "x").exists()


def test_no_commit_in_common(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.git("commit", "-qm", "other")
    with pytest.raises(ChangesError, match="no commit in common"):
        Changes(str(repository.folder), "main")


def test_a_file_elsewhere(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(ChangesError, match="another repository"):
        Changes(str(repository.folder), "HEAD").of(tmp_path / "a.md")


def test_what_looks_like_a_head_within_a_hunk() -> None:
    lines = [b"+++ b/a\n", b"@@ -3,0 +4,2 @@\n", b"++++ b/b\n", b"+@@ -1 +1 @@\n"]
    lines += [
        b"\\ No newline at end of file\n",
        b"@@ -9 +9,0 @@\n",
        b"--- a/x\n",
        b"+++ /dev/null\n",
    ]
    assert read(lines) == {b"a": [(4, 2), (9, 0)]}


TEXT = "One two.\nThree four.\n\nFive."


@pytest.mark.parametrize(
    ("stretch", "found", "touched"),
    [
        ((1, 1), "two", True),
        ((1, 1), "Three", False),
        ((1, 1), "\nThree", False),
        ((1, 1), "two.\nThree", True),
        ((2, 1), "two.\n", False),
        ((2, 1), "\nThree", True),
        ((2, 3), "Five", True),
        ((4, 1), "four.\n", False),
        ((1, 0), "two.\nThree", True),
        ((1, 0), "Three", False),
        ((0, 0), "One", False),
        ((4, 0), "Five.", False),
        ((9, 9), "Five.", False),
        ((3, 1), "\n\n", True),
    ],
)
def test_what_touches_a_line(stretch: tuple[int, int], found: str, touched: bool) -> None:
    start = TEXT.index(found)
    finding = Finding("x/y", start, start + len(found), found, (), Action.FIX, "")
    assert Touched(TEXT, [stretch])(finding) is touched


def test_what_is_put_in_touches_the_line_that_it_stands_in() -> None:
    at_end = Finding("x/y", len(TEXT), len(TEXT), "", ("!",), Action.FIX, "")
    assert Touched(TEXT, [(4, 1)])(at_end)
    assert not Touched(TEXT, [(1, 1)])(at_end)
    at_line = Finding("x/y", 9, 9, "", ("!",), Action.FIX, "")
    assert (Touched(TEXT, [(1, 1)])(at_line), Touched(TEXT, [(2, 1)])(at_line)) == (False, True)
