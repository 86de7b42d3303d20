"""Shards on a cluster. The long form, on nodes that are killed, is `cluster.py`."""

from __future__ import annotations

import importlib.util
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from disturbed import begun, ended, files, make

from scrubber.bulk import on_ray
from scrubber.bulk.attempts import Failed
from scrubber.bulk.on_ray import _task, token
from scrubber.bulk.plan import Planned

HERE = socket.gethostname()

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="NOT TRIED: Ray is not installed"
)


class Work(NamedTuple):
    """Tells of what it did."""

    folder: Path

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> str:
        return f"{self.folder}: {shard.name}"


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
    assert _task(data, token(seen), [shard, shard]) == [f"{tmp_path}: a.txt"] * 2
    assert _task(data, token(None), [shard]) == [f"{tmp_path}: a.txt"]


def test_a_worker_says_in_what_it_is_another(tmp_path: Path, seen: Path, shard: Planned) -> None:
    data, wanted = pickle.dumps(Work(tmp_path)), token(seen)
    other = wanted._replace(version="9")
    assert "and this run 9" in _problem(_task(data, other, [shard]))
    words = wanted._replace(common=tuple((k, "x" if k == "words" else v) for k, v in wanted.common))
    assert "has other words" in _problem(_task(data, words, [shard]))
    packages = tuple((k, "ftfy 1" if k == "packages" else v) for k, v in wanted.common)
    assert "and this run ftfy 1" in _problem(_task(data, wanted._replace(common=packages), [shard]))


def test_a_worker_says_what_it_does_not_see(tmp_path: Path, seen: Path, shard: Planned) -> None:
    data, wanted = pickle.dumps(Work(tmp_path)), token(seen)
    gone = shard._replace(source=tmp_path / "b.txt")
    assert "does not see it" in _problem(_task(data, wanted, [gone]))
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
