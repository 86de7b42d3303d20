"""A Ray cluster of separate processes on loopback: the bytes of one machine, whatever is killed.

    python tests/bulk/cluster.py FOLDER [--kills 5] [--seconds 60]

A head without processors and two nodes of one each. What a run on it writes is compared with that
of a local run; then worker processes, whole nodes and the run itself are killed by SIGKILL (the run
is then begun again), and compared each time. When a kill comes is drawn by how much is done, and
none comes, or counts, unless a worker is at work and shards are missing. Then its cost is measured:
see `overhead.py`.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from disturbed import DAMAGED, begun, ended, files, make
from loopback import Cluster, kill
from overhead import compared, measured

SHARDS, RECORDS, LARGE = 60, 1_000, 30_000
"""Shards and their records, and those of the file that is done in parts: 130 MB together, of which
two busy nodes are done in 8 s."""

LATEST = 0.8
"""The share of shards that are done when the last kills come."""


def large(path: Path, records: int) -> None:
    """Write a file that is done in parts: records without an id, a broken line among them."""
    with path.open("w") as file:
        for row in range(records):
            if row == records // 2:
                file.write("broken\n")
            hurt = DAMAGED if row % 10 == 0 else "All is well."
            file.write(f'{{"text": "Page {row}. {hurt}", "more": "{"x" * 500}"}}\n')


def run(cluster: Cluster, data: Path, out: Path) -> subprocess.Popen[str]:
    """Begin a run on the cluster."""
    more = ("--on", f"ray:{cluster.address}", "--part-size", "1", "-q")
    return begun(data, out, *more, **cluster.env)


def shards(out: Path) -> int:
    """How many shards are in their places."""
    return sum(1 for path in out.glob("*") if path.is_file() and not path.name.startswith(".tmp-"))


def killed(cluster: Cluster, data: Path, wanted: dict[str, bytes], kills: int, seed: int) -> None:
    """Kill in the midst of runs: a worker, a node, the run; compare what comes of each."""
    rng, out = random.Random(seed), data.parent / "out"
    whole = sum(1 for name in wanted if not name.startswith("_"))
    for what in ("worker", "node", "run"):
        hit = 0
        while hit < kills:
            shutil.rmtree(out, ignore_errors=True)
            job = run(cluster, data, out)
            struck = _midst(cluster, job, out, rng.uniform(0, LATEST) * whole) and _struck(
                cluster, job, what, rng
            )
            done = shards(out)
            if struck and done < whole:
                hit += 1
                print(f"{what} killed, {done} of {whole} files done", flush=True)
            code, told = ended(job)
            if what == "run" or code < 0:
                code, told = ended(run(cluster, data, out))
            assert code == 2, told
            compared(out, wanted)
    print(f"each {kills} times: all files as those of the local run, 0 records lost, 0 doubled")


def _midst(cluster: Cluster, job: subprocess.Popen[str], out: Path, many: float) -> bool:
    """Wait until so many shards are done and a worker is at work; False where the run ended."""
    while job.poll() is None:
        if shards(out) >= many and cluster.workers():
            return True
        time.sleep(0.05)
    return False


def _struck(cluster: Cluster, job: subprocess.Popen[str], what: str, rng: random.Random) -> bool:
    """Kill what is at work; False where nothing is any more."""
    if what == "run":
        job.kill()
        return True
    if what == "worker":
        at_work = cluster.workers()
        if at_work:
            kill(rng.choice(at_work))
        return bool(at_work)
    busy = [name for name in ("node0", "node1") if cluster.workers(name)]
    if not busy:
        return False
    name = rng.choice(busy)
    cluster.kill(name)
    time.sleep(rng.uniform(0, 2))
    cluster.join(name)
    return True


def disturbed(folder: Path, kills: int, seed: int) -> None:
    """Compare runs on a cluster with a local one, undisturbed and killed."""
    data, whole = folder / "data", folder / "whole"
    make(data, SHARDS, RECORDS, every_kind=True)
    large(data / "large.jsonl", LARGE)
    code, told = ended(begun(data, whole, "--workers", "2", "-q", "--part-size", "0"))
    assert code == 2, told
    wanted = files(whole)
    cluster = Cluster(folder / "c")
    try:
        cluster.begin()
        began = time.monotonic()
        code, told = ended(run(cluster, data, folder / "out"))
        assert code == 2, told
        compared(folder / "out", wanted)
        took = time.monotonic() - began
        print(f"{len(wanted)} files as those of a local run, in {took:.1f} s", flush=True)
        killed(cluster, data, wanted, kills, seed)
    finally:
        cluster.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="to work in; made new, its path short")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=60, help="of the local run; 0: no measure")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder: Path = given.folder.absolute()
    if given.kills:
        disturbed(folder, given.kills, given.seed)
    if given.seconds:
        measured(folder, given.seconds, given.turns)


if __name__ == "__main__":
    main()
