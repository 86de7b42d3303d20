"""Counts of distinct things as sorted rows: bounded, mergeable, the same however they were split.

A row says that a key was met with an item, and a value of both: (key, item, value), 8 bytes each.
Of a key the `DEPTH` rows with the least items are kept, and of a row met twice the least value; of
all rows those whose item's digest begins with `level` bits of 0, as many levels as it takes to
keep to a bound. Digests are random, so what is kept is a fair sample of the items, exact where
nothing had to go. What is kept of a whole was kept of each of its parts, so merging the parts, in
any order, gives what counting the whole would: tests/evidence/test_rows.py holds it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

WIDTH = 24
"""Bytes of a row."""

DEPTH = 64
"""Rows of a key: to tell three documents from two needs few, a share of pages some more."""

MOST = 1 << 22
"""Rows of a table: 100 MB."""

_PIECE = WIDTH << 12


@dataclass(frozen=True)
class Table:
    """Rows in a file, from an offset on, and the level at which they were kept."""

    path: Path
    offset: int
    count: int
    level: int

    def __iter__(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(self.offset)
            yield from rows(file, self.count)


def key(row: bytes) -> bytes:
    """Return the key of a row."""
    return row[:8]


def item(row: bytes) -> bytes:
    """Return the item of a row."""
    return row[8:16]


def value(row: bytes) -> bytes:
    """Return the value of a row."""
    return row[16:]


def level(row: bytes) -> int:
    """Return up to which level a row is kept: the bits of 0 with which its item begins."""
    return 64 - int.from_bytes(row[8:16], "big").bit_length()


def rows(file: IO[bytes], count: int) -> Iterator[bytes]:
    """Yield the next rows of a file."""
    left = count * WIDTH
    while left:
        data = file.read(min(left, _PIECE))
        if not data:
            raise ValueError("ends too early")
        left -= len(data)
        for at in range(0, len(data), WIDTH):
            yield data[at : at + WIDTH]


def merged(parts: Iterable[Iterable[bytes]], least: int = 0) -> Iterator[bytes]:
    """Yield the rows of sorted parts as one, without what is below a level or too deep."""
    for _, of_key in groupby(heapq.merge(*parts), key):
        distinct = (next(same) for _, same in groupby(of_key, item))
        kept = distinct if not least else (row for row in distinct if level(row) >= least)
        yield from islice(kept, DEPTH)


def written(
    file: IO[bytes], parts: Iterable[Iterable[bytes]], least: int = 0, most: int = MOST
) -> int:
    """Write sorted parts as one table; return its level.

    `least` is the highest level of the parts. Memory does not grow with the number of rows.

    Raises:
        OSError: from the disk.
    """
    with TemporaryFile() as aside:
        at_level = [0] * 65
        pieces: list[bytes] = []
        for row in merged(parts, least):
            at_level[level(row)] += 1
            pieces.append(row)
            if len(pieces) == 4096:
                aside.write(b"".join(pieces))
                pieces.clear()
        aside.write(b"".join(pieces))
        count, reached = sum(at_level), least
        every = count
        while count > most:
            count -= at_level[reached]
            reached += 1
        aside.seek(0)
        for row in rows(aside, every):
            if level(row) >= reached:
                file.write(row)
    return reached


class Heap:
    """Rows as they come, held in memory up to a bound and then sorted aside on the disk."""

    HELD = 1 << 18
    """Rows in memory: about 60 MB."""

    def __init__(self) -> None:
        self._held: dict[bytes, bytes] = {}
        self._runs: list[tuple[IO[bytes], int]] = []

    def add(self, key: bytes, item: bytes, value: bytes) -> None:
        """Take in a row."""
        known = self._held.get(key + item)
        if known is None or value < known:
            self._held[key + item] = value
            if len(self._held) >= self.HELD:
                self._spill()

    def _spill(self) -> None:
        run: IO[bytes] = TemporaryFile()  # noqa: SIM115 (closed when it is merged)
        count = 0
        for row in merged([self._sorted()]):
            run.write(row)
            count += 1
        self._runs.append((run, count))
        self._held.clear()

    def _sorted(self) -> Iterator[bytes]:
        return (key + self._held[key] for key in sorted(self._held))

    def write(self, file: IO[bytes], others: Sequence[Table] = (), most: int = MOST) -> int:
        """Write all, and other tables, as one; return its level, and be empty again."""
        for run, _ in self._runs:
            run.seek(0)
        parts: list[Iterable[bytes]] = [
            self._sorted(),
            *(rows(run, count) for run, count in self._runs),
            *others,
        ]
        level = written(file, parts, max((other.level for other in others), default=0), most)
        for run, _ in self._runs:
            run.close()
        self._runs.clear()
        self._held.clear()
        return level
