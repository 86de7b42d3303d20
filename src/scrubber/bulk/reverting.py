"""Changes taken back: a shard that was written and its record of edits give the original.

Of a shard of plain bytes every byte comes back, of a compressed one every byte that it holds, of
a table every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from scrubber.bulk import sidecar
from scrubber.bulk.containers import open_shard
from scrubber.bulk.model import Block, Change, Entry, Reading, Record, Shard, ShardError


def revert(path: Path, record: Path | None, target: Path, reading: Reading) -> int:
    """Write the original of a shard to another file, and return how many records had changed.

    `record` is its record of edits; without one they are read from the shard's `nested` field, or
    there are none.

    Raises:
        ShardError: shard and record do not belong together, or one of them is damaged; what is
            written then is not worth keeping.
        OSError: from the disk.
    """
    reading = reading._replace(limit=4 * reading.limit, reverting=True)
    found: Iterator[Entry] = iter(())
    if record is not None:
        names = sorted({entry.field for entry in sidecar.read(record)})
        reading = reading._replace(fields=tuple(names) or reading.fields)
        found = sidecar.read(record)
    with open_shard(path, target, reading) as shard:
        count = _Undoing(shard, reading, found).all()
        shard.close()
    return count


class _Undoing:
    """The changes of a shard, taken back block by block."""

    def __init__(self, shard: Shard, reading: Reading, found: Iterable[Entry]) -> None:
        self._shard, self._reading = shard, reading
        self._groups = groupby(found, key=attrgetter("row"))
        self._next = self._following()

    def _following(self) -> list[Entry]:
        """The entries of the next record that has some."""
        for _, group in self._groups:
            return list(group)
        return []

    def all(self) -> int:
        """Write the whole shard and return how many records were changed."""
        count = 0
        for block in self._shard:
            records = {record.row: record for record in block.records} if self._here(block) else {}
            changes: dict[int, list[Change]] = {}
            kept: dict[tuple[int, int], Any] = {}
            for entries in self._entries(block):
                record = records.get(entries[0].row)
                if record is None:
                    raise ShardError(f"record {entries[0].row} cannot be read any more")
                changes[record.row] = [self._undone(entry, record, kept) for entry in entries]
            count += len(changes)
            self._shard.write(block, changes, kept)
        if self._next:
            raise ShardError("the record of edits goes on where the shard has ended")
        return count

    def _here(self, block: Block) -> bool:
        return self._reading.nested is not None or bool(
            self._next and self._next[0].row < block.rows
        )

    def _entries(self, block: Block) -> Iterator[list[Entry]]:
        """The entries of a block, those of one record together."""
        if self._reading.nested is not None:
            yield from self._shard.nested(block)
        while self._next and self._next[0].row < block.rows:
            yield self._next
            self._next = self._following()

    def _undone(self, entry: Entry, record: Record, kept: dict[tuple[int, int], Any]) -> Change:
        if str(entry.id) != str(record.id):
            problem = f"record {record.row} is {record.id} and not {entry.id}"
            raise ShardError(f"{problem}: the record of edits is of another shard")
        number = self._reading.fields.index(entry.field)
        if entry.kept is not None:
            kept[record.row, number] = entry.kept
        return entry.undone(number, record.texts[number])
