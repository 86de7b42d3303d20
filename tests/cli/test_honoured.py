"""Decisions that hold for good: through repairs beside them, under another name, for all rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

WHO = {"SCRUBBER_WHO": "Ann"}


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        env={**os.environ, **WHO},
        capture_output=True,
        text=True,
        check=False,
    )


def _decide(folder: Path, file: str, *answers: Mapping[str, Any]) -> None:
    path = folder / "answers.json"
    path.write_text("".join(json.dumps(answer) + "\n" for answer in answers))
    done = _run(folder, "review", "-q", "--answers", path.name, file)
    assert (done.returncode, done.stderr) == (0, "")


def _reject(rule: str, exact: str) -> dict[str, str]:
    return {"verdict": "reject", "rule": rule, "exact": exact}


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("media/photo-credit", "Photo: Reuters/Anna Keller"),
        ("media/image-url", "https://img.example.org/2024/07/pier-plan.jpg"),
    ],
)
@pytest.mark.parametrize("scope", ["here", "change"])
def test_a_rejected_line_outlives_the_footer_below_it(
    tmp_path: Path, rule: str, line: str, scope: str
) -> None:
    file = tmp_path / "a.txt"
    kept = f"The crew of the ship was taken ashore for treatment.\n\n{line}\n"
    file.write_text(f"{kept}\nSource link\n")
    _decide(tmp_path, "a.txt", _reject(rule, line) | {"scope": scope})
    assert _run(tmp_path, "fix", "a.txt").returncode == 1
    assert file.read_text() == kept
    assert _run(tmp_path, "check", "a.txt").returncode == 0
    file.write_text(f"{kept}\nAnother paragraph was added below it later on.\n")
    assert _run(tmp_path, "check", "a.txt").returncode == 0


def test_what_two_rules_offer_alike_is_decided_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Residents of the the old town gathered at the quay in the evening.\n")
    before = _run(tmp_path, "check", "a.txt").stdout
    assert before.count("→ “the”") == 2  # two rules find it
    _decide(tmp_path, "a.txt", _reject("attribution/doubled-word", "the the"))
    assert _run(tmp_path, "check", "a.txt").stdout == ""


def test_a_rejection_goes_with_a_file_that_is_renamed(tmp_path: Path) -> None:
    text = "The mayor signed the treatyBut the council refused to vote on it.\n"
    (tmp_path / "one.md").write_text(text)
    (tmp_path / "two.md").write_text(text)
    _decide(tmp_path, "one.md", _reject("links/glued-capital", "treatyBut"))
    assert _run(tmp_path, "check", "one.md").returncode == 0
    assert _run(tmp_path, "check", "two.md").returncode == 1  # another file, while one.md is there
    (tmp_path / "one.md").rename(tmp_path / "three.md")
    assert _run(tmp_path, "check", "three.md").returncode == 0
    (tmp_path / "three.md").write_text(text.replace("mayor", "old lord"))
    assert _run(tmp_path, "check", "three.md").returncode == 1  # other surroundings


def test_no_rule_touches_a_text_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Residents of the the old town gathered at the quay in the evening.\n")
    own = {"verdict": "replace", "chosen": "the treatyBut the"}
    _decide(tmp_path, "a.txt", _reject("attribution/doubled-word", "the the") | own)
    written = file.read_text()
    assert "of the treatyBut the old town" in written
    assert _run(tmp_path, "fix", "a.txt").returncode == 0
    assert file.read_text() == written


def test_a_text_of_ones_own_for_a_line_keeps_the_breaks_around_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("One of them spoke.\n\nSource link\n\nTwo of them did not.\n")
    own = {"verdict": "replace", "chosen": "See the minutes."}
    _decide(tmp_path, "a.txt", _reject("footers/source-link", "Source link") | own)
    assert file.read_text() == "One of them spoke.\n\nSee the minutes.\n\nTwo of them did not.\n"


def test_the_wrong_field_is_one_line(tmp_path: Path) -> None:
    rows = ('{"id": 1, "body": "a"}\n', '{"id": 2, "body": "b"}\n', "{oops\n")
    (tmp_path / "d.jsonl").write_text("".join(rows))
    done = _run(tmp_path, "check", "-q", "--field", "txt", "d.jsonl")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert 'no text in the field "txt" of any record' in done.stderr
    assert "id, body" in done.stderr


def test_a_kept_line_above_a_footer_is_learned_from_a_patch(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    kept = "The crew was taken ashore.\n\nhttps://img.example.org/2024/pier-plan.jpg\n"
    file.write_text(f"{kept}\nSource link\n")
    lines = _run(tmp_path, "fix", "-q", "--diff", "a.txt").stdout.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("-https"))
    for n in (at - 1, at):
        lines[n] = lines[n].replace("-", " ", 1)
    (tmp_path / "f.patch").write_text("\n".join(lines))
    assert _run(tmp_path, "apply", "--learn", "f.patch").returncode == 0
    assert file.read_text() == kept
    assert _run(tmp_path, "fix", "a.txt").returncode == 0
    assert file.read_text() == kept


def test_a_file_deleted_from_the_patch_is_turned_down(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    glued = "The mayor signed the treatyBut the council refused to vote on it.\n"
    for name in ("a.txt", "b.txt"):
        (texts / name).write_text(glued)
    patch = _run(tmp_path, "fix", "-q", "--diff", "texts").stdout
    (tmp_path / "f.patch").write_text(patch[: patch.index("diff --git a/texts/b.txt")])
    done = _run(tmp_path, "apply", "--learn", "--of", "texts", "f.patch")
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "2 decisions recorded" in done.stderr
    assert _run(tmp_path, "fix", "texts").returncode == 0
    assert (texts / "b.txt").read_text() == glued
    assert (texts / "a.txt").read_text() != glued
    refused = _run(tmp_path, "apply", "--of", "texts", "f.patch")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
