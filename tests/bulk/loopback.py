"""A Ray cluster of separate processes on loopback: a head without processors, and nodes.

Each node has its processes in a session of its own, so that it can be killed as a whole, pinned to
a core, and asked for its CPU time.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Cluster:
    """A head and nodes. With `cores` each node has that core alone, and the head the others."""

    def __init__(self, folder: Path, cores: Sequence[int] = ()) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.token = secrets.token_hex(32)
        self.folder, self._cores = folder, cores
        self._sessions: dict[str, list[int]] = {}
        self.env = os.environ | {
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": self.token,
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_ADDRESS": "",
            "RAY_worker_niceness": "0",  # 15 if not given: less than a local run on a busy machine
        }

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _start(self, name: str, cores: Iterable[int], *args: str) -> None:
        tool = str(Path(sys.executable).with_name("ray"))
        memory = f"--object-store-memory={80 << 20}"
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                [*on(cores), tool, "start", *args, memory, "--block", "--disable-usage-stats"],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._sessions.setdefault(name, []).append(started.pid)

    def begin(self, nodes: int = 2) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        others = os.sched_getaffinity(0) - {*self._cores[:nodes]} if self._cores else ()
        self._start(
            "head",
            others,
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
        """Add a node of one processor, called node0 or node1, and wait for its raylet."""
        own = self._cores[int(name[4:])] if self._cores else None
        cores = () if own is None else (own,)
        self._start(name, cores, f"--address={self.address}", "--num-cpus=1")
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

    def workers(self, name: str | None = None) -> list[int]:
        """The processes that are at work for a run, on a node or on all."""
        return [pid for pid in self.processes(name) if _command(pid).startswith("ray::_task")]

    def kill(self, name: str) -> None:
        """Kill a node: all its processes at once."""
        for pid in self.processes(name):
            kill(pid)

    def end(self) -> None:
        for pid in self.processes():
            kill(pid)

    def seconds(self, name: str) -> dict[int, float]:
        """The CPU time of each process of a node so far."""
        found = {}
        for pid in self.processes(name):
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                found[pid] = sum(map(int, fields[11:13])) / TICKS
        return found


def waited(pid: int) -> float:
    """For how many seconds a process has waited for a processor that others had."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def on(cores: Iterable[int]) -> list[str]:
    """What comes before a command that has only some cores; nothing where it has all."""
    named = ",".join(map(str, sorted(cores)))
    return ["taskset", "-c", named] if named else []


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the cluster does not begin"
        time.sleep(0.1)
