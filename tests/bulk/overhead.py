"""What a Ray cluster on loopback costs, beside local runs over the same prose, in turns.

A node of it is a core: the machine is the cluster. So two things are measured:

- two nodes at once beside a local run of two workers: the CPU time of all processes of the cluster
  and of the run, start-up and all, and the pace;
- each node alone, bound to a core with its worker, beside a local run of one worker bound to the
  same core; head and run have the other cores, as they have their own machine elsewhere. What the
  worker waited for the core, because others had it, is taken off the time of both.

Figures are medians over turns of what stood side by side, for the machine may have other work; then
CPU time is what to trust, and the pace of two at once only where it repeats.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import prose
from disturbed import files
from loopback import Cluster, on, waited

FILES, DRAWN = 4, 25_000_000
"""Files, and the bytes of prose drawn for each, which are then repeated."""

LOOK = 0.5
"""Seconds between two looks at the processes of a cluster."""

NODES = ("node0", "node1")


class Taken(NamedTuple):
    """What a run took in seconds: CPU of all its processes, time, and the CPU of each node.

    `waited` is for how long the one process that did the work waited for a processor.
    """

    cpu: float
    wall: float
    nodes: Mapping[str, float] = {}
    waited: float = 0.0

    @property
    def own(self) -> float:
        """The time it would have taken, had nobody else had the processor."""
        return self.wall - self.waited


def compared(out: Path, wanted: dict[str, bytes]) -> None:
    """Make sure that all files are those of a local run, and none is left over."""
    now = files(out)
    assert now.keys() == wanted.keys(), sorted(now.keys() ^ wanted.keys())
    assert [name for name in now if now[name] != wanted[name]] == []


def measured(folder: Path, seconds: int, turns: int) -> None:
    """Print what a cluster costs on jobs that keep each local worker busy for so long."""
    data = _data(folder / "prose")
    first = _long_enough(folder, data, seconds)
    megabytes = sum(path.stat().st_size for path in data.iterdir()) / 1e6
    print(f"{megabytes:,.0f} MB of prose, 1 % of it damaged, {turns} turns", flush=True)
    together = [_together(folder, data, None if turn else first) for turn in range(turns)]
    half = sorted(data.iterdir())[: FILES // 2]
    cores = sorted(os.sched_getaffinity(0))[: len(NODES)]
    alone = {
        name: [_alone(folder, half, core) for _ in range(turns)]
        for name, core in zip(NODES, cores, strict=True)
    }
    cpu, pace = _ratios(together)
    print(f"two nodes beside two workers: {cpu:.2f} of their CPU time (asked: 1.3 at most),")
    print(f"  {pace:.2f} of their pace")
    for name, pairs in alone.items():
        cpu, _ = _ratios(pairs)
        pace = median(local.own / far.own for local, far in pairs)
        print(f"{name} alone beside a worker on its core: {pace:.2f} of its pace (asked: 0.85),")
        print(f"  {cpu:.2f} of its CPU time, head and run with it")


def _data(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for number in range(FILES):
        prose.write(folder / f"{number}.jsonl", DRAWN, damaged=0.01, seed=number)
    return folder


def _long_enough(folder: Path, data: Path, seconds: int) -> Taken:
    """Repeat what files hold until each of two workers is busy so long; what the last run took.

    A short run tells little of a long one: the first megabytes are the dearest, for words are
    judged once.
    """
    drawn = {path: path.read_bytes() for path in data.iterdir()}
    copies = 1
    while True:
        for path, content in drawn.items():
            path.write_bytes(content * copies)
        taken = _locally(folder, data)
        if taken.cpu / 2 >= seconds:
            return taken
        shutil.rmtree(folder / "local")
        copies = int(copies * min(4.0, 1.2 * seconds * 2 / taken.cpu)) + 1


def _locally(folder: Path, data: Path) -> Taken:
    return _timed([*_clean(folder / "local", data), "--workers", "2"], os.environ)


def _ratios(pairs: Sequence[tuple[Taken, Taken]]) -> tuple[float, float]:
    """The CPU time of the second of each pair in those of the first, and its pace; medians."""
    cpu = median(far.cpu / local.cpu for local, far in pairs)
    return cpu, median(local.wall / far.wall for local, far in pairs)


def _clean(out: Path, *data: Path) -> list[str]:
    return [sys.executable, "-m", "scrubber", "clean", "-q", *map(str, data), "-o", str(out)]


def _together(folder: Path, data: Path, here: Taken | None) -> tuple[Taken, Taken]:
    local, far = folder / "local", folder / "far"
    here = here or _locally(folder, data)
    there = _on_a_cluster(Cluster(folder / "c"), NODES, _clean(far, data))
    compared(far, files(local))
    for out in (local, far):
        shutil.rmtree(out)
    shares = ", ".join(f"{name} {cpu:.1f}" for name, cpu in there.nodes.items())
    print(f"two workers: {here.cpu:.1f} s of CPU in {here.wall:.1f} s")
    print(f"two nodes: {there.cpu:.1f} s of CPU ({shares}) in {there.wall:.1f} s", flush=True)
    return here, there


def _alone(folder: Path, shards: Sequence[Path], core: int) -> tuple[Taken, Taken]:
    local, far = folder / "local", folder / "far"
    here = _timed([*on([core]), *_clean(local, *shards), "--workers", "1"], os.environ, alone=True)
    others = os.sched_getaffinity(0) - {core}
    cluster = Cluster(folder / "c", cores=[core])
    there = _on_a_cluster(cluster, NODES[:1], [*on(others), *_clean(far, *shards)])
    compared(far, files(local))
    for out in (local, far):
        shutil.rmtree(out)
    for what, taken in (("worker", here), ("node", there)):
        told = f"{taken.cpu:.1f} s of CPU in {taken.wall:.1f} s, {taken.waited:.1f} of them waiting"
        print(f"a {what} on core {core}: {told}", flush=True)
    return here, there


def _on_a_cluster(cluster: Cluster, nodes: Sequence[str], command: list[str]) -> Taken:
    """What a run on a new cluster takes with all of its processes; it is ended then."""
    after: dict[str, dict[int, float]] = {name: {} for name in ("head", *nodes)}
    delays = [0.0]

    def look() -> None:
        for name, found in after.items():
            found.update(cluster.seconds(name))
        delays.extend(map(waited, cluster.workers()))

    try:
        cluster.begin(len(nodes))
        time.sleep(5)  # its own processes have begun
        before = {pid: spent for name in after for pid, spent in cluster.seconds(name).items()}
        own = _timed([*command, "--on", f"ray:{cluster.address}"], cluster.env, look)
    finally:
        cluster.end()
        shutil.rmtree(cluster.folder, ignore_errors=True)
    theirs = {
        name: sum(spent - before.get(pid, 0) for pid, spent in found.items())
        for name, found in after.items()
    }
    return Taken(own.cpu + sum(theirs.values()), own.wall, theirs, max(delays))


def _timed(
    command: list[str],
    env: Mapping[str, str],
    meanwhile: Callable[[], None] = lambda: None,
    *,
    alone: bool = False,
) -> Taken:
    """The CPU time of a command with its children, and the time it took.

    `meanwhile` is called now and then: workers of a cluster end with the run, and tell no more.
    Where the command works `alone`, it is asked how long it waited.
    """
    delay = 0.0
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.Popen(command, env=env)
    while run.poll() is None:
        meanwhile()
        delay = max(delay, waited(run.pid)) if alone else 0.0
        try:
            run.wait(LOOK)
        except subprocess.TimeoutExpired:
            continue
    assert run.returncode == 0
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(cpu, wall, waited=delay)
