"""Parquet: row group by row group, bounded; only the chosen columns are ever looked into.

Row groups stay as they were, unless they are over 64 MB in memory: those are cut.
A record is held whole, by pyarrow several times (tests/bulk/memory.py): to read one of 200 MB alone
takes it 540 to 920 MB, to read and write it 760 to 920 at the least and 1,040 to 1,990 as it is
used commonly. So what decodes a row group, which holds two such records more, is let go before its
end is written, and neither dictionary nor statistics are made that the file did not have or that
are of no use.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from scrubber.bulk.arrow import damaged, pyarrow
from scrubber.bulk.columns import Columns
from scrubber.bulk.model import Block, Changes, Entry, Kept, Reading

_GROUP = 64 << 20
"""Bytes in memory over which a row group is cut."""

_LONG = 1 << 10
"""Bytes of a value, on average, from which on a column is prose: no value comes twice."""

_MOST_ROWS = 1 << 16


def open_shard(path: Path, out: Path | None, reading: Reading) -> Parquet:
    """Return a Parquet file as a shard."""
    return Parquet(path, out, reading)


class Parquet:
    """A Parquet file."""

    def __init__(self, path: Path, out: Path | None, reading: Reading) -> None:
        """Take note of the files; they are opened on entering."""
        self._pa = pyarrow()
        self._path, self._out, self._reading = path, out, reading
        self._writer: Any = None
        self._waiting: list[Any] = []
        self._held = self._large = 0

    def __enter__(self) -> Self:
        """Open the files."""
        if "ARROW_DEFAULT_MEMORY_POOL" not in os.environ:  # pyarrow's own keeps what was freed
            self._pa.set_memory_pool(self._pa.system_memory_pool())
        with damaged(self._pa, "cannot be read as Parquet"):
            self._source = self._path.open("rb")
            try:
                # Pages are read as they are asked for, not a whole row group at once.
                self._file = self._pa.parquet.ParquetFile(
                    self._source, buffer_size=1 << 20, pre_buffer=False
                )
                schema = self._file.schema_arrow
                self._columns = Columns(schema, self._reading, self._path.name, str(self._path))
            except BaseException:
                self._source.close()
                raise
        return self

    def _opened(self) -> Any:
        """The writer: the same codecs and version of the format, column by column.

        Not before something was read: pyarrow ends the process where it is asked for the codec of
        a damaged column that it has not met in reading.
        """
        meta = self._file.metadata
        groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
        codecs: dict[str, str] = {}
        coded, told = [], []
        for number in range(meta.num_columns if groups else 0):
            columns = [group.column(number) for group in groups]
            name, codec = columns[0].path_in_schema, columns[0].compression
            codecs[name] = "NONE" if codec == "UNCOMPRESSED" else codec
            if any(map(_is_coded, columns)):
                coded.append(name)
            if any(map(_is_told, columns)):
                told.append(name)
        return self._pa.parquet.ParquetWriter(
            self._out,
            self._columns.written,
            compression=codecs or "snappy",
            use_dictionary=coded,
            write_statistics=told,
            version=meta.format_version if meta.format_version in ("1.0", "2.4", "2.6") else "2.6",
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files, finished or not."""
        self._waiting = []
        if self._writer is not None:
            with contextlib.suppress(OSError, ValueError):
                self._writer.close()
        self._file.close()
        self._source.close()

    def __iter__(self) -> Iterator[Block]:
        """Read block by block; none goes over the end of a row group."""
        meta, row = self._file.metadata, 0
        size = self._path.stat().st_size
        first, stop = (self._reading.span or (0, meta.num_row_groups))[:2]
        for number in range(first, min(stop, meta.num_row_groups)):
            group = meta.row_group(number)
            batches = _Batches(self._file, number, max(1, min(_MOST_ROWS, self._rows(group))))
            what = f"row group {number + 1} of {meta.num_row_groups} is damaged"
            with damaged(self._pa, what):
                while batches.left:
                    row += batches.read()
                    self._ends = not batches.left
                    consumed = size * row // max(1, meta.num_rows)
                    yield self._block(batches, row, consumed)

    def _block(self, batches: _Batches, row: int, consumed: int) -> Block:
        """The batch that was read, which is held by nothing but its block then."""
        batch = batches.taken()
        return self._columns.block(batch, row - batch.num_rows, consumed)

    def _rows(self, group: Any) -> int:
        """How many rows of a group are about a block."""
        return int(self._reading.block * group.num_rows // max(1, group.total_byte_size))

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; see `Shard`."""
        batch = block.held
        if changes or self._reading.nested is not None:
            batch = self._columns.changed(block, changes)
        self._waiting.append(batch)
        large = batch.nbytes > _GROUP
        self._held += 0 if large else batch.nbytes
        self._large += large  # it waits for what comes behind it, until its pages are let go
        if self._ends or self._held > _GROUP or self._large > 1:
            self._flush()
        return {}

    def _flush(self) -> None:
        """Write what is waiting as one row group."""
        if self._writer is None:
            with damaged(self._pa, "cannot be written as it was"):
                self._writer = self._opened()
        table = self._pa.Table.from_batches(self._waiting, self._columns.written)
        self._waiting, self._held, self._large = [], 0, 0
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Yield the edits that the records of a block hold themselves."""
        return self._columns.nested(block)

    def close(self) -> None:
        """Finish the output."""
        if self._out is None:
            return
        if self._waiting or self._writer is None:
            self._flush()
        self._writer.close()
        self._writer = None


class _Batches:
    """The batches of a row group; what decodes them is let go before the last one is used."""

    def __init__(self, file: Any, group: int, rows: int) -> None:
        self.left = file.metadata.row_group(group).num_rows
        self._batches = file.iter_batches(rows, row_groups=[group], use_threads=False)
        self._batch: Any = None

    def read(self) -> int:
        """Read the next batch and return how many rows it has.

        Raises:
            ValueError: there is none, or it is damaged.
        """
        self._batch = batch = next(self._batches, None)
        if batch is not None:
            batch.validate()
        if batch is None or batch.num_rows > self.left:
            raise ValueError(f"{self.left} records of it cannot be read")
        self.left -= batch.num_rows
        if not self.left:
            self._batches = None
        rows: int = batch.num_rows
        return rows

    def taken(self) -> Any:
        """Return the batch that was read, and let go of it."""
        batch, self._batch = self._batch, None
        return batch


def _is_coded(column: Any) -> bool:
    """Whether a chunk has a dictionary that is of use; prose fills it, and is written as it is."""
    size, many = column.total_uncompressed_size, max(1, column.num_values)
    return "DICTIONARY" in " ".join(column.encodings) and size // many < _LONG


def _is_told(column: Any) -> bool:
    """Whether the least and the greatest value of a chunk are known: long ones are not kept."""
    return bool(column.is_stats_set and column.statistics.has_min_max)
