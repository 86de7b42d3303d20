from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from scrubber.bulk import room

WORK = """
import time
from scrubber.bulk.room import room
with room() as folder:
    (folder / "large").write_bytes(b"x")
    print("ready", flush=True)
    time.sleep(60)
"""


def test_a_room_is_empty_and_gone_at_the_end() -> None:
    with room.room() as folder:
        assert not list(folder.iterdir())
        (folder / "a").write_text("a")
    assert not folder.exists()
    assert not folder.parent.exists()


def test_the_rooms_of_killed_workers_are_taken_out_and_no_others(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    env = os.environ | {"TMPDIR": str(tmp_path)}
    crew = [
        subprocess.Popen([sys.executable, "-c", WORK], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        for worker in crew:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
            worker.stdout.close()
        crew[0].send_signal(signal.SIGKILL)
        crew[0].wait()
        room.swept(tmp_path)
        assert len(list(tmp_path.iterdir())) == 2, "the lock of a young one may not be taken yet"
        before = time.time() - 2 * room.YOUNG
        for lock in tmp_path.glob("*/lock"):
            os.utime(lock, (before, before))
        (tmp_path / f"{room.PREFIX}other").mkdir()
        room.swept(tmp_path)
        left = {path.name: path for path in tmp_path.iterdir()}
        assert left.pop(f"{room.PREFIX}other").is_dir(), "what has no lock is not known"
        (alive,) = left.values()
        assert (alive / "in" / "large").exists()
    finally:
        for worker in crew:
            worker.kill()
            worker.wait()


def test_sweeping_comes_before_the_first_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{room.PREFIX}left"
    left.mkdir()
    (left / "lock").touch()
    os.utime(left / "lock", (1, 1))
    with room.room() as folder:
        assert folder.is_relative_to(tmp_path)
    assert not left.exists()
