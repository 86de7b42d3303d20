"""The nouns of a run over data sets: what a container reads and what is written back to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from scrubber.edits import apply, inverted
from scrubber.model import Edit

LIMIT = 16 << 20
"""Bytes of a record above which it is copied through unread."""

BLOCK = 2 << 20
"""Bytes of a shard that are read at a time, about."""

KEPT = 64 << 10
"""Bytes of a rejected record that are kept to be shown."""


class ShardError(Exception):
    """A shard that cannot be worked on at all. The message is one line, without the path."""


class Record(NamedTuple):
    """A record of a shard: what of it is cleaned, and what it is known by.

    `row` counts the records of the shard from 0, those that cannot be read with them. `id` is the
    record's own or "SHARD/ROW". There is one text for each chosen field, "" where a record has
    others of them but not this one. `url` is what its url field holds.
    """

    row: int
    id: str | int
    texts: tuple[str, ...]
    url: str | None = None

    @property
    def host(self) -> str | None:
        """The host of the record's address, or of its id where that is one."""
        from scrubber.report.sites import host

        return host(self.url) or host(self.id)


class Change(NamedTuple):
    """What is changed in one field of a record: never empty, offsets in the original text.

    `field` counts the chosen fields. `actions` and `decisions` tell for each edit how far it was
    trusted and what a person decided about it.
    """

    field: int
    edits: tuple[Edit, ...]
    text: str
    actions: tuple[str, ...] = ()
    decisions: tuple[str | None, ...] = ()


class Entry(NamedTuple):
    """The edits of one field of one record.

    Offsets are code points of the original text, sorted, not overlapping. `kept` is what the
    container needs beside them to write every byte as it was.
    """

    row: int
    id: str | int
    field: str
    edits: tuple[Edit, ...]
    actions: tuple[str, ...] = ()
    decisions: tuple[str | None, ...] = ()
    kept: Any = None

    def undone(self, number: int, text: str) -> Change:
        """Return the change that takes the edits back in a text that has them; `number` its field.

        Raises:
            ShardError: the text is not as the edits have left it.
        """
        edits = inverted(self.edits)
        try:
            return Change(number, tuple(edits), apply(text, edits))
        except ValueError:
            problem = f'the field "{self.field}" of record {self.row} is not as it was left'
            raise ShardError(f"{problem}: this is another file, or it was changed") from None


Changes = Mapping[int, Sequence[Change]]
"""The changes of records, by row."""

Kept = Mapping[tuple[int, int], Any]
"""What taking a change back needs beside its edits, by row and field: any JSON value."""


class Reject(NamedTuple):
    """A record that is copied through unread, and why.

    `line` counts from 1: the line of a text format, the record of another. `raw` is its first
    64 KiB.
    """

    path: str
    line: int
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A bounded stretch of a shard.

    `records` can be cleaned, `rejects` cannot; `oversized` counts those of them that are over the
    limit. `size` is how many bytes of data the block stands for (decompressed), `consumed` how
    many bytes of the file were read so far, `rows` how many records of the shard. `held` is the
    container's own.
    """

    records: Sequence[Record]
    rejects: Sequence[Reject] = ()
    oversized: int = 0
    size: int = 0
    consumed: int = 0
    held: Any = None
    rows: int = 0


class Span(NamedTuple):
    """A part of a shard: bytes of a text format, row groups of another; `size` is in bytes."""

    start: int
    stop: int
    size: int


class Reading(NamedTuple):
    """How shards are read: the names of the fields, and the limits in bytes.

    `span` is the part that is read, where it is not all; its rows and lines count from its first.
    `nested` names a field that holds the edits of a record in the shard itself; when `reverting`
    it is taken out, and a field that no record has is no mistake.
    """

    fields: tuple[str, ...] = ("text",)
    id_field: str = "id"
    url_field: str = "url"
    limit: int = LIMIT
    block: int = BLOCK
    nested: str | None = None
    reverting: bool = False
    span: Span | None = None


class Shard(Protocol):
    """One file, read block by block; what was read is written to another file.

    Every block is written in the order of reading, before the next is read, or none is (a shard
    opened without an output only reads). Errors of the disk come as `OSError`.
    """

    def __enter__(self) -> Self:
        """Open the files.

        Raises:
            ShardError: the file is not what its name says, or has no such field.
        """

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files; after an error the output is not worth keeping."""

    def __iter__(self) -> Iterator[Block]:
        """Read block by block."""

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; all else stays as it was.

        Returns what `revert` needs beside the edits, for changes where it needs something; it
        gives that back as `kept`, with the changes inverted.
        """

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Yield the edits that the records of a block hold themselves, record by record.

        Raises:
            ShardError: this container holds none.
        """

    def close(self) -> None:
        """Finish the output. A reader that broke off has nothing to finish."""


class Opener(Protocol):
    """What a container module offers."""

    def __call__(self, path: Path, out: Path | None, reading: Reading) -> Shard:
        """Return a shard, not yet open; `out` is made new or written over."""
