"""Changed lines through the real command, in real git repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GLUED = "The mayor signed the treatyBut the council refused.\n"
FIXED = "The mayor signed the treaty, but the council refused.\n"
OTHER = "She read the reportAnd he wrote it down.\n"


def _git(folder: Path, *args: str) -> None:
    who = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in WHAT}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *args], cwd=folder, env=environment, check=True, capture_output=True)


WHAT = ("NAME", "EMAIL")


def _run(folder: Path, *args: str, stdin: str = "") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A file of before with a finding, and what a branch does since."""
    folder = tmp_path / "repository"
    folder.mkdir()
    _git(folder, "init", "-q", "-b", "main")
    (folder / "a b.md").write_text(GLUED + "\nA line.\n")
    (folder / "old.md").write_text(GLUED)
    rows = json.dumps({"id": 1, "text": GLUED}) + "\n"
    (folder / "d.jsonl").write_text(rows)
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "before")
    _git(folder, "checkout", "-qb", "topic")
    return folder


def test_nothing_changed_is_nothing_to_do(repository: Path) -> None:
    assert _run(repository, "check", "--since", "main", ".") == (0, "", "No findings in 0 files.\n")
    assert _run(repository, "fix", "-q", "--since", "main", ".") == (0, "", "")


def test_only_what_touches_a_changed_line(repository: Path) -> None:
    _git(repository, "mv", "a b.md", "c d.md")
    (repository / "c d.md").write_text("A new line.\n\n" + GLUED + "\nA line.\n\n" + OTHER)
    (repository / "new.md").write_text(OTHER)
    rows = (repository / "d.jsonl").read_text()
    (repository / "d.jsonl").write_text(rows + rows.replace("1", "2"))
    code, out, _ = _run(repository, "check", "-q", "--since", "main", "--format", "jsonl", ".")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [(f["path"], f["record"] or f["line"]) for f in found] == [
        ("c d.md", 7),
        ("d.jsonl", 2),
        ("new.md", 1),
    ]


def test_the_preview_is_what_is_done(repository: Path) -> None:
    file = repository / "a b.md"
    file.write_text(GLUED + "\nA line.\n\n" + GLUED.replace("mayor", "envoy"))
    code, patch, _ = _run(repository, "fix", "-q", "--since", "HEAD", "--diff", ".")
    assert code == 1
    before = file.read_text()
    assert _run(repository, "fix", "-q", "--since", "HEAD", ".")[0] == 1
    after = file.read_text()
    assert after == GLUED + "\nA line.\n\n" + FIXED.replace("mayor", "envoy")
    assert (repository / "old.md").read_text() == GLUED
    file.write_text(before)
    subprocess.run(["git", "apply"], cwd=repository, input=patch.encode(), check=True)
    assert file.read_text() == after


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--since", "nowhere", "."], '--since: no commit is named "nowhere" here'),
        (["--since", "main", "-"], "--since: standard input is no file of a repository"),
        (["--since", "main", "--write-baseline", "."], "accepts all that is found; not --since"),
    ],
)
def test_a_mistake_is_one_line(repository: Path, args: list[str], said: str) -> None:
    code, out, err = _run(repository, "check", *args)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_file_elsewhere_is_told_of(repository: Path) -> None:
    (repository.parent / "e.md").write_text(GLUED)
    code, out, err = _run(repository, "check", "-q", "--since", "main", "../e.md")
    assert (code, out) == (2, "")
    assert err == "scrubber: ../e.md: --since: lies in another repository, or in none\n"


def test_no_repository_is_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    code, _, err = _run(folder, "check", "--since", "main", ".")
    assert (code, err.count("\n")) == (2, 1)
    assert "--since: not in a git repository" in err


def test_in_a_hook_the_next_command_is_limited_too(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT", "1")
    (repository / "new.md").write_text(OTHER)
    _, _, err = _run(repository, "check", "--since", "main", "new.md")
    assert "fix --diff --since main new.md" in err
    assert "review new.md" in err
