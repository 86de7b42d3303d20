"""`scrubber clean` and `--trust` through the real command."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
import pytest

from scrubber.cli.commands import group
from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.ledger import Ledger
from scrubber.decisions.lines import Sample

GLUED = "The mayor signed the treatyBut the council refused.\n"
FIXED = GLUED.replace("treatyBut", "treaty, but")
DOUBT = "The delegates spoke about The drought in the valleys.\n"
RULE = "links/glued-capital"
OWN = "_scrubber"


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


Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The command without a process of its own, which costs more than what is done here."""
    monkeypatch.chdir(folder)

    def called(*args: str) -> subprocess.CompletedProcess[str]:
        try:
            code = group.main(list(args), "scrubber", standalone_mode=False)
        except click.ClickException as error:
            code = 2
            click.echo(error.format_message(), err=True)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(args, code, out, err)

    return called


def _files(folder: Path) -> dict[str, bytes]:
    """All files but those in which a run keeps its books."""
    found = (path for path in folder.rglob("*") if path.is_file() and OWN not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_everything_is_written_anew_under_its_name(folder: Path) -> None:
    before = _files(folder / "data")
    done = _run(folder, "clean", "data", "-o", "out", "--edits", "edits.log")
    assert done.returncode == 2, "the record without a text is told of"
    assert done.stderr.splitlines() == [
        'scrubber: data/sub/d.jsonl: line 2: no text in the field "text"',
        "        3  links/glued-capital",
        "1 record passed through unread; see out/_scrubber/rejects.",
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


def test_nothing_that_exists_is_written_over(folder: Path, call: Call) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "a.txt").symlink_to(folder / "data" / "a.txt")
    done = call("clean", "data/a.txt", "-o", "out", "-q")
    assert done.returncode == 2
    assert done.stderr == "scrubber: data/a.txt: out/a.txt exists already; it is left as it is\n"
    assert (folder / "data" / "a.txt").read_text() == GLUED
    assert _files(folder / "out").keys() == {"a.txt"}
    assert (folder / "out" / "a.txt").is_symlink()


def test_what_is_written_below_an_input_is_not_read(folder: Path, call: Call) -> None:
    args = ("clean", "data", "-o", "data/out", "--edits", "data/edits.jsonl", "--ignore", "media")
    first = call(*args)
    edits = (folder / "data" / "edits.jsonl").read_text()
    done = call(*args)
    assert done.returncode == 2, "a line of a data set is still broken"
    before = "5 of 5 files had been done before."
    assert done.stderr == first.stderr.replace("3 places", f"{before}\n3 places")
    assert "edits.jsonl" not in done.stderr
    assert (folder / "data" / "edits.jsonl").read_text() == edits
    assert not (folder / "data" / "out" / "out").exists()


def test_a_list_of_edits_that_is_somebody_elses_is_not_written_over(
    folder: Path, call: Call
) -> None:
    (folder / "edits.log").write_text("mine\n")
    done = call("clean", "data", "-o", "out", "--edits", "edits.log")
    assert done.returncode == 2
    assert "edits.log exists already" in done.stderr
    assert not (folder / "out").exists()
    assert (folder / "edits.log").read_text() == "mine\n"


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
def test_mistakes_of_use_are_one_line(folder: Path, call: Call, args: list[str]) -> None:
    before = _files(folder)
    done = call("clean", *args)
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


def test_a_folder_that_was_cleaned_with_other_rules_is_refused(folder: Path, call: Call) -> None:
    call("clean", "data/a.txt", "-o", "out", "-q")
    done = call("clean", "data/a.txt", "-o", "out", "--ignore", "links")
    assert done.returncode == 2
    assert "out was cleaned with other settings (options, rules)" in done.stderr
    assert done.stderr.count("\n") == 1
    forced = call("clean", "data/a.txt", "-o", "out", "--ignore", "links", "--force", "-q")
    assert (forced.returncode, forced.stderr) == (0, "")
    assert (folder / "out" / "a.txt").read_text() == GLUED


def test_what_was_changed_by_hand_is_left_alone(folder: Path, call: Call) -> None:
    call("clean", "data/a.txt", "-o", "out", "-q")
    (folder / "out" / "a.txt").write_text("my own words")
    done = call("clean", "data/a.txt", "-o", "out", "-q")
    assert done.returncode == 2
    assert "out/a.txt was changed since it was cleaned; it is left as it is" in done.stderr
    assert (folder / "out" / "a.txt").read_text() == "my own words"
    assert call("clean", "data/a.txt", "-o", "out", "-q", "--force").returncode == 0
    assert (folder / "out" / "a.txt").read_text() == FIXED


def test_a_shard_that_has_changed_is_done_again(folder: Path, call: Call) -> None:
    call("clean", "data", "-o", "out", "-q")
    (folder / "data" / "a.txt").write_text(GLUED * 2)
    done = call("clean", "data", "-o", "out")
    assert "4 of 5 files had been done before." in done.stderr
    assert (folder / "out" / "a.txt").read_text() == FIXED * 2


def test_strict_stops_at_the_first_record_that_cannot_be_read(folder: Path, call: Call) -> None:
    done = call("clean", "data/sub/d.jsonl", "-o", "out", "--strict")
    assert done.returncode == 2
    assert 'd.jsonl: line 2: no text in the field "text" (--strict stops here)' in done.stderr
    assert _files(folder / "out") == {}


def test_a_dry_run_shows_what_a_run_would_do(folder: Path, call: Call) -> None:
    before = _files(folder)
    args = ("clean", "data", "--dry-run", "--diff", "--sample", "2")
    done = call(*args)
    assert _files(folder) == before
    lines = done.stdout.splitlines()
    assert lines[0] == "links/glued-capital: 2 of 3"
    assert lines[2:4] == [f"- {GLUED[:-1]}", f"+ {FIXED[:-1]}"]
    assert "3 places would be repaired in 3 of 5 files." in done.stderr
    assert call(*args).stdout == done.stdout
    shown = {call(*args, "--seed", str(seed)).stdout for seed in range(1, 4)}
    assert len(shown) > 1, "another seed, another draw"


def test_the_summary_is_there_for_programs_too(folder: Path, call: Call) -> None:
    done = call("clean", "data", "-o", "out", "-q", "--format", "json")
    summary = json.loads(done.stdout)
    assert summary["shards"] == {"all": 5, "done": 5, "changed": 3}
    assert summary["rules"] == {RULE: {"places": 3, "records": 3}}
    assert json.loads((folder / "out" / OWN / "summary.json").read_text()) == summary


@pytest.mark.parametrize("more", [(), ("--edits-as", "column"), ("--edits-as", "parquet")])
def test_what_was_cleaned_comes_back(folder: Path, call: Call, more: tuple[str, ...]) -> None:
    call("clean", "data", "-o", "out", "-q", *more)
    done = call("revert", "out", "-o", "back")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "3 records taken back in 5 files; see back.\n"
    before, after = _files(folder / "data"), _files(folder / "back")
    packed = {name for name in before if name.endswith(".gz")}
    assert before.keys() == after.keys()
    assert all(after[name] == before[name] for name in before.keys() - packed)
    assert all(gzip.decompress(after[name]) == gzip.decompress(before[name]) for name in packed)
    again = call("revert", "out", "-o", "back")
    assert again.returncode == 2
    assert again.stderr.count("exists already; it is left as it is") == 5


def test_a_part_comes_back_and_what_was_changed_since_does_not(folder: Path, call: Call) -> None:
    call("clean", "data", "-o", "out", "-q")
    (folder / "out" / "sub" / "b.txt").write_text("other")
    done = call("revert", "out/sub", "-o", "back")
    assert done.returncode == 2
    assert "out/sub/b.txt: was changed since it was cleaned" in done.stderr
    assert _files(folder / "back").keys() == {"sub/d.jsonl", "sub/e.jsonl.gz", "sub/f.jsonl.gz"}
    assert call("revert", "data", "-o", "other").returncode == 2
    assert call("revert", "out", "-o", "out/back").returncode == 2


def test_workers_write_the_same_bytes(folder: Path) -> None:
    _run(folder, "clean", "data", "-o", "one", "-q", "--workers", "1")
    _run(folder, "clean", "data", "-o", "two", "-q", "--workers", "2")
    found = [
        {
            path.relative_to(folder / out): path.read_bytes()
            for path in (folder / out).rglob("*")
            if path.is_file()
        }
        for out in ("one", "two")
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 10


def test_attributes_for_dolma_have_a_row_for_each_record(folder: Path, call: Call) -> None:
    call("clean", "data/sub", "-o", "out", "-q", "--dolma")
    place = folder / "out" / OWN / "attributes" / "scrubber"
    rows = gzip.decompress((place / "d.jsonl.gz").read_bytes()).decode().splitlines()
    assert len(rows) == 2
    assert "glued-capital" in rows[0]


def test_each_project_is_cleaned_by_its_own_settings(folder: Path) -> None:
    sub = folder / "data" / "sub"
    (sub / "scrubber.toml").write_text('ignore = ["links"]\n')
    (sub / "g.txt").write_text(GLUED)
    args = ("clean", "data", "-o", "out", "--workers", "2")
    done = _run(folder, *args)
    assert "1 place repaired in 1 of 6 files" in done.stderr
    after = _files(folder / "out")
    assert (after["a.txt"], after["sub/g.txt"]) == (FIXED.encode(), GLUED.encode())
    again = _run(folder, *args)
    assert "6 of 6 files had been done before." in again.stderr
    (sub / "scrubber.toml").write_text('ignore = ["links", "case"]\n')
    changed = _run(folder, *args)
    assert "out was cleaned with other settings (rules)" in changed.stderr
    assert _run(folder, "revert", "out", "-o", "back", "-q").returncode == 0
    assert (folder / "back" / "a.txt").read_text() == GLUED


def test_several_fields_are_cleaned_and_come_back(folder: Path, call: Call) -> None:
    rows = [
        {"key": 1, "at": "https://www.one.example/a", "title": GLUED, "body": GLUED},
        {"key": 2, "at": "https://two.example/b", "title": "Fine.", "text": GLUED},
        {"key": 3, "text": GLUED},
    ]
    source = folder / "s.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    names = ("--field", "title", "--field", "body", "--id", "key", "--url", "at")
    done = call("clean", "s.jsonl", "-o", "out", *names)
    assert 's.jsonl: line 3: no text in the field "title" or "body"' in done.stderr
    assert "        2  one.example (1 record)" in done.stderr
    found = [json.loads(line) for line in (folder / "out" / "s.jsonl").read_text().splitlines()]
    assert (found[0]["title"], found[0]["body"]) == (FIXED, FIXED)
    assert found[1:] == rows[1:]
    call("revert", "out", "-o", "back", "-q")
    assert (folder / "back" / "s.jsonl").read_bytes() == source.read_bytes()
    assert call("clean", "s.jsonl", "-o", "two", *names, "--field", "body").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
def test_a_run_that_is_stopped_by_hand_leaves_nothing_behind(folder: Path) -> None:
    rows = "".join(json.dumps({"text": f"{GLUED}{number}"}) + "\n" for number in range(4000))
    for number in range(3):
        (folder / f"{number}.jsonl").write_text(rows)
    run = subprocess.Popen(
        [sys.executable, "-m", "scrubber", "clean", ".", "-o", "out", "--workers", "2"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while run.poll() is None and not list((folder / "out").rglob(".tmp-*")):
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does, to all of them
    _, told = run.communicate()
    assert run.returncode == 2
    assert told == "\nscrubber: stopped; files that were done stay, and the same command goes on\n"
    assert not list((folder / "out").rglob(".tmp-*"))


def test_what_a_run_wrote_below_a_folder_is_no_input_of_the_next(folder: Path) -> None:
    assert _run(folder, "clean", "-q", "data", "-o", "data/cleaned").returncode == 2
    done = _run(folder, "clean", "data", "-o", "again")
    assert "of 5 files" in done.stderr
    assert not (folder / "again" / "cleaned").exists()
    named = _run(folder, "clean", "data/cleaned", "-o", "twice")
    assert "0 places repaired in 0 of 5 files" in named.stderr
    none = _run(folder, "clean", "nowhere", "-o", "third")
    assert none.stderr.splitlines()[-1] == "0 places repaired in 0 of 0 files."
