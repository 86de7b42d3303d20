"""Measures the hook beside codespell's, run after run in turn, as pre-commit calls both.

    python tests/hooks/hook_speed.py [FILES]

The bounds, in times codespell's wall time: 0.8 for one changed file, and for 2,000 Markdown files
of 15 KB each 3 without cached results and 0.5 with them. codespell's hook is split over the cores
by pre-commit, ours is one run for all files. Bytecode is cached, as pip leaves it, and so is what
scrubber keeps of its packs and patterns when one file is checked.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import documentation

FILES = 2000
SIZE = 15_000
PAIRS, ROUNDS = 15, 3


class Cost(NamedTuple):
    """What a command took, in seconds, and what it said."""

    wall: float
    cpu: float
    said: bytes = b""


def measured(commands: list[list[str]], environment: dict[str, str]) -> Cost:
    """Run some commands at the same time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    running = [
        subprocess.Popen(c, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        for c in commands
    ]
    said = b"".join(run.communicate()[0] for run in running)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if any(run.returncode not in (0, 1, 65) for run in running):  # 65: codespell found something
        raise SystemExit(said.decode(errors="replace")[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, said)


def codespell(files: list[str]) -> list[list[str]]:
    """Return the runs that pre-commit makes of codespell's hook: one a core."""
    cores = os.cpu_count() or 1
    share = max(4, -(-len(files) // cores))
    program = str(Path(sys.executable).with_name("codespell"))
    return [[program, *files[at : at + share]] for at in range(0, len(files), share)]


def scrubber(files: list[str]) -> list[list[str]]:
    """Return the run of our hook."""
    return [[str(Path(sys.executable).with_name("scrubber")), "check", *files]]


def told(name: str, pairs: list[tuple[Cost, Cost]], bound: float) -> bool:
    """Print a line; return whether the median ratio of wall times is within its bound."""
    ratio = statistics.median(ours.wall / theirs.wall for ours, theirs in pairs)
    cpu = statistics.median(ours.cpu / theirs.cpu for ours, theirs in pairs)
    ours, theirs = (statistics.median(p[side].wall for p in pairs) for side in (0, 1))
    print(
        f"{name:12}{ratio:6.2f} times codespell's wall time (at most {bound}), {cpu:.2f} times its"
        f" CPU time; {ours:.3f} s beside {theirs:.3f} s"
    )
    return ratio <= bound


def main() -> int:
    """Print the median ratios; return 1 when one is over its bound."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        files = documentation.files(Path(folder, "docs"), number, number * SIZE)
        size = sum(os.path.getsize(file) for file in files)
        print(f"{number:,} files, {size / 1e6:.1f} MB, {os.cpu_count()} cores")

        def ours(files: list[str], cache: object) -> Cost:
            return measured(
                scrubber(files), {**environment, "SCRUBBER_CACHE_DIR": f"{folder}/{cache}"}
            )

        def theirs(files: list[str]) -> Cost:
            return measured(codespell(files), environment)

        changed = [file for file in files if 13_000 < os.path.getsize(file) < 17_000][:PAIRS]
        for file in changed:
            ours([file], "one"), theirs([file])
        within = told("one file", [(ours([f], "one"), theirs([f])) for f in changed], 0.8)
        cold, warm = [], []
        for turn in range(ROUNDS):
            beside = theirs(files)
            cold.append((ours(files, turn), beside))
            warm.append((ours(files, turn), theirs(files)))
        within &= told("cold", cold, 3)
        within &= told("warm", warm, 0.5)
        if len({cost.said for cost, _ in (*cold, *warm)}) > 1:
            raise SystemExit("what was said differs from run to run")
        found = cold[0][0].said.decode().strip().rpartition("\n")[2]
        print(f"scrubber said: {found}")
    return int(not within)


if __name__ == "__main__":
    sys.exit(main())
