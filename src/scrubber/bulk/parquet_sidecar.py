"""The record of edits as Parquet: ids as texts, what a container keeps as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scrubber.bulk.arrow import edits_type, pyarrow
from scrubber.bulk.entries import entries, entry, values
from scrubber.bulk.model import Block, Changes, Entry, Kept, ShardError

_MANY = 4 << 20
"""Characters of edits that are held before they are written, about."""


class Sidecar:
    """Writes a record of edits as Parquet."""

    def __init__(self, path: Path, shard: str, fields: Sequence[str]) -> None:
        """Open the file anew; it says which shard it is of."""
        pa = pyarrow()
        self._fields = fields
        self._schema = pa.schema(
            [
                ("row", pa.int64()),
                ("id", pa.string()),
                ("field", pa.string()),
                ("edits", edits_type(pa)),
                ("kept", pa.string()),
            ],
            metadata={"shard": shard},
        )
        self._table = pa.Table.from_pylist
        self._writer = pa.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._held = 0

    def write(self, block: Block, changes: Changes, kept: Kept) -> None:
        """Note the changes of a block, and what its container keeps of them."""
        for found in entries(block, changes, kept, self._fields):
            row = values(found)
            row["id"] = str(row["id"])
            row["kept"] = None if found.kept is None else json.dumps(found.kept)
            self._rows.append(row)
            self._held += 100 + sum(len(e.before) + len(e.after) + 100 for e in found.edits)
        if self._held > _MANY:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._table(self._rows, schema=self._schema))
        self._rows, self._held = [], 0

    def close(self) -> None:
        """Finish the file."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Close the file, which is not worth keeping."""
        self._rows = []
        self._writer.close()


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a record of edits.

    Raises:
        ShardError: it is damaged, or none.
    """
    pa = pyarrow()
    try:
        with pa.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(1000):
                for row in batch.to_pylist():
                    if row.get("kept") is not None:
                        row["kept"] = json.loads(row["kept"])
                    yield entry(row)
    except (pa.ArrowException, ValueError) as error:
        raise ShardError(f"the record of edits is damaged: {error}") from None
