"""One shard cleaned: read, repaired, written beside its place, put there whole, marked as done.

The marker goes before the output: a shard is done when both are there. So at no moment is there an
output of which nothing is known, and what has no marker is somebody else's.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scrubber.bulk import parts
from scrubber.bulk.aside import Aside
from scrubber.bulk.attempts import EndError, Tick
from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.containers import open_shard
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Fingerprint, Marker, fingerprint
from scrubber.bulk.model import Block, Reading, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.recording import Recording, nesting
from scrubber.bulk.rejects import Rejects
from scrubber.bulk.statistics import Statistics
from scrubber.bulk.ways import Way

TOLD = 20
"""Rejects and faults of a shard that its marker holds word for word."""

LARGE = 1 << 20
"""Bytes from which on a shard's marker is on disk before its output has its name.

Of 2,000 small texts in a folder each took 27 ms where all was waited for and 14 so, of which 6 are
one `fsync`, on a busy machine.
"""


@dataclass(frozen=True)
class Rewriting:
    """All that cleaning a shard needs beside the shard; sent to workers."""

    layout: Layout
    ways: tuple[Way, ...]
    form: str = "jsonl"
    dolma: bool = False
    strict: bool = False
    force: bool = False

    def __call__(self, shard: Planned, tick: Tick) -> Marker | parts.Part | parts.Left:
        """Clean a shard and return the marker that was written; of a part what was kept.

        A shard of which another job has not done its parts is left to that job.

        Raises:
            ShardError: it cannot be read, or its output is not ours to replace.
            EndError: a record of it cannot be read, and the run was to be strict.
            OSError: from the disk.
        """
        if shard.span is not None:
            return parts.clean(self.layout, self.ways[shard.way], shard, tick)
        try:
            marker = self._rewritten(shard, tick)
        except (parts.MissingError, FileNotFoundError, ShardError) as error:
            # Whoever has put it together in the meantime has taken out the parts.
            done = Marker.read(self.layout.marker(shard.name)) if shard.spans else None
            own, target = self.ways[shard.way].digest, self.layout.output(shard.name)
            if done is None or not done.holds(own, shard.source, target):
                if isinstance(error, parts.MissingError):
                    return parts.Left()
                raise
            marker = done
        if shard.spans:
            parts.swept(self.layout, shard.name)
        return marker

    def _rewritten(self, shard: Planned, tick: Tick) -> Marker:
        """A shard as a whole, or of its parts."""
        target = self.layout.output(shard.name)
        before = Marker.read(self.layout.marker(shard.name))
        self._check(target, before)
        source = fingerprint(shard.source, edges=not shard.url)
        cleaner = self._cleaner(shard, source)
        with Aside(thorough=shard.size >= LARGE) as aside:
            output = aside.beside(target)
            way = self.ways[shard.way]
            reading = nesting(way.reading, self.form, shard.source)
            rejects = Rejects(aside, self.layout.rejects(shard.name))
            edits = Recording(aside, self.layout, shard.name, self.form, reading, dolma=self.dolma)
            with contextlib.closing(rejects):
                counts, told = self._written(
                    shard, output, reading, cleaner, (rejects, edits), tick
                )
            if not counts.changed and reading.nested is None:
                shutil.copyfile(shard.source, output)  # no other compression, no other row groups
            if fingerprint(shard.source, edges=not shard.url) != source:
                raise ShardError("changed while it was being read; run scrubber again")
            os.chmod(output, shard.source.stat().st_mode & 0o777)
            if before is not None:
                target.unlink(missing_ok=True)  # a run that is killed here does the shard again
            rejects.place()
            kept = edits.place(changed=counts.changed > 0)
            size = output.stat().st_size
            marker = Marker(way.digest, source, size, counts.bounded(), tuple(told), kept)
            aside.write(self.layout.marker(shard.name), marker.data())
            self._place(aside, output, target)
        return marker

    def _cleaner(self, shard: Planned, source: Fingerprint) -> Cleaner | parts.Recalled:
        way = self.ways[shard.way]
        return parts.Recalled(self.layout, shard, way, source) if shard.spans else way.cleaner

    def _check(self, target: Path, before: Marker | None) -> None:
        """Make sure that what is there is what an earlier run has written."""
        if not os.path.lexists(target):
            return
        if before is None:
            raise ShardError(f"{target} exists already; it is left as it is")
        if target.stat().st_size != before.output and not self.force:
            problem = "was changed since it was cleaned; it is left as it is (see --force)"
            raise ShardError(f"{target} {problem}")

    def _written(
        self,
        shard: Planned,
        output: Path,
        reading: Reading,
        cleaner: Cleaner | parts.Recalled,
        notes: tuple[Rejects, Recording],
        tick: Tick,
    ) -> tuple[Statistics, list[tuple[str, str]]]:
        """Write what is to be placed."""
        counts, told = Statistics(), list[tuple[str, str]]()
        path, (rejects, edits) = shard.path, notes
        try:
            with open_shard(shard.source, output, reading) as container:
                for block in container:
                    changes = cleaner.changes(block.records, path)
                    edits.write(block, changes, container.write(block, changes))
                    rejects.write(reject._replace(path=path) for reject in block.rejects)
                    noted(block, cleaner.faults, told, counts, strict=self.strict)
                    counts.count(block, changes)
                    tick(block.consumed)
                    del block, changes  # before the next is read: a record may be large
                container.close()
            edits.close()
        except BaseException:
            edits.abandon()
            raise
        return counts, told

    def _place(self, aside: Aside, output: Path, target: Path) -> None:
        try:
            aside.place(output, target)
        except FileExistsError:
            if not filecmp.cmp(output, target, shallow=False):  # else another run has done it
                raise ShardError(f"{target} exists already; it is left as it is") from None


def noted(
    block: Block,
    faults: Sequence[tuple[int, str]],
    told: list[tuple[str, str]],
    counts: Statistics,
    *,
    strict: bool,
) -> None:
    """Note the first records that could not be read and rules that failed, to be told of.

    Raises:
        EndError: a record could not be read, and it was to be strict.
    """
    counts.faults += len(faults)
    if block.rejects and strict:
        first = block.rejects[0]
        raise EndError(f"line {first.line}: {first.reason} (--strict stops here)")
    if len(told) < TOLD and (block.rejects or faults):
        ids = {record.row: record.id for record in block.records} if faults else {}
        told += [(f"line {reject.line}", reject.reason) for reject in block.rejects]
        told += [(f"record {ids[row]}", fault) for row, fault in faults]
        del told[TOLD:]
