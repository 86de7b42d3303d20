"""Arrow files, as `datasets` keeps them on disk: a stream of batches, or a file with an index.

Batches stay as they were, unless they are over 16 MB: those are cut.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scrubber.bulk.arrow import damaged, pyarrow
from scrubber.bulk.columns import Columns
from scrubber.bulk.model import Block, Changes, Entry, Kept, Reading

_INDEXED = b"ARROW1"
_BATCH = 16 << 20
"""Bytes over which a batch is cut."""


def open_shard(path: Path, out: Path | None, reading: Reading) -> Arrow:
    """Return an Arrow file as a shard."""
    return Arrow(path, out, reading)


class Arrow:
    """An Arrow file."""

    def __init__(self, path: Path, out: Path | None, reading: Reading) -> None:
        """Take note of the files; they are opened on entering."""
        self._pa = pyarrow()
        self._path, self._out, self._reading = path, out, reading
        self._open = contextlib.ExitStack()
        self._writer: Any = None

    def __enter__(self) -> Self:
        """Open the files."""
        ipc = self._pa.ipc
        with damaged(self._pa, "cannot be read as Arrow"), contextlib.ExitStack() as opened:
            with self._path.open("rb") as file:
                indexed = file.read(len(_INDEXED)) == _INDEXED
            self._source = opened.enter_context(self._pa.memory_map(str(self._path)))
            kind = ipc.open_file if indexed else ipc.open_stream
            self._reader = opened.enter_context(kind(self._source))
            schema, name = self._reader.schema, self._path.name
            self._columns = Columns(schema, self._reading, name, str(self._path))
            if self._out is not None:
                # Not a context: what is written after an error is not worth finishing.
                sink = opened.enter_context(self._out.open("wb"))
                writer = ipc.new_file if indexed else ipc.new_stream
                self._writer = writer(sink, self._columns.written)
            self._indexed = indexed
            self._open = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files, finished or not."""
        with contextlib.suppress(OSError, ValueError):
            self._open.close()

    def __iter__(self) -> Iterator[Block]:
        """Read block by block; none goes over the end of a batch."""
        row = number = 0
        while True:
            number += 1
            with damaged(self._pa, f"batch {number} is damaged"):
                batch = self._batch(number - 1)
                if batch is None:
                    return
                batch.validate()
            for part in self._parts(batch):
                with damaged(self._pa, f"batch {number} is damaged"):
                    block = self._columns.block(part, row, self._source.tell())
                row += part.num_rows
                yield block

    def _batch(self, number: int) -> Any:
        """The batch of some number, None behind the last one."""
        if not self._indexed:
            with contextlib.suppress(StopIteration):
                return self._reader.read_next_batch()
            return None
        if number >= self._reader.num_record_batches:
            return None
        return self._reader.get_batch(number)

    def _parts(self, batch: Any) -> Iterator[Any]:
        """A batch, cut where it is too large to be looked at as a whole."""
        if batch.nbytes <= _BATCH or batch.num_rows < 2:
            yield batch
            return
        many = max(1, batch.num_rows * self._reading.block // batch.nbytes)
        for at in range(0, batch.num_rows, many):
            yield batch.slice(at, many)

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; see `Shard`."""
        batch = block.held
        if changes or self._reading.nested is not None:
            batch = self._columns.changed(block, changes)
        # A file with an index has one dictionary for all batches.
        with damaged(self._pa, "cannot be written as it was"):
            self._writer.write_batch(batch)
        return {}

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Yield the edits that the records of a block hold themselves."""
        return self._columns.nested(block)

    def close(self) -> None:
        """Finish the output."""
        if self._writer is None:
            return
        self._writer.close()
        self._open.close()
