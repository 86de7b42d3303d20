"""Reckons what 10, 100 and 1,000 nodes give on 10 TB, from what was measured on one machine.

    python tests/bulk/scale.py [MEGABYTES_A_SECOND]

Shards are given out one by one, the largest first, as runs do it, to simulated processors; what is
not known from one machine (the network, how fast disks are shared) is taken to be no limit.
"""

from __future__ import annotations

import heapq
import random
import sys
from typing import NamedTuple

PROCESSORS = 32
"""Of a node."""

STARTED = 15.0
"""Seconds before the first shard is begun: 12 s for Ray on a busy machine, and the rules."""

GIVEN = 0.0023
"""Seconds of the run for a task: 1,500 empty ones took 3.4 s."""

KEPT = 0.027
"""Seconds for a shard's files and marker, all waited for, on a busy disk."""

AGAIN = 257e6
"""Bytes of JSON Lines a second that are read and written where parts are put together."""

SPREAD = 0.15
"""Standard deviation of how long shards of one size take, as a share."""


class Found(NamedTuple):
    """How long a run takes in seconds, and which share of it processors worked at the full rate."""

    seconds: float
    used: float


def reckoned(nodes: int, files: int, parts: int, rate: float, total: float = 10e12) -> Found:
    """Return what a run over files of one size takes, each cut into parts."""
    rng, processors = random.Random(nodes), nodes * PROCESSORS
    size = total / files / parts
    free = [STARTED] * processors
    last, left = [0.0] * files, [parts] * files
    for number in range(files * parts):
        at = max(heapq.heappop(free), STARTED + number * GIVEN)
        end = at + size / rate * max(0.5, rng.gauss(1, SPREAD)) + KEPT
        file = number // parts
        last[file], left[file] = max(last[file], end), left[file] - 1
        heapq.heappush(free, end)
    if parts > 1:
        for begin in sorted(last):
            end = max(heapq.heappop(free), begin) + total / files / AGAIN + KEPT
            heapq.heappush(free, end)
    seconds = max(free)
    return Found(seconds, total / rate / processors / seconds)


def main() -> None:
    rate = float(sys.argv[1] if len(sys.argv) > 1 else 13) * 1e6
    print("nodes    shards                       time  of the full rate  read and written a second")
    for nodes in (10, 100, 1000):
        for files, parts in ((10_000, 1), (10_000, 4), (40_000, 1), (10, 1000)):
            found = reckoned(nodes, files, parts, rate)
            what = f"{files:,} of {10e3 / files:,.2f} GB" + (f" in {parts}" if parts > 1 else "")
            pace = 10e3 / found.seconds
            told = f"{found.seconds / 60:8.1f} min {found.used:12.0%} {pace:16.1f} GB each"
            print(f"{nodes:5,}    {what:24} {told}", flush=True)


if __name__ == "__main__":
    main()
