"""What may happen to a run: nothing is half-written, lost or doubled, and it can go on.

The long form of the first test, thirty kills over many shards, is `disturbed.py`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from disturbed import begun, ended, files, killed_at_random, make, mounted, workers

from scrubber.bulk.plan import Planned, portions

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="NOT TRIED: worker processes are found by /proc"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards") / "data"
    make(folder, 8, 30)
    return folder


@pytest.fixture(scope="module")
def wanted(data: Path) -> dict[str, bytes]:
    """What an undisturbed run writes."""
    out = data.parent / "whole"
    code, told = ended(begun(data, out, "--workers", "1"))
    assert code == 2, "a broken line is told of"
    assert told.count("line 2") == 1
    return files(out)


@needs_proc
def test_killed_and_gone_on_with_it_is_as_if_nothing_had_happened(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    assert len(wanted) > 16
    killed_at_random(data, tmp_path / "out", wanted, kills=3, longest=2.5, seed=5)


def _shards(out: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(out).items() if name.startswith("part")}


def _first_output(out: Path, run: subprocess.Popen[str]) -> None:
    """Wait until a shard is done."""
    while run.poll() is None and not list(out.glob("part-*")):
        time.sleep(0.005)


def test_a_shard_that_goes_in_mid_run_is_told_and_the_others_are_done(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    own, out = tmp_path / "data", tmp_path / "out"
    own.mkdir()
    for shard in data.iterdir():
        os.link(shard, own / shard.name)
    last = max(own.iterdir())
    run = begun(own, out, "--workers", "1")
    _first_output(out, run)
    last.unlink()
    code, told = ended(run)
    assert code == 2
    assert f"scrubber: {last}: no such file\n" in told
    assert "1 of 8 files not done; the same command does what is left." in told
    now = files(out)
    assert not [name for name in now if last.name in name]
    assert {name for name in wanted if last.name not in name} == set(now)
    os.link(data / last.name, last)
    ended(begun(own, out, "-q"))
    assert files(out).keys() == wanted.keys()
    assert all(data == wanted[name] for name, data in _shards(out).items())


@needs_proc
def test_a_killed_worker_is_told_and_what_is_left_can_be_done(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    make(data, 24, 60)
    shards = [Planned(path, path.name, path.stat().st_size) for path in data.iterdir()]
    in_hands = sum(sorted(len(portion) for portion in portions(shards, 2))[-2:])
    assert in_hands < 12
    run = begun(data, out, "--workers", "2")
    _first_output(out, run)
    crew = workers(run)
    assert len(crew) == 2
    os.kill(crew[0], signal.SIGKILL)
    code, told = ended(run)
    assert code == 2
    assert "a worker process was killed" in told
    assert "the same command does what is left" in told
    now = _shards(out)
    assert 24 > len(now) >= 24 - in_hands, "what was in no worker's hands is done all the same"
    assert not list(out.rglob(".tmp-*"))
    ended(begun(data, out, "-q"))
    whole = tmp_path / "whole"
    ended(begun(data, whole, "--workers", "1"))
    assert files(out) == files(whole)


def test_markers_of_other_settings_hold_nothing(
    data: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ended(begun(data, out, "-q", "--select", "case"))
    other = files(out)
    code, told = ended(begun(data, out))
    assert code == 2
    assert "was cleaned with other settings (options, rules)" in told
    assert told.count("\n") == 1
    assert files(out) == other
    ended(begun(data, out, "-q", "--force"))
    settings = "_scrubber/manifest.json"
    wanted = wanted | {settings: (out / settings).read_bytes()}  # it knows of both
    assert files(out) == wanted
    shard = next(name for name in wanted if name.startswith("part"))
    marker = out / "_scrubber" / "markers" / f"{shard}.json"
    plain = json.loads(marker.read_bytes())
    marker.write_text(json.dumps(plain | {"settings": "0" * 32}))
    ended(begun(data, out, "-q"))
    assert files(out) == wanted, "a forced run that was killed goes on without --force"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    if not mounted(place, 400 << 10):
        pytest.skip("NOT TRIED: a full disk; mounting one needs root")
    yield place
    subprocess.run(["umount", place], check=False)


def test_a_full_disk_is_told_and_nothing_is_half_written(
    data: Path, wanted: dict[str, bytes], small_disk: Path
) -> None:
    out = small_disk / "out"
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 200_000)
    code, told = ended(begun(data, out, "--workers", "2"))
    assert code == 2
    assert "cannot be written: no space left on device" in told
    assert "not done" in told
    now = _shards(out)
    assert 0 < len(now) < 8
    assert all(data == wanted[name] for name, data in now.items())
    assert not list(out.rglob(".tmp-*"))
    ballast.unlink()
    ended(begun(data, out, "-q"))
    assert files(out) == wanted
