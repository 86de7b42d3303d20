"""`scrubber decisions promote` through the real command, and the packs that it makes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.ledger import Ledger

GLUED = "The mayor signed the treatyBut the council refused.\n"
RULE = "links/glued-capital"
AROUND = {"prefix": "The mayor signed the ", "suffix": " the council refused. "}


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
    (tmp_path / "a.txt").write_text(GLUED)
    here = Key(Scope.HERE, RULE, "treatyBut", **AROUND, document="a.txt")
    word = Key(Scope.WORD, "links", "harbourBut")
    Ledger(tmp_path / ".scrubber" / "decisions.jsonl", tmp_path).append(
        [
            Decision(here, Verdict.ACCEPT, "treaty, but", "Ana", "2026-01-01"),
            Decision(word, Verdict.REJECT, None, "Ana", "2026-01-01"),
            Decision(Key(Scope.RULE, "case/stray-capital"), Verdict.REJECT, None, "Ana", "1"),
        ]
    )
    return tmp_path


BAD = (
    '[[example]]\nrule = "links/glued-capital"\n'
    'bad = "The mayor signed the ⟦treatyBut⟧ the council refused."\n'
    'good = "The mayor signed the treaty, but the council refused."\n'
)
ALLOW = '[[allow]]\nrules = ["links"]\nwords = ["harbourBut"]\n'


def test_a_pack_is_made_and_holds(folder: Path) -> None:
    done = _run(folder, "decisions", "promote", "--pack", "own.toml", "--all")
    assert done.returncode == 0, done.stderr
    assert (folder / "own.toml").read_text() == done.stdout == f"{BAD}\n{ALLOW}"
    assert "not promoted: case/stray-capital: all that it finds" in done.stderr
    assert "2 tables added to own.toml." in done.stderr
    tested = _run(folder, "test", "own.toml")
    assert (tested.returncode, tested.stdout) == (0, "")
    assert "1 example of 1 rule, 0 failures" in tested.stderr
    again = _run(folder, "decisions", "promote", "--pack", "own.toml", "--all")
    assert again.stdout == ""
    assert "2 stood there already" in again.stderr
    assert (folder / "own.toml").read_text() == f"{BAD}\n{ALLOW}"


def test_check_and_fix_honour_allow_words(folder: Path) -> None:
    (folder / "b.txt").write_text(GLUED.replace("treaty", "harbour"))
    assert _run(folder, "check", "b.txt", "--no-decisions").returncode == 1
    _run(folder, "decisions", "promote", "--pack", "own.toml", "--line", "2")
    assert (folder / "own.toml").read_text() == ALLOW
    for command in ("check", "fix"):
        done = _run(folder, command, "--pack", "own.toml", "--no-decisions", "b.txt")
        assert done.returncode == 0, done.stdout


def test_what_the_pack_holds_stays_byte_for_byte(folder: Path) -> None:
    old = b"# ours\r\n[pack]\r\nabout = 'x' # no line feed at the end"
    (folder / "own.toml").write_bytes(old)
    done = _run(folder, "decisions", "promote", "--pack", "own.toml", "--rule", RULE)
    assert done.returncode == 0, done.stderr
    assert (folder / "own.toml").read_bytes() == old + f"\n\n{BAD}".encode()


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    done = _run(folder, "decisions", "promote", "--pack", "own.toml", "--all", "--dry-run")
    assert done.stdout == f"{BAD}\n{ALLOW}"
    assert "2 tables would be added" in done.stderr
    assert not (folder / "own.toml").exists()


def test_a_rejection_fails_until_the_rule_or_an_allow_word_heeds_it(folder: Path) -> None:
    key = Key(Scope.HERE, RULE, "treatyBut", **AROUND, document="a.txt")
    rejected = Decision(key, Verdict.REJECT, None, "Ana", "2026-02-01")
    Ledger(folder / ".scrubber" / "decisions.jsonl", folder).append([rejected])
    promote = ("decisions", "promote", "--pack", "own.toml", "--line", "4")
    done = _run(folder, *promote)
    assert 'ok = "The mayor signed the treatyBut the council refused."' in done.stdout
    assert "1 example of it not met yet: scrubber test own.toml shows which" in done.stderr
    tested = _run(folder, "test", "own.toml")
    assert tested.returncode == 1
    assert "own.toml: links/glued-capital: example 1: noisy" in tested.stdout
    assert 'words = ["treatyBut"]' in _run(folder, *promote, "--allow").stdout
    assert _run(folder, "test", "own.toml").returncode == 0


@pytest.mark.parametrize(
    "args",
    [
        ["--all"],
        ["--pack", "own.toml"],
        ["--pack", "broken.toml", "--all"],
        ["--pack", "own.toml", "--line", "9"],
        ["--pack", ".", "--all"],
        ["--pack", "closed.toml", "--all"],
    ],
)
def test_mistakes_of_use_are_one_line(folder: Path, args: list[str]) -> None:
    (folder / "broken.toml").write_text("[[rule")
    (folder / "closed.toml").write_text("example = []\n")
    done = _run(folder, "decisions", "promote", *args, "-q")
    assert done.returncode == 2
    lines = [text for text in done.stderr.splitlines() if not text.startswith("not promoted")]
    assert len(lines) == 1, done.stderr
    assert (folder / "broken.toml").read_text() == "[[rule"
    assert (folder / "closed.toml").read_text() == "example = []\n"
    assert not (folder / "own.toml").exists()
