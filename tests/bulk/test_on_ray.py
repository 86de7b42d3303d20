"""Shards on a cluster. The long form, on nodes that are killed, is `cluster.py`."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from buckets import needs_ray
from disturbed import begun, ended, files, make

from scrubber.bulk import on_ray
from scrubber.bulk.attempts import Failed
from scrubber.bulk.on_ray import _task, token
from scrubber.bulk.plan import Planned

HERE = socket.gethostname()


class Work(NamedTuple):
    """Tells of what it did."""

    folder: Path

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> str:
        return f"{self.folder}: {shard.name}"


class OnGpu(Work):
    """Uses a GPU."""

    on_gpu = True


class Elsewhere(NamedTuple):
    """Cannot be had on another machine."""

    path: Path

    def __reduce__(self) -> tuple[object, ...]:
        return open, (str(self.path / "gone"),)


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text("{}")
    return path


@pytest.fixture
def shard(tmp_path: Path) -> Planned:
    (tmp_path / "a.txt").write_text("a")
    return Planned(tmp_path / "a.txt", "a.txt", 1)


def _problem(results: list[object]) -> str:
    (result,) = results
    assert isinstance(result, Failed)
    assert HERE in result.problem
    return result.problem


def test_a_worker_that_agrees_does_it(tmp_path: Path, seen: Path, shard: Planned) -> None:
    data = pickle.dumps(Work(tmp_path))
    assert _task(data, token(str(seen)), [shard, shard]) == [f"{tmp_path}: a.txt"] * 2
    assert _task(data, token(None), [shard]) == [f"{tmp_path}: a.txt"]


def test_a_worker_says_in_what_it_is_another(tmp_path: Path, seen: Path, shard: Planned) -> None:
    data, wanted = pickle.dumps(Work(tmp_path)), token(str(seen))
    other = wanted._replace(version="9")
    assert "and this run 9" in _problem(_task(data, other, [shard]))
    words = wanted._replace(common=tuple((k, "x" if k == "words" else v) for k, v in wanted.common))
    assert "has other words" in _problem(_task(data, words, [shard]))
    code = tuple((k, "x" if k == "rules or code" else v) for k, v in wanted.common)
    assert "other rules or code" in _problem(_task(data, wanted._replace(common=code), [shard]))
    packages = tuple((k, "ftfy 1" if k == "packages" else v) for k, v in wanted.common)
    assert "and this run ftfy 1" in _problem(_task(data, wanted._replace(common=packages), [shard]))


def test_a_worker_says_what_it_does_not_see(tmp_path: Path, seen: Path, shard: Planned) -> None:
    data, wanted = pickle.dumps(Work(tmp_path)), token(str(seen))
    gone = shard._replace(source=tmp_path / "b.txt")
    assert "does not see it" in _problem(_task(data, wanted, [gone]))
    other = shard._replace(size=7)
    assert "sees 1 bytes of it, and not 7" in _problem(_task(data, wanted, [other]))
    seen.write_text("other")
    assert "sees another" in _problem(_task(data, wanted, [shard]))
    seen.unlink()
    assert "all nodes have to share the folder" in _problem(_task(data, wanted, [shard]))
    work = pickle.dumps(Elsewhere(tmp_path))
    assert "FileNotFoundError" in _problem(_task(work, token(None), [shard]))


def test_relative_paths_begin_where_the_run_was_begun(
    tmp_path: Path, shard: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wanted = token(None)
    monkeypatch.chdir("/")
    own = shard._replace(source=Path("a.txt"))
    assert _task(pickle.dumps(Work(tmp_path)), wanted, [own]) == [f"{tmp_path}: a.txt"]


def test_without_ray_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, shard: Planned, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(on_ray.ClusterError, match=r"pip install 'scrubtext\[ray\]'"):
        list(on_ray.run(Work(tmp_path), [shard], "auto", None, lambda at: None))


def _clean(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrubber", "clean", str(data), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    for more, problem in (
        (("--on", "spark"), '"spark"'),
        (("--on", "ray", "--workers", "2"), "without --workers"),
    ):
        done = _clean(tmp_path, "-o", str(tmp_path / "out"), *more)
        assert done.returncode == 2
        assert problem in done.stderr


@needs_ray
def test_a_cluster_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("All is well.\n")
    env = os.environ | {"RAY_ADDRESS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "scrubber", "clean", "a.txt", "-o", "out", "--on", "ray"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "no Ray cluster at auto" in done.stderr


@needs_ray
def test_a_cluster_writes_and_counts_what_one_machine_does(tmp_path: Path) -> None:
    data = tmp_path / "data"
    make(data, 6, 30)
    rows = "".join(f'{{"text": "Page {n} of the treatyBut {"x" * 900}"}}\n' for n in range(3000))
    (data / "large.jsonl").write_text(rows)
    ways: dict[str, tuple[str, ...]] = {"one": (), "ray": ("--on", "ray:local", "--part-size", "1")}
    for name, more in ways.items():
        code, told = ended(begun(data, tmp_path / name, *more))
        assert code == 2
        assert told.count("line 2") == 1, told
    assert files(tmp_path / "ray") == files(tmp_path / "one")
    counted = []
    for more in ((), ways["ray"][:2]):
        out = tmp_path / f"{len(more)}.counts"
        command = [sys.executable, "-m", "scrubber", "count", str(data), "-o", str(out), "-q"]
        subprocess.run([*command, *more], capture_output=True, check=False)
        counted.append(out.read_bytes())
        assert not out.with_name(f"{out.name}.parts").exists()
    assert counted[0] == counted[1]
    evidence = ("--evidence", str(tmp_path / "0.counts"))
    for name, more in (("first", ()), ("second", ways["ray"])):
        assert ended(begun(data, tmp_path / name, *evidence, *more))[0] == 2
    assert files(tmp_path / "first") == files(tmp_path / "second")


class Fails(NamedTuple):
    """Kills its process the first times; how often is in a file for each shard."""

    folder: Path
    times: int

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> str:
        with (self.folder / f"{shard.name}.log").open("a") as file:
            file.write("x")
        if (self.folder / f"{shard.name}.log").stat().st_size <= self.times and shard.name == "b":
            os.kill(os.getpid(), signal.SIGKILL)
        return shard.name


def _shards(folder: Path, sizes: dict[str, int]) -> list[Planned]:
    for name, size in sizes.items():
        (folder / name).write_bytes(b"x" * size)
    return [Planned(folder / name, name, size) for name, size in sizes.items()]


@needs_ray
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::FutureWarning")
def test_what_a_lost_worker_had_is_done_again_so_often_and_the_others_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_ray, "RETRIES", 2)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))  # workers need this module
    shards, ticks = _shards(tmp_path, {"a": 5 << 20, "b": 6 << 20, "c": 7 << 20}), list[int]()
    found = dict(on_ray.run(Fails(tmp_path, 2), shards, "local", None, ticks.append))
    assert sorted(map(str, found.values())) == ["a", "b", "c"]
    assert (tmp_path / "b.log").read_text() == "xxx"
    assert ticks == sorted(ticks), "how far all workers are, together"
    (tmp_path / "b.log").unlink()
    found = dict(on_ray.run(Fails(tmp_path, 9), shards, "local", None, ticks.append))
    failed = [result for result in found.values() if isinstance(result, Failed)]
    assert len(failed) == 1
    assert "its worker was lost 3 times" in failed[0].problem
    assert (tmp_path / "b.log").read_text() == "xxx"


class _Cluster(SimpleNamespace):
    """Stands for Ray: tasks are done as they are waited for, the oldest first."""

    def __init__(self, processors: int, gpus: int = 0) -> None:
        super().__init__(exceptions=SimpleNamespace(), gpus=gpus, options={})
        self.most, self.begun = 0, list[tuple[Planned, ...]]()
        names = ("RaySystemError", "TaskCancelledError", "WorkerCrashedError", "NodeDiedError")
        for name in (*names, "OutOfMemoryError", "RayTaskError"):
            setattr(self.exceptions, name, type(name, (Exception,), {}))
        self.processors = processors

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": self.processors, "GPU": self.gpus}

    def put(self, thing: object) -> object:
        return thing

    def remote(self, **options: object) -> Callable[[object], object]:
        self.options = options

        def task(data: object, wanted: object, portion: tuple[Planned, ...]) -> int:
            self.begun.append(portion)
            return len(self.begun) - 1

        return lambda function: SimpleNamespace(remote=task)

    def wait(
        self, references: list[int], num_returns: int, timeout: float
    ) -> tuple[list[int], list[int]]:
        self.most = max(self.most, len(references))
        return references[:1], references[1:]

    def get(self, reference: int) -> list[str]:
        return [shard.name for shard in self.begun[reference]]


def test_few_tasks_are_begun_ahead_and_progress_is_that_of_all(tmp_path: Path) -> None:
    cluster, ticks = _Cluster(4), list[int]()
    shards = [Planned(tmp_path / str(n), str(n), 5 << 20) for n in range(300)]
    found = dict(on_ray._Run(cluster, Work(tmp_path), shards, None, ticks.append).run())
    assert {shard.name: name for shard, name in found.items()} == {
        str(n): str(n) for n in range(300)
    }
    assert cluster.most == 4 * on_ray.AHEAD
    assert ticks == [n * (5 << 20) for n in range(300)]


@pytest.mark.parametrize(("gpus", "uses", "taken"), [(2, True, 1), (0, True, 0), (2, False, 0)])
def test_a_task_takes_a_gpu_where_the_work_uses_one(
    tmp_path: Path, gpus: int, uses: bool, taken: int
) -> None:
    cluster = _Cluster(2, gpus)
    work = OnGpu(tmp_path) if uses else Work(tmp_path)
    on_ray._Run(cluster, work, [], None, lambda at: None)
    assert cluster.options["num_gpus"] == taken
