"""Parts of a shard: what is to be changed in each, kept until the shard is put together.

Only what changes is kept, not the text. The file is then read once more from its beginning to its
end and written with what was kept, by the same code as a file that one worker cleans alone: so
rows, lines, ids, statistics and every byte are the same, however it was cut. Reading and writing
takes a fifteenth of what cleaning takes (257 MB/s of JSON Lines, 161 of Parquet, against 15).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Self

from scrubber.bulk import sidecar
from scrubber.bulk.aside import Aside
from scrubber.bulk.attempts import Tick
from scrubber.bulk.containers import open_shard
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Fingerprint, fingerprint
from scrubber.bulk.model import Change, Entry, Record, ShardError, Span
from scrubber.bulk.plan import Planned
from scrubber.bulk.ways import Way
from scrubber.edits import apply


class MissingError(Exception):
    """A part is not there: another job has not done it yet."""


class Left(NamedTuple):
    """A shard that another job will put together, which has parts of it still to do."""


class Part(NamedTuple):
    """A part that is done: of which file, with which settings, how many rows it has.

    `faults` are rows, counted from the part's first, and what went wrong with them.
    """

    settings: str
    source: Fingerprint
    rows: int
    faults: tuple[tuple[int, str], ...] = ()

    def data(self) -> bytes:
        """Return it as it lies on disk."""
        plain = self._asdict() | {"source": self.source._asdict()}
        return json.dumps(plain).encode("utf-8", "surrogatepass") + b"\n"

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Return what lies on disk; None where there is nothing that can be read."""
        try:
            plain = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
            faults = tuple((row, problem) for row, problem in plain["faults"])
            return cls(plain["settings"], Fingerprint(**plain["source"]), plain["rows"], faults)
        except (OSError, ValueError, KeyError, TypeError):
            return None


def known(layout: Layout, shard: Planned, digest: str) -> frozenset[Span]:
    """Return the spans of a shard that are done, with these settings and of this file."""
    if not os.path.isdir(layout.parts(shard.name)):
        return frozenset()
    try:
        source = fingerprint(shard.source, edges=not shard.url)
    except OSError:
        return frozenset()
    found = ((span, _read(layout, shard, span, digest, source)) for span in shard.spans)
    return frozenset(span for span, part in found if part is not None)


def _read(
    layout: Layout, shard: Planned, span: Span, digest: str, source: Fingerprint
) -> Part | None:
    part = Part.read(layout.part(shard.name, span, ".json"))
    held = part is not None and (part.settings, part.source) == (digest, source)
    return part if held and os.path.lexists(_edits(layout, shard.name, span)) else None


def _edits(layout: Layout, name: str, span: Span) -> Path:
    return layout.part(name, span, sidecar.ending("jsonl"))


def clean(layout: Layout, way: Way, shard: Planned, tick: Tick) -> Part:
    """Find what is to be changed in a part, and keep it.

    Raises:
        ShardError: the file cannot be read.
        OSError: from the disk.
    """
    assert shard.span is not None
    source = fingerprint(shard.source, edges=not shard.url)
    reading = way.reading._replace(span=shard.span)
    target, rows, faults = _edits(layout, shard.name, shard.span), 0, list[tuple[int, str]]()
    with Aside(thorough=False) as aside:
        beside = aside.beside(target)
        writer = sidecar.Sidecar(beside, reading.fields)
        try:
            with open_shard(shard.source, None, reading) as container:
                for block in container:
                    writer.write(block, way.cleaner.changes(block.records, shard.path), {})
                    faults += way.cleaner.faults
                    rows = block.rows
                    tick(block.consumed)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
        if fingerprint(shard.source, edges=not shard.url) != source:
            raise ShardError("changed while it was being read; run scrubber again")
        part = Part(way.digest, source, rows, tuple(faults))
        aside.replace(beside, target)
        aside.write(layout.part(shard.name, shard.span, ".json"), part.data())
    return part


class Recalled:
    """A cleaner that knows already what is to be changed in the records of a shard.

    `faults` are those of the last call, as with any cleaner.

    Raises:
        MissingError: a part of it is not done.
    """

    def __init__(self, layout: Layout, shard: Planned, way: Way, source: Fingerprint) -> None:
        self.faults: list[tuple[int, str]] = []
        self._fields = way.reading.fields
        entries, faults, first = list[Iterator[Entry]](), list[tuple[int, str]](), 0
        for span in shard.spans:
            part = _read(layout, shard, span, way.digest, source)
            if part is None:
                raise MissingError
            entries.append(_from(_edits(layout, shard.name, span), first))
            faults += [(first + row, problem) for row, problem in part.faults]
            first += part.rows
        self._entries, self._faults = chain.from_iterable(entries), faults[::-1]
        self._next = next(self._entries, None)

    def changes(self, records: Sequence[Record], path: str) -> dict[int, list[Change]]:
        """Return what is to be changed in the records of a block, by row.

        Raises:
            ShardError: a part was made of another file.
        """
        self.faults = []
        found: dict[int, list[Change]] = {}
        for record in records if self._next is not None or self._faults else ():
            while self._faults and self._faults[-1][0] <= record.row:
                self.faults.append((record.row, self._faults.pop()[1]))
            while self._next is not None and self._next.row <= record.row:
                if self._next.row < record.row:
                    raise ShardError("its parts do not belong together; run scrubber again")
                found.setdefault(record.row, []).append(self._change(record, self._next))
                self._next = next(self._entries, None)
        return found

    def _change(self, record: Record, entry: Entry) -> Change:
        field = self._fields.index(entry.field)
        try:
            text = apply(record.texts[field], entry.edits)
        except ValueError:
            raise ShardError("its parts do not belong to it; run scrubber again") from None
        return Change(field, entry.edits, text, entry.actions, entry.decisions)


def _from(path: Path, first: int) -> Iterator[Entry]:
    """The entries of a part whose first row is some row of the shard."""
    for entry in sidecar.read(path):
        yield entry._replace(row=first + entry.row)


def swept(layout: Layout, name: str) -> None:
    """Take out the parts of a shard that was put together, and folders that are empty then."""
    folder = layout.parts(name)
    shutil.rmtree(folder, ignore_errors=True)
    while folder != layout.own:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent
