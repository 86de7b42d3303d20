"""How far a run is, in a line: for a terminal now and then, for a log seldom. Pure."""

from __future__ import annotations

from dataclasses import dataclass

OFTEN, SELDOM = 0.2, 60.0
"""Seconds between two lines on a terminal, and in a log."""


@dataclass
class Progress:
    """The bytes of the shards to do, those that were read, and the clock in seconds.

    `shards` of `all_shards` are done.
    """

    size: int
    all_shards: int
    started: float
    shards: int = 0
    read: int = 0
    told: float | None = None

    def due(self, now: float, *, terminal: bool) -> bool:
        """Whether it is time for another line; then it counts as told."""
        last = self.started if self.told is None else self.told
        if now - last < (OFTEN if terminal else SELDOM):
            return False
        self.told = now
        return True

    def line(self, now: float) -> str:
        """Return how far the run is, how fast, and how long it will still take at that pace.

        >>> half = Progress(4_000_000, 8, 0.0, shards=3, read=2_000_000)
        >>> half.line(10.0)
        '50 %, 3 of 8 shards, 2.0 of 4.0 MB, 0.2 MB/s, 0:10 left'
        """
        seconds = max(now - self.started, 1e-9)
        share = self.read / self.size if self.size else 1.0
        rate = self.read / seconds
        left = clock((self.size - self.read) / rate) if rate else "?"
        unit, name = _unit(self.size)
        return (
            f"{share:.0%}, ".replace("%", " %")
            + f"{self.shards:,} of {self.all_shards:,} shards, "
            + f"{self.read / unit:.1f} of {self.size / unit:.1f} {name}, "
            + f"{rate / 1e6:.1f} MB/s, {left} left"
        )


def clock(seconds: float) -> str:
    """Return a time as people read it.

    >>> clock(9), clock(3671.2)
    ('0:09', '1:01:11')
    """
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _unit(size: int) -> tuple[float, str]:
    return (1e9, "GB") if size >= 10**10 else (1e6, "MB")
