"""Files beside shards that belong to a data set and hold no record: copied as they are.

Such are the descriptions that `datasets` keeps beside the Arrow files of a folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from scrubber.bulk.arrow import describe
from scrubber.bulk.containers.streamed import Streamed
from scrubber.bulk.model import Block, Changes, Entry, Kept, Reading, ShardError

_INFO = "dataset_info.json"


def open_shard(path: Path, out: Path | None, reading: Reading) -> Copied:
    """Return a file that is to be copied as a shard."""
    return Copied(path, out, reading)


class Copied(Streamed):
    """A file that is copied; where edits are a column of their own, it is described in it."""

    def __iter__(self) -> Iterator[Block]:
        """Read piece by piece; none has a record."""
        described = self.reading.nested is not None and self.path.name == _INFO
        size = self.reading.limit if described else self.reading.block
        while data := self.input.read(size):
            held = self._described(data) if described else data
            yield Block((), size=len(data), consumed=self.input.consumed, held=held)

    def _described(self, data: bytes) -> bytes:
        """The description of the columns, with the one of edits or without it."""
        try:
            info = json.loads(data)
            same = json.dumps(info, indent=2).encode() == data
            if info["features"] is None:
                return data
            describe(info["features"], str(self.reading.nested), not self.reading.reverting)
        except (ValueError, KeyError, TypeError, RecursionError):
            same = False
        if not same:
            raise ShardError("is not as datasets writes it: no column of edits can be described")
        return json.dumps(info, indent=2).encode()

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a piece as it is."""
        self.output.write(block.held)
        return {}

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Yield nothing."""
        return iter(())
