"""Shards that lie in a store, brought to where they can be read: whole, or what a part needs.

Of a part only its stretch is fetched, into a file of the object's size with holes elsewhere: so
what reads files finds everything in its place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from scrubber.bulk import stores
from scrubber.bulk.arrow import damaged, pyarrow
from scrubber.bulk.attempts import Work
from scrubber.bulk.containers import container_of
from scrubber.bulk.model import ShardError, Span
from scrubber.bulk.plan import Planned
from scrubber.bulk.room import room

PIECE = 8 << 20
"""Bytes that are asked of a store at a time, and looked at for the end of a line."""

_HEAD = 8
"""Bytes at the head of a file that tell what it is; as many end one of Parquet."""

T_co = TypeVar("T_co", covariant=True)


@contextlib.contextmanager
def at_hand(shard: Planned) -> Iterator[Planned]:
    """Have a shard with a source that holds what is to be read of it.

    Raises:
        ShardError: it is gone, or was changed meanwhile.
        OSError: from the disk or the store.
    """
    if not shard.url:
        yield shard
        return
    with room() as aside:
        source = aside / shard.source.name
        if shard.span is None:
            stores.fetch(shard.url, source)
        else:
            _fetched(shard.url, source, shard.span)
        yield shard._replace(source=source)


@dataclass(frozen=True)
class AtHand(Generic[T_co]):
    """Does some work with shards that are at hand; sent to workers."""

    work: Work[T_co]

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> T_co:
        """Do it; what goes wrong is what goes wrong with the work, or in fetching."""
        with at_hand(shard) as here:
            return self.work(here, tick)


@contextlib.contextmanager
def described(shard: Planned) -> Iterator[Path]:
    """Have a file with what a Parquet file tells of itself: the shard, or a file with holes."""
    if not shard.url:
        yield shard.source
        return
    with room() as aside:
        source = aside / shard.source.name
        _fetched(shard.url, source, Span(0, 0, 0))
        yield source


def _fetched(url: str, target: Path, span: Span) -> None:
    with stores.fetching(url, target) as stored:
        stores.stand_in(stored, target)
        with target.open("r+b") as file:
            some = _Some(file, url, stored.size)
            some.copied(0, _HEAD)
            if container_of(target) == "parquet":
                some.row_groups(span)
            else:
                some.lines(span)


@dataclass
class _Some:
    """A file with holes, and the object that fills them."""

    file: IO[bytes]
    url: str
    size: int

    def copied(self, start: int, stop: int) -> bytes:
        """Fill a stretch, and return the last bytes of it."""
        start, stop, data = max(0, start), min(self.size, stop), b""
        self.file.seek(start)
        for at in range(start, stop, PIECE):
            data = stores.stretch(self.url, at, min(stop, at + PIECE))
            self.file.write(data)
        self.file.flush()
        return data

    def lines(self, span: Span) -> None:
        """Fill the bytes of a part, with the one before it and the end of its last line."""
        data, at = self.copied(span.start - 1, span.stop)[-1:], span.stop
        while b"\n" not in data and at < self.size:
            data = self.copied(at, at + PIECE)
            at += PIECE

    def row_groups(self, span: Span) -> None:
        """Fill what the file tells of itself, and row groups."""
        tail = self.copied(self.size - _HEAD, self.size)
        if tail[4:] != b"PAR1":
            raise ShardError("cannot be read as Parquet")
        length = int.from_bytes(tail[:4], "little")
        self.copied(self.size - _HEAD - length, self.size - _HEAD)
        pa = pyarrow()
        with damaged(pa, "cannot be read as Parquet"), open(self.file.name, "rb") as file:
            meta = pa.parquet.read_metadata(file)
        for number in range(span.start, span.stop):
            group = meta.row_group(number)
            columns = [group.column(at) for at in range(group.num_columns)]
            starts = [_begins(column) for column in columns]
            ends = [
                start + column.total_compressed_size
                for start, column in zip(starts, columns, strict=True)
            ]
            self.copied(min(starts, default=0), max(ends, default=0))


def _begins(column: Any) -> int:
    """Where the pages of a column begin; some writers give 0 where there is no dictionary."""
    first: int = column.dictionary_page_offset or column.data_page_offset
    return min(first, int(column.data_page_offset))
