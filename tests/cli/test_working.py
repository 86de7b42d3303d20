"""Many texts: what a run shows and writes depends neither on processes nor on results kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scrubber import kept

CLEAN = "The ferry leaves the harbour at nine every morning, and the crossing takes an hour.\n"
GLUED = "The mayor signed the treatyBut the council refused.\n"
SELECT = ("--select", "links/glued-capital,links/glued-mark")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a megabyte of texts, some damaged, and what cannot be read in between."""
    folder = tmp_path_factory.mktemp("texts")
    for at in range(60):
        name = folder / f"{at:02}{('.md', '.txt', '.html')[at % 3]}"
        lines = [f"Text {at}.\n", *[CLEAN] * 100]
        if at % 4 == 0:
            lines[at] = GLUED
        name.write_text("\n".join(lines), encoding="utf-8")
    (folder / "07.md").write_bytes(b"\0binary")
    (folder / "31.txt").write_bytes(b"\xff not UTF-8")
    (folder / "33.jsonl").write_text(f'{{"text": "{GLUED[:-1]}"}}\nno record\n' * 3)
    return folder


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "scrubber", *map(str, args)]


def run(folder: Path, *args: object, cache: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "SCRUBBER_CACHE_DIR": str(cache)}
    return subprocess.run(
        command(*args), cwd=folder, capture_output=True, check=False, env=environment
    )


def test_a_report_is_the_same_however_it_is_made(texts: Path, tmp_path: Path) -> None:
    check = ("check", *SELECT, ".")
    alone = run(texts, *check, "--jobs", 1, "--no-cache", cache=tmp_path)
    assert alone.returncode == 2  # some cannot be read
    assert alone.stdout.count(b"glued-capital") == 18
    assert not list(tmp_path.glob("results-*"))
    for jobs, *more in ((2, "--no-cache"), (2,), (1,)):
        done = run(texts, *check, "--jobs", jobs, *more, cache=tmp_path)
        assert (done.stdout, done.stderr) == (alone.stdout, alone.stderr)
        assert done.returncode == 2
        assert len(list(tmp_path.glob("results-*"))) == ("--no-cache" not in more)


def test_repairs_are_the_same_however_they_are_made(texts: Path, tmp_path: Path) -> None:
    after = []
    for at, more in enumerate((("--jobs", 1, "--no-cache"), ("--jobs", 2), (), ("--diff",))):
        folder = tmp_path / str(at)
        shutil.copytree(texts, folder)
        done = run(folder, "fix", *SELECT, ".", *more, cache=tmp_path / "cache")
        files = {file.name: file.read_bytes() for file in sorted(folder.iterdir())}
        after.append((done.stdout, done.stderr, done.returncode, files))
    assert after[0] == after[1] == after[2]
    assert b"treaty, but" in after[0][3]["04.txt"]
    assert after[3][0].count(b"+The mayor signed the treaty, but") == 15


def test_runs_at_the_same_time_share_what_is_kept(texts: Path, tmp_path: Path) -> None:
    check = ("check", "-q", *SELECT, ".", "--jobs", 1)
    alone = run(texts, *check, "--no-cache", cache=tmp_path)
    for _ in range(2):
        environment = {**os.environ, "SCRUBBER_CACHE_DIR": str(tmp_path)}
        running = [
            subprocess.Popen(command(*check), cwd=texts, stdout=subprocess.PIPE, env=environment)
            for _ in range(3)
        ]
        assert {each.communicate()[0] for each in running} == {alone.stdout}
        assert {each.returncode for each in running} == {2}
        (file,) = tmp_path.glob("results-*")
        assert isinstance(kept.load(str(file)), dict)


def test_a_folder_that_cannot_be_used_changes_nothing(texts: Path, tmp_path: Path) -> None:
    check = ("check", *SELECT, ".")
    alone = run(texts, *check, "--no-cache", cache=tmp_path)
    (tmp_path / "file").write_text("")
    done = run(texts, *check, cache=tmp_path / "file")
    assert (done.stdout, done.stderr) == (alone.stdout, alone.stderr)


def _children(pid: int) -> set[int]:
    """The processes that a process has started, by the tree of processes that Linux shows."""
    try:
        names = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return set()
    return set(map(int, names.split()))


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def slow(texts: Path, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose other processes are in the middle of their work."""
    if not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
        pytest.skip("the processes that a process has started are not shown here")
    pack = tmp_path / "slow.toml"
    pack.write_text(
        '[[rule]]\nid = "slow"\nabout = "It never ends."\nwhy = "To wait."\nsafety = "None."\n'
        'action = "report"\nmatch = "(?:a|aa)+[!?]{2}"\n'
        'example = [{ bad = "⟦a!!⟧" }, { ok = "a!" }]\n'
    )
    for file in texts.glob("*.*"):
        end = b"a" * 5000 if file.name != "00.md" else b""  # the first one is looked at here
        (tmp_path / file.name).write_bytes(file.read_bytes() + end)
    args = command("check", "--pack", pack, "--select", "slow", "--jobs", 2, "--no-cache", ".")
    running = subprocess.Popen(
        args, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    )
    deadline = time.monotonic() + 60
    while len(_children(running.pid)) < 2:
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    yield running
    running.kill()
    running.communicate()


@pytest.mark.parametrize("to_all", [True, False])
def test_ctrl_c_ends_all_processes(slow: subprocess.Popen[bytes], to_all: bool) -> None:
    children = _children(slow.pid)
    time.sleep(0.2)
    if to_all:
        os.killpg(slow.pid, signal.SIGINT)
    else:
        slow.send_signal(signal.SIGINT)
    _, err = slow.communicate(timeout=30)
    assert err.decode().strip() == "scrubber: stopped; a file is either repaired or as it was"
    assert slow.returncode == 2
    assert not any(map(_lives, children))


def test_processes_end_with_the_first_one(slow: subprocess.Popen[bytes]) -> None:
    children = _children(slow.pid)
    time.sleep(0.2)
    slow.kill()
    deadline = time.monotonic() + 30
    while any(map(_lives, children)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
