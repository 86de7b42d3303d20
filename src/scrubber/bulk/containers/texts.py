"""A text alone in its file: one record, in whatever markup the file's name says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scrubber.bulk.containers.streamed import Streamed
from scrubber.bulk.model import Block, Changes, Kept, Reading, Record, ShardError

_HEAD = 8192
"""Bytes in which a NUL tells that a file is no text."""


def open_shard(path: Path, out: Path | None, reading: Reading) -> Text:
    """Return a text file as a shard."""
    return Text(path, out, reading)


class Text(Streamed):
    """A text file; one over the limit is copied through in pieces."""

    def __iter__(self) -> Iterator[Block]:
        """Read it, as one block unless it is over the limit."""
        data = self.input.read(self.reading.limit + 1)
        if self.input.damage:
            raise ShardError(self.input.damage)
        if b"\0" in data[:_HEAD] and not self.reading.reverting:
            raise ShardError("binary, not a text")
        if len(data) <= self.reading.limit:
            record = Record(0, f"{self.path.name}/0", (_decoded(data),))
            yield Block([record], (), 0, len(data), self.input.consumed, data, rows=1)
            return
        reason = f"longer than {self.reading.limit:,} bytes; left as it is"
        rejects = [self.reject(1, reason, data)]
        while data:
            consumed = self.input.consumed
            yield Block((), rejects, len(rejects), len(data), consumed, data, rows=1)
            rejects = []
            data = self.input.read(self.reading.block)
        if self.input.damage:
            raise ShardError(self.input.damage)

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write the text, changed or not; see `Shard`."""
        if 0 in changes and block.records:
            self.output.write(changes[0][0].text.encode())
        else:
            self.output.write(block.held)
        return {}


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        where = f"byte {error.start:,}"
        raise ShardError(
            f"not UTF-8 (at {where}); convert it first, for example with iconv"
        ) from None
