"""`scrubber clean` and `--trust` through the real command."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.ledger import Ledger
from scrubber.decisions.lines import Sample

GLUED = "The mayor signed the treatyBut the council refused.\n"
FIXED = GLUED.replace("treatyBut", "treaty, but")
DOUBT = "The delegates spoke about The drought in the valleys.\n"
RULE = "links/glued-capital"


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SCRUBBER_WHO": "Ana"},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    data = tmp_path / "data" / "sub"
    data.mkdir(parents=True)
    (data.parent / "a.txt").write_text(GLUED)
    (data / "b.txt").write_bytes(b"\xef\xbb\xbfNothing is wrong.\r\nHere neither")
    row = json.dumps({"id": 1, "text": GLUED}) + "\n"
    (data / "d.jsonl").write_text(row + '{"other":  1}\n')
    (data / "e.jsonl.gz").write_bytes(gzip.compress(row.encode(), mtime=7))
    (data / "f.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Fine."}\n', 1, mtime=7))
    return tmp_path


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_everything_is_written_anew_under_its_name(folder: Path) -> None:
    before = _files(folder / "data")
    done = _run(folder, "clean", "data", "-o", "out", "--edits", "edits.log")
    assert done.returncode == 2, "the record without a text is told of"
    assert done.stderr.splitlines() == [
        'scrubber: data/sub/d.jsonl: line 2: no text in the field "text"',
        "        3  links/glued-capital",
        "3 places repaired in 3 of 5 files; see out.",
    ]
    assert _files(folder / "data") == before
    after = _files(folder / "out")
    assert after.keys() == before.keys()
    assert after["a.txt"] == FIXED.encode()
    assert after["sub/b.txt"] == before["sub/b.txt"]
    assert after["sub/f.jsonl.gz"] == before["sub/f.jsonl.gz"]
    row = json.dumps({"id": 1, "text": FIXED}) + "\n"
    assert after["sub/d.jsonl"].decode() == row + '{"other":  1}\n'
    assert gzip.decompress(after["sub/e.jsonl.gz"]).decode() == row
    edits = [json.loads(text) for text in (folder / "edits.log").read_text().splitlines()]
    assert [(edit["path"], edit["record"], edit["after"]) for edit in edits] == [
        ("data/a.txt", None, ", b"),
        ("data/sub/d.jsonl", 1, ", b"),
        ("data/sub/e.jsonl.gz", 1, ", b"),
    ]


def test_a_clean_run_ends_with_0(folder: Path) -> None:
    done = _run(folder, "clean", "data/a.txt", "-o", "new/deep", "-q")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    assert (folder / "new/deep/a.txt").read_text() == FIXED


def test_nothing_that_exists_is_written_over(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "a.txt").symlink_to(folder / "data" / "a.txt")
    done = _run(folder, "clean", "data/a.txt", "-o", "out", "-q")
    assert done.returncode == 2
    assert done.stderr == "scrubber: data/a.txt: out/a.txt exists already; it is left as it is\n"
    assert (folder / "data" / "a.txt").read_text() == GLUED
    assert [path.name for path in (folder / "out").iterdir()] == ["a.txt"]


def test_what_is_written_below_an_input_is_not_read(folder: Path) -> None:
    args = ("clean", "data", "-o", "data/out", "--edits", "data/edits.jsonl", "--ignore", "media")
    _run(folder, *args)
    done = _run(folder, *args)
    assert done.stderr.count("exists already") == 5
    assert "edits.jsonl" not in done.stderr
    assert not (folder / "data" / "out" / "out").exists()


@pytest.mark.parametrize(
    "args",
    [
        ["data"],
        ["-", "-o", "out"],
        ["out", "-o", "out"],
        ["data", "-o", "."],
        ["data", "-o", "out", "--trust", "99"],
        ["data", "-o", "out", "--trust", "nan"],
        ["data", "-o", "data/a.txt"],
    ],
)
def test_mistakes_of_use_are_one_line(folder: Path, args: list[str]) -> None:
    before = _files(folder)
    done = _run(folder, "clean", *args)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    assert _files(folder) == before


def _sampled(folder: Path, rule: str, right: int, wrong: int, open_: int = 0) -> None:
    said: list[Decision | Sample] = [Sample("s", rule, right + wrong + open_, 5000, 0, ("d",))]
    for number in range(right + wrong):
        key = Key(Scope.HERE, rule, f"word{number}", "", "", "other.txt")
        verdict = Verdict.ACCEPT if number < right else Verdict.REJECT
        chosen = "x" if number < right else None
        said.append(Decision(key, verdict, chosen, "Ana", "2026-01-01", sample="s"))
    Ledger(folder / ".scrubber" / "decisions.jsonl", folder).append(said)


@pytest.mark.parametrize(
    ("right", "wrong", "open_", "line", "acts"),
    [
        (388, 2, 0, "yes, 388 of 390 sampled right, at least 98.1 %", True),
        (370, 20, 0, "no, 370 of 390 sampled right, at least 92.2 %", False),
        (388, 2, 1, "yes, 2,", True),
    ],
)
def test_trust_takes_what_is_proven(
    folder: Path, right: int, wrong: int, open_: int, line: str, acts: bool
) -> None:
    _sampled(folder, RULE, right, wrong, open_)
    done = _run(folder, "clean", "data/a.txt", "-o", "out", "--trust", "0.98")
    assert done.returncode == 0
    assert f"\n{RULE}: {line}" in f"\n{done.stderr}"
    assert (folder / "out" / "a.txt").read_text() == (FIXED if acts else GLUED)


def test_a_suggestion_that_is_proven_acts_and_the_diff_shows_it(folder: Path) -> None:
    (folder / "s.txt").write_text(DOUBT)
    before = _run(folder, "fix", "--diff", "-q", "--trust", "0.9", "s.txt")
    assert (before.returncode, before.stdout) == (0, "")
    _sampled(folder, "case/stray-capital", 100, 0)
    shown = _run(folder, "fix", "--diff", "-q", "--trust", "0.9", "s.txt")
    assert "+The delegates spoke about the drought in the valleys." in shown.stdout
    assert _run(folder, "clean", "s.txt", "-o", "out", "--trust", "0.9", "-q").returncode == 0
    assert (folder / "out" / "s.txt").read_text() == DOUBT.replace(" The", " the")


def test_decisions_are_honoured(folder: Path) -> None:
    key = Key(Scope.CHANGE, RULE, "treatyBut")
    rejected = Decision(key, Verdict.REJECT, None, "Ana", "2026-01-01")
    ledger = Ledger(folder / ".scrubber" / "decisions.jsonl", folder)
    ledger.append([rejected])
    _run(folder, "clean", "data/a.txt", "-o", "one", "-q")
    assert (folder / "one" / "a.txt").read_text() == GLUED
    own = replace(rejected, verdict=Verdict.REPLACE, chosen="treaty; yet", when="2026-01-02")
    ledger.append([own])
    _run(folder, "clean", "data/a.txt", "-o", "two", "-q", "--trust", "0.9999")
    assert (folder / "two" / "a.txt").read_text() == GLUED.replace("treatyBut", "treaty; yet")


def test_trust_and_suggested_do_not_go_together(folder: Path) -> None:
    done = _run(folder, "fix", "--diff", "--suggested", "--trust", "0.9", "data/a.txt")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
