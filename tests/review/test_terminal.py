"""The review in a real pseudo-terminal: keys in, text, ledger and summary out."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal import COMMAND, FIXED, Terminal

HERE = Path(__file__).parent
TAB, ENTER, CLEAR = "\t", "\r", "\x15"

# Before `q`: a choice by Tab and one by number, a group, a text of one's own, an undo, a skip, a
# rejected rule. After it: the skipped one, groups, a default that skips, a way back to it.
FIRST: tuple[str, ...] = ("y", TAB, "y", "2", "b", "e", CLEAR, "loft, where", ENTER, "n", "u", "y")
FIRST += ("s", "R", "n", "y", "q")
SECOND: tuple[str, ...] = ("y", "b", ENTER, "r", "y", "n", "u", "y", "y", "w", "m", "1", "k", "y")
SECOND += ("J", "J", "n", ENTER, "y", "p", " ", "z", "?", "z", ENTER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(HERE / "harbour.txt", tmp_path)
    return tmp_path


def _ledger(folder: Path) -> bytes:
    return (folder / ".scrubber" / "decisions.jsonl").read_bytes()


def _answer(folder: Path, answers: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "review", "--answers", str(answers), "harbour.txt"],
        cwd=folder,
        env={**os.environ, **FIXED},
        capture_output=True,
        text=True,
        check=False,
    )


def test_forty_keys_give_the_expected_text_ledger_and_summary(folder: Path) -> None:
    assert len((*FIRST, *SECOND)) >= 40
    with Terminal(folder, "review", "harbour.txt") as terminal:
        assert "1 of 25 · 0 accepted · 0 rejected" in terminal.wait_for("y accept")
        terminal.press(*FIRST)
        assert "9 accepted, 2 rejected, 14 undecided; 9 written." in terminal.text
        assert terminal.end() == 0
    with Terminal(folder, "review", "harbour.txt") as terminal:
        assert "harbour.txt:4:213" in terminal.wait_for("y accept")  # the one that was skipped
        terminal.press(*SECOND)
        assert "13 accepted, 3 rejected, 0 undecided (2 decided before); 13 written." in (
            terminal.text
        )
        assert terminal.end() == 0
    assert (folder / "harbour.txt").read_bytes() == (HERE / "harbour.after.txt").read_bytes()
    assert _ledger(folder) == (HERE / "harbour.decisions.jsonl").read_bytes()


def test_the_same_answers_from_a_file_give_the_same_bytes(folder: Path) -> None:
    done = _answer(folder, HERE / "harbour.decisions.jsonl")
    assert done.returncode == 0, done.stderr
    assert (folder / "harbour.txt").read_bytes() == (HERE / "harbour.after.txt").read_bytes()
    assert _ledger(folder) == (HERE / "harbour.decisions.jsonl").read_bytes()


def test_ctrl_c_writes_nothing_and_loses_nothing(folder: Path) -> None:
    before = (folder / "harbour.txt").read_bytes()
    with Terminal(folder, "review", "harbour.txt") as terminal:
        terminal.wait_for("y accept")
        terminal.press("y", "n", "\x03")
        assert terminal.end() == 0
    assert (folder / "harbour.txt").read_bytes() == before
    assert _ledger(folder).count(b"\n") == 2
    with Terminal(folder, "review", "harbour.txt") as terminal:
        assert "3 of 25 · 1 accepted · 1 rejected" in terminal.wait_for("y accept")


def test_ctrl_c_where_it_asks_whether_to_write_writes_nothing(folder: Path) -> None:
    before = (folder / "harbour.txt").read_bytes()
    with Terminal(folder, "review", "harbour.txt") as terminal:
        terminal.wait_for("y accept")
        terminal.press("y", "d")
        assert "Write 1 repair to harbour.txt?" in terminal.text
        terminal.press("\x03")
        assert terminal.end() == 0
    assert (folder / "harbour.txt").read_bytes() == before
    assert _ledger(folder).count(b"\n") == 25


def test_quitting_where_the_file_changed_says_so_and_fails(folder: Path) -> None:
    with Terminal(folder, "review", "harbour.txt") as terminal:
        terminal.wait_for("y accept")
        terminal.press("y")
        (folder / "harbour.txt").write_text("Another text.\n")
        terminal.press("q")
        assert "harbour.txt: not written: changed" in terminal.text
        assert terminal.end() == 2
    assert (folder / "harbour.txt").read_text() == "Another text.\n"
    assert _ledger(folder).count(b"\n") == 1


def test_a_closed_terminal_loses_nothing(folder: Path) -> None:
    with Terminal(folder, "review", "harbour.txt") as terminal:
        terminal.wait_for("y accept")
        terminal.press("y", "y", "n")
        terminal.child.close(force=False)
    assert _ledger(folder).count(b"\n") == 3


@pytest.mark.parametrize("seed", range(20))
def test_kill_at_any_moment_loses_no_decision_and_damages_no_file(folder: Path, seed: int) -> None:
    before = (folder / "harbour.txt").read_bytes()
    moment = random.Random(seed)
    with Terminal(folder, "review", "harbour.txt") as terminal:
        terminal.wait_for("y accept")
        seen = 0
        for _ in range(moment.randrange(1, 9)):
            terminal.press("y")
            seen = max(seen, _counted(terminal.text))
        if moment.random() < 0.5:  # while it decides the rest, asks, and writes
            terminal.child.send("a\r")
        time.sleep(moment.random() * 0.02)
        assert terminal.child.pid
        os.kill(terminal.child.pid, signal.SIGKILL)
    ledger = _ledger(folder)
    assert ledger.count(b"\n") >= seen
    assert ledger.endswith(b"\n")
    after = (folder / "harbour.txt").read_bytes()
    assert after == before or b"pierWho" not in after
    done = subprocess.run(
        [sys.executable, "-m", "scrubber", "check", "-q", "harbour.txt"], cwd=folder, check=False
    )
    assert done.returncode in (0, 1)


def _counted(screen: str) -> int:
    """How many decisions the screen says are made."""
    head = screen.split("\n")[0]
    if "accepted" not in head:
        return 0
    return int(head.split("·")[1].split()[0])


def test_without_a_terminal_it_refuses(folder: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "review", "harbour.txt"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no terminal to ask in" in done.stderr


def test_without_colour_the_marks_are_in_brackets(folder: Path) -> None:
    with Terminal(folder, "review", "harbour.txt", NO_COLOR="1") as terminal:
        screen = terminal.wait_for("y accept")
        assert "[-pierWho-]{+pier who+}" in " ".join(screen.split())
    with Terminal(folder, "review", "harbour.txt", TERM="dumb") as terminal:
        assert "[-pierWho-]{+pier who+}" in " ".join(terminal.wait_for("y accept").split())


def test_an_editor_gives_a_replacement(folder: Path) -> None:
    editor = folder / "editor.sh"
    editor.write_text('#!/bin/sh\necho "pier; who" > "$1"\n')
    editor.chmod(0o755)
    with Terminal(folder, "review", "harbour.txt", VISUAL=str(editor)) as terminal:
        terminal.wait_for("y accept")
        terminal.press("E")
        terminal.wait_for("replaced")
    assert b'"chosen": "pier; who"' in _ledger(folder)
