"""A baseline through the real command: accepted, kept up, shared, and met by an editor too."""

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
CLEAN = "The ferry leaves at nine. Nothing is wrong with it.\n"


def _run(folder: Path, *args: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrubber", *args],
        cwd=folder,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two texts with a finding each, and a baseline that holds both."""
    (tmp_path / "scrubber.toml").write_text('baseline = ".scrubber/baseline.jsonl"\n')
    (tmp_path / "docs").mkdir()
    (tmp_path / "a.md").write_text(GLUED)
    (tmp_path / "docs" / "b.md").write_text(OTHER)
    code, said = _run(tmp_path, "check", "--write-baseline", ".")
    assert (code, said) == (0, f"{tmp_path}/.scrubber/baseline.jsonl: 2 findings accepted.\n")
    return tmp_path


def _lines(folder: Path) -> list[dict[str, object]]:
    text = (folder / ".scrubber" / "baseline.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_a_new_finding_is_told_beside_what_is_accepted(folder: Path) -> None:
    (folder / "a.md").write_text(f"A line before.\n\n{GLUED}\n{OTHER}")
    code, said = _run(folder, "check", "--format", "jsonl", ".")
    assert code == 1
    assert [json.loads(line)["line"] for line in said.splitlines()] == [5]
    assert _run(folder, "fix", "-q", ".")[0] == 1
    assert (folder / "a.md").read_text().startswith(f"A line before.\n\n{GLUED}")
    assert _run(folder, "check", "-q", "--no-baseline", ".")[0] == 1


def test_from_another_folder_the_same_holds(folder: Path) -> None:
    assert _run(folder / "docs", "check", "-q", "b.md", "../a.md") == (0, "")
    args = ("--baseline", "../.scrubber/baseline.jsonl", ".")
    assert _run(folder / "docs", "check", "-q", *args) == (0, "")


def test_what_was_not_looked_at_stays_accepted(folder: Path) -> None:
    before = _lines(folder)
    (folder / "a.md").write_text(CLEAN)
    code, said = _run(folder, "check", ".")
    assert (code, "1 finding fits nothing any more; --write-baseline" in said) == (0, True)
    assert "fits nothing" not in _run(folder, "check", "docs")[1]
    assert "fits nothing" not in _run(folder, "check", "--select", "case", ".")[1]
    assert _run(folder, "check", "-q", "--write-baseline", "docs")[0] == 0
    assert _lines(folder) == before
    assert _run(folder, "check", "-q", "--write-baseline", ".")[0] == 0
    assert [line["document"] for line in _lines(folder)] == ["docs/b.md"]


def test_a_renamed_file_and_one_that_is_gone(folder: Path) -> None:
    (folder / "a.md").rename(folder / "c.md")
    assert _run(folder, "check", "-q", ".") == (0, "")
    assert _run(folder, "check", "-q", "--write-baseline", ".")[0] == 0
    assert [line["document"] for line in _lines(folder)] == ["c.md", "docs/b.md"]


def test_a_damaged_line_costs_that_line(folder: Path) -> None:
    file = folder / ".scrubber" / "baseline.jsonl"
    file.write_text("<<<<<<< ours\n" + file.read_text())
    code, said = _run(folder, "check", "-q", ".")
    assert code == 2
    assert said.count("\n") == 1
    assert "line 1: not a finding: not JSON; mend or delete it" in said


def test_the_baseline_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GLUED)
    for _ in range(2):
        args = ("--baseline", "base.jsonl", "--write-baseline", ".")
        assert _run(tmp_path, "check", *args) == (0, "base.jsonl: 1 finding accepted.\n")
    assert _run(tmp_path, "check", "--baseline", "base.jsonl", ".")[0] == 0


def test_decisions_go_before_it(folder: Path) -> None:
    said = {"verdict": "reject", "scope": "rule", "rule": "links/glued-capital"}
    (folder / ".scrubber" / "decisions.jsonl").write_text(json.dumps(said) + "\n")
    assert _run(folder, "check", "-q", "--write-baseline", ".")[0] == 0
    assert _lines(folder) == []


def test_an_editor_is_shown_what_a_check_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scrubber.cli import decided, options
    from scrubber.cli.lsp import Projects
    from scrubber.lsp.checking import check

    monkeypatch.chdir(folder)
    projects = Projects(options.Choice(None, (), (), (), ()), decided.Honoured())
    for _ in range(2):
        checked = check("a.md", GLUED + "\n" + OTHER, projects(folder / "a.md"))
        assert [found.finding.text for found in checked.shown] == ["reportAnd"]
        assert checked.silent == ()
    (folder / ".scrubber" / "baseline.jsonl").write_text("")
    checked = check("a.md", GLUED, projects(folder / "a.md"))
    assert len(checked.shown) == 1
