"""Measures start-up beside `python -c "import click, regex"`, pair by pair in one run.

    python tests/startup.py

The bounds are 1.0 for `scrubber --version` and 1.5 for a check of one small clean file; 0.72 and
1.15 were measured. Both commands run with their bytecode cached, as pip leaves it, wherever
scrubber is installed from.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PAIRS = 21
CLEAN = (
    "The ferry leaves the harbour at nine every morning, and the crossing takes forty minutes.\n"
    "On the island, a bus waits for passengers who want to go on to the lighthouse.\n"
)


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return the processor time of a command: what else runs on the machine adds nothing to it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the median ratios; return 1 when one is over its bound."""
    scrubber = str(Path(sys.executable).with_name("scrubber"))
    beside = [sys.executable, "-c", "import click, regex"]
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        clean = Path(folder, "clean.txt")
        clean.write_text(CLEAN, encoding="utf-8")
        for name, bound, command in (
            ("scrubber --version", 1.0, [scrubber, "--version"]),
            ("scrubber check", 1.5, [scrubber, "check", "-q", str(clean)]),
        ):
            seconds(command, environment), seconds(beside, environment)
            pairs = [
                (seconds(command, environment), seconds(beside, environment)) for _ in range(PAIRS)
            ]
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            ours = statistics.median(pair[0] for pair in pairs)
            over += ratio > bound
            print(f"{name:20} {ratio:.2f} times (at most {bound}), {1000 * ours:.0f} ms")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
