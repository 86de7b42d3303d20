"""Parquet: row group by row group, bounded; only the chosen columns are ever looked into.

Row groups stay as they were, unless they are over 64 MB in memory: those are cut.
A record is held whole, by pyarrow several times: one of 200 MB takes 1.4 GB.
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

_GROUP = 64 << 20
"""Bytes in memory over which a row group is cut."""

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
        self._held = 0

    def __enter__(self) -> Self:
        """Open the files."""
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
        codecs = {}
        for number in range(meta.num_columns if meta.num_row_groups else 0):
            column = meta.row_group(0).column(number)
            codec = column.compression
            codecs[column.path_in_schema] = "NONE" if codec == "UNCOMPRESSED" else codec
        return self._pa.parquet.ParquetWriter(
            self._out,
            self._columns.written,
            compression=codecs or "snappy",
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
            left = group.num_rows
            many = max(1, min(_MOST_ROWS, self._rows(group)))
            what = f"row group {number + 1} of {meta.num_row_groups} is damaged"
            with damaged(self._pa, what):
                batches = self._file.iter_batches(many, row_groups=[number], use_threads=False)
                while (batch := next(batches, None)) is not None:
                    batch.validate()
                    row += batch.num_rows
                    left -= batch.num_rows
                    self._ends = left <= 0
                    consumed = size * row // max(1, meta.num_rows)
                    yield self._columns.block(batch, row - batch.num_rows, consumed)
                if left:
                    raise ValueError(f"{left} records of it cannot be read")

    def _rows(self, group: Any) -> int:
        """How many rows of a group are about a block."""
        return int(self._reading.block * group.num_rows // max(1, group.total_byte_size))

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; see `Shard`."""
        batch = block.held
        if changes or self._reading.nested is not None:
            batch = self._columns.changed(block, changes)
        self._waiting.append(batch)
        self._held += batch.nbytes
        if self._ends or self._held > _GROUP:
            self._flush()
        return {}

    def _flush(self) -> None:
        """Write what is waiting as one row group."""
        if self._writer is None:
            with damaged(self._pa, "cannot be written as it was"):
                self._writer = self._opened()
        table = self._pa.Table.from_batches(self._waiting, self._columns.written)
        self._waiting, self._held = [], 0
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
