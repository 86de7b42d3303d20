"""From `fix --diff` through a person's editor to `apply --learn`, and to the next `fix`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scrubber import diff
from scrubber.cli import apply as applying
from scrubber.documents import write as writing
from scrubber.documents.source import InputError

GLUED = "The mayor signed the treatyBut the council refused.\n"
FIXED = "The mayor signed the treaty, but the council refused.\n"
OTHER = "The harbour was closed on MondayBut the ferries sailed.\n"
DONE = "The harbour was closed on Monday, but the ferries sailed.\n"
FAR = "".join(f"Ferry {n} left at noon.\n" for n in range(9))
TEXT = FAR + GLUED + FAR + OTHER + FAR + "Source link\n"


def _run(folder: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "SCRUBBER_WHO": "Ann", "SOURCE_DATE_EPOCH": "0"},
    )


def _ledger(folder: Path) -> list[dict[str, Any]]:
    file = folder / ".scrubber" / "decisions.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    return tmp_path


def test_an_edited_diff_is_learned_from(folder: Path) -> None:
    patch = _run(folder, "fix", "-q", "--diff", "a.txt").stdout.decode()
    head, one, two, three = patch.split("@@ -")
    edited = "@@ -".join([head, one.replace("treaty, but", "treaty; yet"), three])
    assert DONE in two
    done = _run(folder, "apply", "--learn", "-", stdin=edited.encode())
    assert (done.returncode, done.stderr.decode()) == (
        0,
        "2 hunks applied in 1 file. 3 decisions recorded.\n",
    )
    changed = TEXT.replace("treatyBut", "treaty; yet").replace("Source link\n", "")
    assert (folder / "a.txt").read_text() == changed
    said = [(d["verdict"], d["exact"], d.get("chosen"), d["who"]) for d in _ledger(folder)]
    assert said == [
        ("replace", "treatyBut", "treaty; yet", "Ann"),
        ("reject", "MondayBut", None, "Ann"),
        ("accept", "Source link", "", "Ann"),
    ]
    assert _run(folder, "check", "a.txt").returncode == 0
    (folder / "a.txt").write_text("Crawled again.\n" + TEXT)
    assert _run(folder, "fix", "-q", "a.txt").returncode == 1
    assert (folder / "a.txt").read_text() == "Crawled again.\n" + changed


def test_a_diff_of_which_only_the_names_are_left_rejects_all(folder: Path) -> None:
    patch = _run(folder, "fix", "-q", "--diff", "a.txt").stdout.decode()
    done = _run(folder, "apply", "--learn", "-", stdin=patch.split("@@ -")[0].encode())
    assert (done.returncode, (folder / "a.txt").read_text()) == (0, TEXT)
    assert [decision["verdict"] for decision in _ledger(folder)] == ["reject"] * 3
    assert _run(folder, "fix", "-q", "a.txt").returncode == 0


@pytest.mark.parametrize(
    ("options", "text", "problem"),
    [
        (["--select", "links"], TEXT, "made with other rules, options or decisions"),
        ([], TEXT + "More.\n", "the text has changed since the diff was made"),
    ],
)
def test_nothing_is_learned_of_another_diff(
    folder: Path, options: list[str], text: str, problem: str
) -> None:
    patch = _run(folder, "fix", "-q", "--diff", "a.txt").stdout
    (folder / "a.txt").write_text(text)
    done = _run(folder, "apply", "--learn", *options, "-", stdin=patch)
    assert done.returncode == 2
    assert problem in done.stderr.decode()
    assert (folder / "a.txt").read_text() == text
    assert _ledger(folder) == []
    assert _run(folder, "apply", "-", stdin=patch).returncode == 0


def test_records_are_learned_from_by_their_ids(tmp_path: Path) -> None:
    rows = [{"id": n, "text": text[:-1]} for n, text in enumerate((GLUED, OTHER, FAR))]
    data = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "d.jsonl").write_text(data)
    patch = _run(tmp_path, "fix", "-q", "--diff", "d.jsonl").stdout.decode()
    old = data.split("\n")[1]
    edited = patch.replace(f"-{old}", f" {old}").replace(
        f"+{old}\n".replace(OTHER[:-1], DONE[:-1]), ""
    )
    done = _run(tmp_path, "apply", "--learn", "-", stdin=edited.encode())
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "d.jsonl").read_text() == data.replace(GLUED[:-1], FIXED[:-1])
    said = [(d["verdict"], d["document"]) for d in _ledger(tmp_path)]
    assert said == [("accept", 0), ("reject", 1)]


def test_a_ledger_that_cannot_be_written_leaves_the_file(folder: Path) -> None:
    patch = _run(folder, "fix", "-q", "--diff", "a.txt").stdout
    (folder / ".scrubber").write_text("in the way")
    done = _run(folder, "apply", "--learn", "-", stdin=patch)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert (folder / "a.txt").read_text() == TEXT


def test_a_damaged_line_of_the_ledger_costs_that_line(folder: Path) -> None:
    ledger = folder / ".scrubber" / "decisions.jsonl"
    ledger.parent.mkdir()
    ledger.write_text("{oops\n")
    patch = _run(folder, "fix", "-q", "--diff", "a.txt").stdout
    done = _run(folder, "apply", "--learn", "-", stdin=patch)
    assert done.returncode == 2
    assert b"line 1" in done.stderr
    assert b"3 decisions recorded." in done.stderr
    assert (folder / "a.txt").read_text() != TEXT
    assert ledger.read_text().count("\n") == 4


def test_files_written_are_taken_back_when_a_later_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(GLUED)
    patch = "".join(
        f"--- a/{name}\n+++ b/{name}\n@@ -1 +1 @@\n-{GLUED}+{FIXED}" for name in ("a.txt", "b.txt")
    )
    (tmp_path / "p.diff").write_text(patch)
    write, seen = writing.write, list[str]()

    def fails(path: Path, data: bytes, expected: bytes) -> None:
        seen.append(path.name)
        if path.name == "b.txt":
            raise InputError("cannot be written: no space left on device")
        write(path, data, expected)

    monkeypatch.setattr(applying, "write", fails)
    arguments = ["p.diff"]
    assert applying.command.main(arguments, standalone_mode=False) == 2
    assert seen == ["a.txt", "b.txt", "a.txt"]
    assert (tmp_path / "a.txt").read_text() == (tmp_path / "b.txt").read_text() == GLUED


def test_links_that_lead_out_and_the_folder_of_git_are_refused(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / ".git").mkdir(parents=True)
    (tmp_path / "out.txt").write_text("one\n")
    (inside / ".git" / "x.txt").write_text("one\n")
    (inside / "link.txt").symlink_to(tmp_path / "out.txt")
    for name, problem in (("link.txt", b"outside the current"), (".git/x.txt", b"git's own")):
        patch = f"--- a/{name}\n+++ b/{name}\n@@ -1 +1 @@\n-one\n+two\n"
        done = _run(inside, "apply", "-", stdin=patch.encode())
        assert done.returncode == 2
        assert problem in done.stderr
    assert (tmp_path / "out.txt").read_text() == "one\n"


def test_mode_and_marks_of_a_file_stay(tmp_path: Path) -> None:
    file = tmp_path / "é b.txt"
    file.write_bytes(b"\xef\xbb\xbfOne\r\n" + GLUED.encode())
    file.chmod(0o640)
    patch = _run(tmp_path, "fix", "-q", "--diff", file.name).stdout
    assert _run(tmp_path, "apply", "-", stdin=patch).returncode == 0
    assert file.read_bytes() == b"\xef\xbb\xbfOne\r\n" + FIXED.encode()
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_id_is_gits() -> None:
    asked = subprocess.run(
        ["git", "hash-object", "--stdin"], input=GLUED.encode(), capture_output=True, check=True
    )
    assert asked.stdout.decode().startswith(diff.blob_id(GLUED))
