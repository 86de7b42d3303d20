from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from scrubber.bulk import workers
from scrubber.bulk.attempts import Failed
from scrubber.bulk.model import ShardError
from scrubber.bulk.plan import SMALL, Planned


class Work(NamedTuple):
    """Does what a shard's name says."""

    folder: Path

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> str:
        tick(1)
        match shard.name.split("-")[0]:
            case "broken":
                raise ShardError("is broken")
            case "gone":
                raise FileNotFoundError(2, "No such file", str(shard.source))
            case "fault":
                raise KeyError("fault")
            case "full":
                raise OSError(28, "No space left on device")
            case "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            case "slow":
                for _ in range(600):
                    time.sleep(0.05)
                    tick(2)
        (self.folder / shard.name).touch()
        return shard.name.upper()


def _run(folder: Path, names: list[str], count: int, size: int = SMALL) -> dict[str, str | Failed]:
    shards = [Planned(folder / name, name, size) for name in names]
    return {s.name: done for s, done in workers.run(Work(folder), shards, count, lambda at: None)}


@pytest.mark.parametrize(("count", "begun"), [(1, ""), (2, "spawn"), (2, "fork")])
def test_each_shard_is_done_once_and_what_fails_fails_alone(
    tmp_path: Path, count: int, begun: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if begun not in ("", *multiprocessing.get_all_start_methods()):
        pytest.skip(f"NOT TRIED: no {begun} on this system")
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context(begun))
    names = ["a", "broken", "gone", "fault", *"bcdefg"]
    done = _run(tmp_path, names, count)
    assert len(done) == len(names)
    assert done["broken"] == Failed("is broken")
    assert done["gone"] == Failed("no such file")
    assert isinstance(done["fault"], Failed)
    assert "KeyError" in done["fault"].problem
    assert [done[name] for name in "abcdefg"] == list("ABCDEFG")


def test_a_full_disk_ends_the_run_and_what_others_had_begun(tmp_path: Path) -> None:
    start = time.monotonic()
    done = _run(tmp_path, ["slow", "full", *"abc"], 2)
    assert time.monotonic() - start < 20
    assert done == {"full": Failed("cannot be written: no space left on device", stops=True)}
    assert list(tmp_path.iterdir()) == []
    alone = _run(tmp_path, ["a", "full", "b"], 1)
    assert list(alone) == ["a", "full"]


def test_a_worker_that_is_killed_takes_few_with_it(tmp_path: Path) -> None:
    done = _run(tmp_path, ["dies", *"abcdefgh"], 2)
    lost = {name for name, result in done.items() if isinstance(result, Failed)}
    assert len(done) == 9
    assert "dies" in lost
    assert len(lost) <= 2
    assert all("killed" in str(done[name]) for name in lost)


def test_workers_that_are_always_killed_end_the_run(tmp_path: Path) -> None:
    names = [f"dies-{number}" for number in range(12)]
    done = _run(tmp_path, names, 2)
    assert sorted(done) == sorted(names)
    assert all(isinstance(result, Failed) for result in done.values())


def test_closing_a_run_gives_up_what_was_begun(tmp_path: Path) -> None:
    shards = [Planned(tmp_path / name, name, SMALL) for name in ["a", "slow", "b", "c"]]
    start = time.monotonic()
    run = workers.run(Work(tmp_path), shards, 2, lambda at: None)
    next(run)
    run.close()
    assert time.monotonic() - start < 20
    assert not (tmp_path / "slow").exists()


def test_a_process_with_threads_is_not_copied() -> None:
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    assert workers._context().get_start_method() == "spawn"
    end.set()
    other.join()


def test_few_bytes_need_no_worker(tmp_path: Path) -> None:
    small = [Planned(tmp_path, str(number), 10) for number in range(100)]
    empty = [Planned(tmp_path, str(number), 0) for number in range(3)]
    large = [Planned(tmp_path, str(number), workers.SMALL) for number in range(3)]
    assert workers.count(None, small) == 1
    assert workers.count(2, small) == 2
    assert workers.count(2, empty) == 1
    assert workers.count(2, []) == 1
    assert workers.count(2, large) == 2
    assert workers.count(9, large) == 3
    assert workers.count(None, large) >= 1
