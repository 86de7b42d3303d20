"""`scrubber decisions` through the real command."""

from __future__ import annotations

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
from scrubber.decisions.lines import Sample, line

GLUED = "The mayor signed the treatyBut the council refused.\n"
RULE = "links/glued-capital"
AROUND = {"prefix": "The mayor signed the ", "suffix": " the council refused. "}
LEDGER = Path(".scrubber") / "decisions.jsonl"


def _run(folder: Path, *args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SCRUBBER_WHO": "Ana"},
    )


def _key(document: object, exact: str = "treatyBut") -> Key:
    return Key(Scope.HERE, RULE, exact, **AROUND, document=document)


def _accept(document: object, who: str = "Ana") -> Decision:
    return Decision(_key(document), Verdict.ACCEPT, "treaty, but", who, "2026-03-01")


def _reject(document: object, who: str = "Ana", exact: str = "treatyBut") -> Decision:
    return Decision(_key(document, exact), Verdict.REJECT, None, who, "2026-03-02")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.txt").write_text(GLUED)
    return tmp_path


def _say(folder: Path, *values: Decision | Sample) -> Path:
    Ledger(folder / LEDGER, folder).append(values)
    return folder / LEDGER


def _values(folder: Path, *args: str) -> list[dict[str, object]]:
    done = _run(folder, "decisions", "--format", "jsonl", *args)
    assert done.returncode == 0, done.stderr
    return [json.loads(text) for text in done.stdout.splitlines()]


def test_nothing_decided(folder: Path) -> None:
    done = _run(folder, "decisions")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing decided yet" in done.stderr


def test_counts_with_the_interval_and_the_floor(folder: Path) -> None:
    for number in range(29):
        name = f"t{number}.txt"
        (folder / name).write_text(GLUED)
        _say(folder, _accept(name) if number == 0 else _reject(name))
    shown = _run(folder, "decisions").stdout
    assert "3.4%    0.6% – 17.2%  wholly under its floor of 99.0%" in shown
    (value,) = _values(folder)
    assert (value["accepted"], value["rejected"], value["standing"]) == (1, 28, "wholly under")


def test_contradictions_are_named(folder: Path) -> None:
    _say(folder, _accept("a.txt"), _reject("a.txt", "Ben"))
    shown = _run(folder, "decisions").stdout
    assert f"{RULE}: “treatyBut” in a.txt: Ana: accept “treaty, but”, Ben: reject" in shown


def test_stale_is_what_fits_nothing_and_is_not_done(folder: Path) -> None:
    (folder / "done.txt").write_text(GLUED.replace("treatyBut", "treaty, but"))
    (folder / "edited.txt").write_text("Quite another text.\n")
    (folder / "d.jsonl").write_text(json.dumps({"id": 7, "text": GLUED}) + "\n")
    documents = ["a.txt", "done.txt", "edited.txt", "gone.txt", 7, 8]
    _say(folder, *map(_accept, documents))
    _say(folder, Decision(Key(Scope.CHANGE, RULE, "nowhereBut"), Verdict.REJECT))
    stale = {v["document"]: v for v in _values(folder, "d.jsonl") if v["kind"] == "stale"}
    assert {name: value["lines"] for name, value in stale.items()} == {
        "edited.txt": [3],
        "gone.txt": [4],
    }
    assert stale["gone.txt"]["reason"] == "the file is gone"
    summary = _run(folder, "decisions").stderr
    assert "1 done and standing; 2 not looked at" in summary
    assert "1 not looked at" in _run(folder, "decisions", "d.jsonl").stderr


def test_prune_takes_out_the_stale_lines_and_no_other(folder: Path) -> None:
    file = _say(folder, _accept("a.txt"), _accept("gone.txt"))
    with file.open("ab") as out:
        out.write(b"<<<<<<< damaged\n")
    sample = Sample("s1", RULE, 1, 1, 0, ("d",))
    _say(folder, replace(_accept("gone.md"), sample="s1"), sample)
    before = file.read_bytes().split(b"\n")
    done = _run(folder, "decisions", "prune", "--dry-run")
    assert done.returncode == 2, "the damaged line is told of"
    assert "1 line would be taken out" in done.stderr
    assert file.read_bytes().split(b"\n") == before
    done = _run(folder, "decisions", "prune")
    assert "1 line taken out" in done.stderr
    assert "1 stay, for they belong to samples" in done.stderr
    assert file.read_bytes().split(b"\n") == [before[0], *before[2:]]
    assert sorted(path.name for path in file.parent.iterdir()) == [
        ".gitattributes",
        "decisions.jsonl",
    ]


def test_merge_is_the_union_and_tells_contradictions(folder: Path) -> None:
    file = _say(folder, _accept("a.txt"))
    before = file.read_bytes()
    other = folder / "other.jsonl"
    lines = [line(_accept("a.txt")), line(_reject("a.txt", "Ben")), "{damaged"]
    other.write_text("\n".join(lines) + "\n")
    done = _run(folder, "decisions", "merge", "other.jsonl")
    assert done.returncode == 2
    assert "other.jsonl: line 3: not a decision" in done.stderr
    assert "contradiction: links/glued-capital: “treatyBut” in a.txt: Ana: accept" in done.stdout
    after = file.read_bytes()
    assert after == before + line(_reject("a.txt", "Ben")).encode() + b"\n"
    _run(folder, "decisions", "merge", "other.jsonl")
    assert file.read_bytes() == after


def test_merge_makes_the_ledger_where_there_is_none(folder: Path) -> None:
    (folder / "other.jsonl").write_text(line(_accept("a.txt")) + "\n")
    assert _run(folder, "decisions", "merge", "other.jsonl").returncode == 0
    assert (folder / LEDGER).read_text() == line(_accept("a.txt")) + "\n"


def test_merge_writes_nothing_when_one_of_them_is_missing(folder: Path) -> None:
    file = _say(folder, _accept("a.txt"))
    before = file.read_bytes()
    (folder / "other.jsonl").write_text(line(_reject("a.txt")) + "\n")
    done = _run(folder, "decisions", "merge", "other.jsonl", "absent.jsonl")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert file.read_bytes() == before


def test_samples_say_what_they_prove(folder: Path) -> None:
    sample = Sample("s1", RULE, 2, 40, 0, ("d",))
    _say(folder, sample, replace(_accept("a.txt"), sample="s1"))
    shown = _run(folder, "decisions").stdout
    assert "s1 links/glued-capital: 1 of 2 open; drawn from 40; proves nothing" in shown
    _say(folder, replace(_accept("b.txt"), sample="s1"))
    assert "s1 links/glued-capital: 2 of 2 right, 100.0%" in _run(folder, "decisions").stdout


@pytest.mark.parametrize(
    "args", [["--decisions", "absent.jsonl"], ["--config", "absent.toml"], ["absent.txt"]]
)
def test_mistakes_are_one_line(folder: Path, args: list[str]) -> None:
    done = _run(folder, "decisions", *args, "-q")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
