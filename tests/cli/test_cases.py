"""Runs cases.toml through the real command, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

DATA = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
COMMAND = [sys.executable, "-m", "scrubber"]


def _filled(text: str) -> str:
    """Put the named texts in; with a 1 behind the name, without the line feed."""
    for name, value in DATA["texts"].items():
        text = text.replace(f"${name}1", value[:-1]).replace(f"${name}", value)
    return text


def _run(
    folder: Path, *args: str, stdin: str = "", **more: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **more}
    return subprocess.run(
        [*COMMAND, *args],
        cwd=folder,
        input=stdin.encode(),
        capture_output=True,
        check=False,
        env=environment,
    )


@pytest.mark.parametrize("case", DATA["case"], ids=lambda case: case["name"])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    before = {name: _filled(content).encode() for name, content in case.get("files", {}).items()}
    for name, content in before.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    done = _run(tmp_path, *case["args"], stdin=_filled(case.get("stdin", "")))
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == case["exit"], out + err
    for text in case.get("out", []):
        assert text in out
    for text in case.get("out_not", []):
        assert text not in out
    for text in case.get("err", []):
        assert text in err
    if "out_is" in case:
        assert out == _filled(case["out_is"])
    if "err_is" in case:
        assert err == case["err_is"]
    if "err_lines" in case:
        assert err.count("\n") == case["err_lines"], err
    assert "Traceback" not in err
    after = before | {name: _filled(text).encode() for name, text in case.get("after", {}).items()}
    found = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in found} == after


def test_fix_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(_filled("$glued\nSource link\n"))
    assert _run(tmp_path, "fix", "-q", "a.txt").returncode == 1
    once = file.read_bytes()
    assert _run(tmp_path, "fix", "-q", "a.txt").returncode == 0
    assert file.read_bytes() == once


def test_the_diff_gives_what_fix_writes(tmp_path: Path) -> None:
    folder, other = tmp_path / "a", tmp_path / "b"
    for place in (folder, other):
        (place / "sub dir").mkdir(parents=True)
        (place / "sub dir" / "é.txt").write_bytes(_filled("One\r\n$glued\r\nSource link").encode())
        (place / "d.jsonl").write_text(_filled('{"text": "$glued1"}\n{"text": "x"}\n'))
    patch = _run(folder, "fix", "-q", "--diff", ".").stdout
    applied = subprocess.run(["git", "apply"], cwd=folder, input=patch, check=False)
    assert applied.returncode == 0
    assert _run(other, "fix", "-q", ".").returncode == 1
    for name in ("sub dir/é.txt", "d.jsonl"):
        assert (folder / name).read_bytes() == (other / name).read_bytes()


def test_an_odd_locale_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "é.txt").write_bytes(_filled("“$glued1”").encode())
    done = _run(tmp_path, "check", "é.txt", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "“treaty, but”".encode() in done.stdout


def test_colour_only_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_filled("$glued"))
    assert b"\x1b[" not in _run(tmp_path, "check", "a.txt").stdout
    for variables, expected in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        shown = _on_a_terminal(tmp_path, [*COMMAND, "check", "a.txt"], **variables)
        assert (b"\x1b[" in shown) is expected


def _on_a_terminal(folder: Path, command: list[str], **variables: str) -> bytes:
    import pty

    environment = {**os.environ, "TERM": "xterm", **variables}
    if "NO_COLOR" not in variables:
        environment.pop("NO_COLOR", None)
    main, other = pty.openpty()
    with subprocess.Popen(command, cwd=folder, stdout=other, env=environment) as process:
        os.close(other)
        shown = b""
        while True:
            try:
                piece = os.read(main, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait()
    os.close(main)
    return shown


def test_a_reader_that_leaves_early(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_filled("$clean" + "Source link\n") * 3000)
    line = f"{sys.executable} -m scrubber check --format jsonl a.txt | head -1"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.count("\n") == 1
    assert done.stderr.count("Traceback") == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT TESTED: there is no /dev/full")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_filled("$glued"))
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "check", "-q", "a.txt"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_completion(tmp_path: Path) -> None:
    def complete(words: str, at: int) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from scrubber.cli import main; main()"],
            env={
                **os.environ,
                "_SCRUBBER_COMPLETE": "bash_complete",
                "COMP_WORDS": words,
                "COMP_CWORD": str(at),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    assert "check" in complete("scrubber ch", 1)
    assert "links/glued-capital" in complete("scrubber check --select links/glued-c", 3)
    assert "--suggested" in complete("scrubber fix --sug", 2)
