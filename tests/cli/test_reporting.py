"""`check --format` and `--output` through the real command."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from scrubber.cli.commands import group

GLUED = "The mayor signed the treatyBut the council refused.\n"
CLEAN = "The ferry leaves at nine. Nothing is wrong with it.\n"
FORMATS = "text jsonl json sarif rdjsonl github gitlab junit html".split()


def _run(folder: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "scrubber", "check", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        check=False,
    )


def _inside(folder: Path, *args: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
    """Run within this process, which is faster: the code, standard output and standard error."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(group, ["check", *args], input=stdin, standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value), done.stdout_bytes, done.stderr_bytes


def _all_lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


READ: dict[str, Callable[[str], Any]] = {
    "json": json.loads,
    "sarif": json.loads,
    "gitlab": json.loads,
    "jsonl": _all_lines,
    "rdjsonl": _all_lines,
    "junit": ET.fromstring,
}


@pytest.mark.parametrize("form", FORMATS)
def test_the_exit_code_is_that_of_any_format(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    (tmp_path / "b.txt").write_text(CLEAN)
    read = READ.get(form, str)
    for paths, code in ((["a.txt"], 1), (["b.txt"], 0), (["a.txt", "none.txt"], 2)):
        exited, out, err = _inside(tmp_path, "-q", "--format", form, *paths)
        assert exited == code
        read(out.decode())
        assert err.count(b"\n") == (code == 2)


@pytest.mark.parametrize("form", FORMATS)
def test_standard_input_has_a_name(form: str, tmp_path: Path) -> None:
    code, out, _ = _inside(tmp_path, "-q", "--format", form, "-", stdin=GLUED.encode())
    assert code == 1
    shown = {
        "text": "-:1:22: fix",
        "github": "::error file=-,line=1,col=22,",
        "junit": '<testcase name="-"',
        "sarif": '"uri": "-"',
        "html": "<bdi>-:1:22</bdi>",
    }
    assert shown.get(form, '"path": "-"') in out.decode()


@pytest.mark.parametrize("form", FORMATS)
def test_output_is_what_would_be_shown(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    _, shown, _ = _inside(tmp_path, "-q", "--format", form, "a.txt")
    assert _inside(tmp_path, "-q", "--format", form, "a.txt", "-o", "report") == (1, b"", b"")
    assert (tmp_path / "report").read_bytes() == shown
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "report"}


def test_a_summary_says_what_the_file_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    done = _run(tmp_path, "--format", "sarif", "a.txt", "--output", "a.sarif")
    assert done.stderr.startswith(b"1 finding in 1 file")
    assert _run(tmp_path, "--format", "sarif", "a.txt").stderr == b""


def test_output_takes_the_place_of_an_earlier_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLEAN)
    report = tmp_path / "report.txt"
    report.write_text("an earlier “report” of hurtBut\n")
    report.chmod(0o640)
    (tmp_path / "link.txt").symlink_to(report)
    assert _run(tmp_path, "-q", ".", "-o", "link.txt").returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert report.read_bytes() == b""  # and it was not one of the texts to check
    assert stat.S_IMODE(report.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("a.txt", "is one of the texts to check"),
        ("./sub/../a.txt", "is one of the texts to check"),
        ("sub", "is a folder"),
        ("none/report", "cannot be written: no such file or directory"),
    ],
)
def test_output_that_cannot_be(output: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    (tmp_path / "sub").mkdir()
    done = _run(tmp_path, "a.txt", "-o", output)
    assert done.returncode == 2
    assert done.stdout == b""
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert (tmp_path / "a.txt").read_text() == GLUED
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "sub"}


def test_a_run_that_fails_leaves_the_earlier_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    (tmp_path / "report").write_text("earlier")
    code = (
        "import sys; sys.argv = ['scrubber', 'check', 'a.txt', '-o', 'report']\n"
        "from scrubber.cli import main, outcomes\n"
        "def fails(*args, **more): raise RuntimeError('of our own')\n"
        "outcomes.settled = fails\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert (tmp_path / "report").read_text() == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "report"}


def test_output_to_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=tmp_path, stdout=subprocess.PIPE) as reader:
        assert _run(tmp_path, "-q", "a.txt", "--format", "jsonl", "-o", "pipe").returncode == 1
        out, _ = reader.communicate()
    assert json.loads(out)["text"] == "treatyBut"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_one_format_imports_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GLUED)
    modules = "sarif", "rdjsonl", "github", "gitlab", "junit", "html"
    for form in ("text", "sarif", "html"):
        code = (
            "import sys\n"
            "from scrubber.cli.commands import group\n"
            f"args = ['check', '-q', '--format', '{form}', 'a.txt']\n"
            "assert group.main(args, standalone_mode=False) == 1\n"
            "print(file=sys.stderr, *sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False
        )
        loaded = set(done.stderr.decode().split())
        assert {name for name in modules if f"scrubber.report.{name}" in loaded} == {form} - {
            "text"
        }
