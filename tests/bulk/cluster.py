"""A Ray cluster of separate processes on loopback: the bytes of one machine, whatever is killed.

    python tests/bulk/cluster.py FOLDER [--kills 5] [--megabytes 1500]

A head without processors and two nodes of one each. What a run on it writes is compared with that
of a local run; then worker processes, whole nodes and the run itself are killed by SIGKILL at
random moments (the run is then begun again), and compared each time. Then the CPU time of all its
processes is compared with that of a local run on records of prose, start-up and all.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import prose
from disturbed import DAMAGED, begun, ended, files, make

COPIES = 4
"""How often the records of a shard are repeated: to draw them takes longer than to clean them."""

TICKS = os.sysconf("SC_CLK_TCK")


class Cluster:
    """A head and nodes, each with its processes in a session of its own."""

    def __init__(self, folder: Path, processors: int = 1) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.token = secrets.token_hex(32)
        self.folder, self._processors = folder, processors
        self._sessions: dict[str, list[int]] = {}
        self.env = os.environ | {
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": self.token,
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_ADDRESS": "",
        }

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _start(self, name: str, *args: str) -> None:
        tool = str(Path(sys.executable).with_name("ray"))
        memory = f"--object-store-memory={80 << 20}"
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                [tool, "start", *args, memory, "--block", "--disable-usage-stats"],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._sessions.setdefault(name, []).append(started.pid)

    def begin(self, nodes: int = 2) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._start(
            "head",
            "--head",
            "--node-ip-address=127.0.0.1",
            f"--port={self.port}",
            "--num-cpus=0",
            "--include-dashboard=false",
            f"--temp-dir={self.folder / 's'}",
        )
        _until(self._answers)
        for number in range(nodes):
            self.join(f"node{number}")

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def join(self, name: str) -> None:
        """Add a node and wait for its raylet."""
        self._start(name, f"--address={self.address}", f"--num-cpus={self._processors}")
        _until(lambda: any("raylet/raylet" in _command(pid) for pid in self.processes(name)))

    def processes(self, name: str | None = None) -> list[int]:
        """The processes of a node, or of all: those of the sessions that were begun for it."""
        names = [name] if name else [*self._sessions]
        wanted = {session for one in names for session in self._sessions.get(one, ())}
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[3]) in wanted and fields[0] != "Z":
                    found.append(int(status.parent.name))
        return found

    def workers(self) -> list[int]:
        """The processes that are at work for a run."""
        return [pid for pid in self.processes() if _command(pid).startswith("ray::_task")]

    def kill(self, name: str) -> None:
        """Kill a node: all its processes at once."""
        for pid in self.processes(name):
            _kill(pid)

    def end(self) -> None:
        for pid in self.processes():
            _kill(pid)

    def seconds(self) -> dict[int, float]:
        """The CPU time of each process of the cluster so far, with that of its dead children."""
        found = {}
        for pid in self.processes():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                found[pid] = sum(map(int, fields[11:15])) / TICKS
        return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _until(condition: object, seconds: float = 60) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the cluster does not begin"
        time.sleep(0.1)


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
    os.environ.update({name: cluster.env[name] for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN")})
    return begun(data, out, "--on", f"ray:{cluster.address}", "--part-size", "1", "-q")


def compared(out: Path, wanted: dict[str, bytes]) -> None:
    """Make sure that all files are those of a local run, and none is left over."""
    now = files(out)
    assert now.keys() == wanted.keys(), sorted(now.keys() ^ wanted.keys())
    assert [name for name in now if now[name] != wanted[name]] == []


def killed(cluster: Cluster, data: Path, wanted: dict[str, bytes], kills: int, seed: int) -> None:
    """Kill at random moments of runs: a worker, a node, the run; compare what comes of each."""
    rng, out = random.Random(seed), data.parent / "out"
    for what in ("worker", "node", "run"):
        hit = 0
        while hit < kills:
            shutil.rmtree(out, ignore_errors=True)
            job = run(cluster, data, out)
            with contextlib.suppress(subprocess.TimeoutExpired):
                job.wait(rng.uniform(3.0, 8.0))
            if job.poll() is None and _struck(cluster, job, what, rng):
                hit += 1
                began = sum(1 for name in files(out) if not name.startswith("_"))
                print(f"{what} killed, {began} files done", flush=True)
            code, told = ended(job)
            if what == "run" or code < 0:
                code, told = ended(run(cluster, data, out))
            assert code == 2, told
            compared(out, wanted)
    print(f"each {kills} times: all files as those of the local run, 0 records lost, 0 doubled")


def _struck(cluster: Cluster, job: subprocess.Popen[str], what: str, rng: random.Random) -> bool:
    if what == "run":
        job.kill()
        return True
    if what == "worker":
        at_work = cluster.workers()
        if at_work:
            _kill(rng.choice(at_work))
        return bool(at_work)
    name = rng.choice(["node0", "node1"])
    cluster.kill(name)
    time.sleep(rng.uniform(0, 2))
    cluster.join(name)
    return True


def overhead(folder: Path, megabytes: int, turns: int) -> None:
    """Print the CPU time of a run on a cluster beside that of a local one, two workers each."""
    data = folder / "prose"
    data.mkdir(parents=True)
    for number in range(4):
        shard = data / f"{number}.jsonl"
        prose.write(shard, megabytes * 250_000 // COPIES, damaged=0.01, seed=number)
        shard.write_bytes(shard.read_bytes() * COPIES)
    command = [sys.executable, "-m", "scrubber", "clean", "-q", str(data), "-o"]
    times: dict[str, list[tuple[float, float]]] = {"local": [], "ray": []}
    for turn in range(turns):
        local, far = str(folder / f"local{turn}"), str(folder / f"ray{turn}")
        times["local"].append(_timed([*command, local, "--workers", "2"], os.environ))
        times["ray"].append(_on_a_cluster([*command, far], folder / f"c{turn}"))
        compared(Path(far), files(Path(local)))
    for name, found in times.items():
        told = ", ".join(f"{cpu:.1f} s of CPU in {wall:.1f} s" for cpu, wall in found)
        print(f"{name}, {megabytes} MB: {told}")
    ratio = min(t[0] for t in times["ray"]) / min(t[0] for t in times["local"])
    pace = min(t[1] for t in times["local"]) / min(t[1] for t in times["ray"])
    print(f"CPU of the cluster {ratio:.2f} times that of the local run; its pace {pace:.2f} of it")


def _on_a_cluster(command: list[str], folder: Path) -> tuple[float, float]:
    """The CPU time of a run on a new cluster with all of its processes, and the time it took."""
    cluster, after = Cluster(folder), dict[int, float]()
    try:
        cluster.begin()
        time.sleep(5)
        before = cluster.seconds()
        command = [*command, "--on", f"ray:{cluster.address}"]
        own, wall = _timed(command, cluster.env, lambda: after.update(cluster.seconds()))
    finally:
        cluster.end()
    theirs = sum(after.values()) - sum(before.get(pid, 0) for pid in after)
    print(f"driver {own:.1f} s, head and nodes {theirs:.1f} s of CPU", flush=True)
    return own + theirs, wall


def _timed(
    command: list[str], env: Mapping[str, str], meanwhile: Callable[[], None] = lambda: None
) -> tuple[float, float]:
    """The CPU time of a command with its children, and the time it took.

    `meanwhile` is called now and then: workers of a cluster end with the run, and tell no more.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.Popen(command, env=env)
    while run.poll() is None:
        meanwhile()
        time.sleep(0.5)
    assert run.returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="to work in; made new, its path short")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=1500)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder: Path = given.folder.absolute()
    data = folder / "data"
    if given.kills:
        make(data, 60, 400, every_kind=True)
        large(data / "large.jsonl", 12_000)
        whole = folder / "whole"
        code, told = ended(begun(data, whole, "--workers", "2", "-q", "--part-size", "0"))
        assert code == 2, told
        wanted = files(whole)
        cluster = Cluster(folder / "c")
        try:
            cluster.begin()
            code, told = ended(run(cluster, data, folder / "out"))
            assert code == 2, told
            compared(folder / "out", wanted)
            print(f"{len(wanted)} files as those of a local run", flush=True)
            killed(cluster, data, wanted, given.kills, given.seed)
        finally:
            cluster.end()
    if given.megabytes:
        overhead(folder, given.megabytes, given.turns)


if __name__ == "__main__":
    main()
