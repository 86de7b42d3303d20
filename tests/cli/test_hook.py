"""What a run inside a hook says besides, how names reach a shell, and names like options."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrubber.cli import hook

GLUED = "The mayor signed the treatyBut the council refused.\n"
FIXED = "The mayor signed the treaty, but the council refused.\n"


def _run(
    folder: Path, *args: str, program: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("PRE_COMMIT", "GIT_INDEX_FILE")}
    return subprocess.run(
        [program or sys.executable, *(() if program else ("-m", "scrubber")), *args],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, **more},
    )


@pytest.mark.parametrize("variable", ["PRE_COMMIT", "GIT_INDEX_FILE"])
def test_commands_to_go_on_with_are_named_in_a_hook_only(tmp_path: Path, variable: str) -> None:
    (tmp_path / "a.md").write_text(GLUED)
    assert "scrubber review" not in _run(tmp_path, "check", "a.md").stderr
    inside = {variable: "1"}
    assert "scrubber review a.md\n" in _run(tmp_path, "check", "a.md", **inside).stderr
    assert _run(tmp_path, "check", "-q", "a.md", **inside).stderr == ""
    assert "git " not in _run(tmp_path, "fix", "--diff", "a.md", **inside).stderr
    assert "git restore -p -- a.md\n" in _run(tmp_path, "fix", "a.md", **inside).stderr


def test_fix_names_each_file_that_it_has_written(tmp_path: Path) -> None:
    for name in ("a.md", "b\nc.md"):
        (tmp_path / name).write_text(GLUED)
    (tmp_path / "clean.md").write_text(FIXED)
    done = _run(tmp_path, "fix", ".")
    assert done.stderr == (
        "a.md: 1 place repaired\nb⏎c.md: 1 place repaired\n2 places repaired in 2 of 3 files.\n"
    )
    assert _run(tmp_path, "fix", ".").stderr == "Nothing to repair in 3 files.\n"


def test_many_files_are_named_by_their_folder(tmp_path: Path) -> None:
    names = [f"docs/a b/{number}.md" for number in range(6)]
    (tmp_path / "docs" / "a b").mkdir(parents=True)
    for name in names:
        (tmp_path / name).write_text(GLUED)
    said = _run(tmp_path, "check", *names, PRE_COMMIT="1").stderr
    assert "scrubber review 'docs/a b'\n" in said
    (tmp_path / "b.md").write_text(GLUED)
    assert "scrubber review .\n" in _run(tmp_path, "check", *names, "b.md", PRE_COMMIT="1").stderr


def test_a_program_that_a_shell_would_not_find_is_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GLUED)
    program = tmp_path / "cache" / "bin" / "scrubber"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable}\nfrom scrubber.cli import main\nmain()\n")
    program.chmod(0o755)
    inside = {"PRE_COMMIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    bare = f"{program.parent}:/usr/bin:/bin"
    said = _run(tmp_path, "check", "a.md", program=str(program), PATH=bare, **inside).stderr
    assert f" {program} review a.md\n" in said
    home = {"HOME": str(tmp_path)}
    said = _run(tmp_path, "check", "a.md", program=str(program), PATH=bare, **inside, **home).stderr
    assert " ~/cache/bin/scrubber review a.md\n" in said


@pytest.mark.parametrize(
    "name", ["a b", "a'b", "$(x)", "two\nlines", "é", "tab\t'\\", "\x1b[31m", "\udce9", "~", ""]
)
def test_a_shell_reads_the_name_that_was_quoted(name: str) -> None:
    word = hook.quoted(name)
    assert word.isprintable()
    said = subprocess.run(
        ["bash", "-c", f"printf %s {word}"], capture_output=True, check=True
    ).stdout
    assert said == os.fsencode(name)


def test_a_text_that_is_named_like_an_option_is_a_text(tmp_path: Path) -> None:
    log = tmp_path / "--edits=log.jsonl"
    log.write_text('{"text": "The mayor signed the treatyBut the council refused."}\n')
    assert _run(tmp_path, "fix", "-q", "--select", "links", log.name).returncode == 1
    assert os.listdir(tmp_path) == [log.name]
    assert log.read_text() == '{"text": "The mayor signed the treaty, but the council refused."}\n'


def test_a_file_that_is_named_like_a_whole_option_takes_nothing_away(tmp_path: Path) -> None:
    for name in ("a.md", "--diff", "--select=links", "-q"):
        (tmp_path / name).write_text(GLUED)
    done = _run(tmp_path, "fix", "--diff", "-q", "--select=links", "a.md")
    assert (done.returncode, done.stderr) == (1, "")
    assert "\n--- a/a.md\n" in done.stdout
    assert (tmp_path / "a.md").read_text() == GLUED


def test_the_ledger_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FIXED)
    (tmp_path / "scrubber.toml").write_text('decisions = "said.jsonl"\n')
    (tmp_path / "said.jsonl").write_text(
        '{"verdict": "reject", "scope": "rule", "rule": "links/glued-capital"}\n'
    )
    for words in (("check", "said.jsonl", "a.md"), ("fix", "said.jsonl", "a.md"), ("check", ".")):
        done = _run(tmp_path, *words)
        assert (done.returncode, "1 file." in done.stderr) == (0, True), done.stderr
