"""`review --sample`: one rule measured on a whole data set by a person's verdicts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from terminal import COMMAND, FIXED, Terminal

HERE = Path(__file__).parent
ARGS = ("review", "--sample", "5", "--rule", "links/glued-stop", ".")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = (HERE / "harbour.txt").read_text(encoding="utf-8")
    for number in range(4):  # two places in each
        (tmp_path / f"{number}.txt").write_text(text.replace("Ines", f"Ines {number}"))
    return tmp_path


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *args],
        cwd=folder,
        env={**os.environ, **FIXED},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sample_is_decided_in_two_sittings_and_measures_the_rule(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with Terminal(folder, *ARGS) as terminal:
        assert "1 of 5" in terminal.wait_for("y accept")
        assert "a sample is decided one by one" in terminal.press("r")
        assert "3 of 5 open; drawn from 8; proves nothing" in terminal.press("y", "n", "q")
        assert terminal.end() == 0
    with Terminal(folder, *ARGS) as terminal:
        assert "3 of 5 · 1 accepted · 1 rejected" in terminal.wait_for("y accept")
        # 4 of 5, by the Wilson interval: 37.55 to 96.38 %.
        screen = terminal.press("y", "y", "y")
        assert "4 of 5 right, 80.0%, between 37.6% and 96.4%" in " ".join(screen.split())
        assert terminal.end() == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    trusted = _run(folder, "fix", "--diff", "--trust", "0.37", "--select", "links/glued-stop", ".")
    assert "links/glued-stop: yes, 4 of 5 sampled right, at least 37.5 %" in trusted.stderr
    doubted = _run(folder, "fix", "--diff", "--trust", "0.38", "--select", "links/glued-stop", ".")
    assert "links/glued-stop: no, 4 of 5 sampled right, at least 37.5 %" in doubted.stderr


def test_another_proposal_than_the_first_says_that_the_rule_was_wrong(folder: Path) -> None:
    args = ("review", "--sample", "1", "--rule", "links/glued-capital", ".")
    with Terminal(folder, *args) as terminal:
        terminal.wait_for("2 “")
        terminal.press("2")
        assert "0 of 1 right" in terminal.text
    last = (folder / ".scrubber" / "decisions.jsonl").read_text().splitlines()[-1]
    assert json.loads(last)["verdict"] == "replace"


def test_answers_decide_a_sample_too(folder: Path) -> None:
    answers = folder / "answers.jsonl"
    answers.write_text(
        '{"verdict": "accept", "rule": "links/glued-stop", "exact": "longer.It"}\n'
        '{"verdict": "reject", "rule": "links/glued-stop", "exact": "metres.Divers"}\n'
        '{"verdict": "accept", "scope": "rule", "rule": "links/glued-stop"}\n'
    )
    texts = ("0.txt", "1.txt", "2.txt", "3.txt")
    done = _run(folder, *ARGS[:-1], "--answers", "answers.jsonl", *texts)
    assert done.returncode == 2
    assert "answers.jsonl: line 3: fits nothing" in done.stderr
    assert " of 5 right" in done.stderr


@pytest.mark.parametrize(
    ("args", "problem"),
    [
        (("--sample", "5"), "--sample needs the rule to be measured"),
        (("--sample", "5", "--rule", "links/glued-stopp"), 'did you mean "links/glued-stop"?'),
        (
            ("--sample", "5", "--rule", "links/glued-stop", "--ignore", "links"),
            "links/glued-stop does not run here; select or extend it",
        ),
        (("--sample", "5", "--rule", "idioms/spun-idiom"), "finds nothing to be decided"),
        (("--sample", "0", "--rule", "links/glued-stop"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_sampled_is_one_line(
    folder: Path, args: tuple[str, ...], problem: str
) -> None:
    shutil.copy(HERE / "harbour.decisions.jsonl", folder / "a.jsonl")
    done = _run(folder, "review", *args, "--answers", "a.jsonl", "0.txt")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert problem in done.stderr
    assert not (folder / ".scrubber").exists()
