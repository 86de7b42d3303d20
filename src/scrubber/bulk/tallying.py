"""The first of two passes: shards are counted, each by itself, and what was counted is merged."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scrubber.bulk.aside import Aside
from scrubber.bulk.containers import open_shard
from scrubber.bulk.markers import Fingerprint, fingerprint
from scrubber.bulk.model import Reading, Record, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import TOLD
from scrubber.evidence import counts
from scrubber.evidence.counting import Counter, Sums
from scrubber.evidence.rows import MOST
from scrubber.kept import digest

TOGETHER = 200
"""Files of counts that are merged at a time: as many are open."""


class Tally(NamedTuple):
    """A shard that was counted: where its counts lie, and what of it could not be read."""

    part: Path
    told: tuple[tuple[str, str], ...]
    rejected: int


@dataclass(frozen=True)
class Tallying:
    """All that counting a shard needs beside the shard; sent to workers.

    `readings` say how shards are read, with the language of their texts where that is known, by the
    number of their way. A shard that an earlier run has counted is not read again.
    """

    folder: Path
    readings: tuple[tuple[Reading, str | None], ...]

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> Tally:
        """Count a shard.

        Raises:
            ShardError: it cannot be read.
            OSError: from the disk.
        """
        reading, language = self.readings[shard.way]
        reading = reading._replace(span=shard.span)
        of = f" from {shard.span.start:,} on" if shard.span and shard.span.start else ""
        source = fingerprint(shard.source, edges=not shard.url)
        part = self.folder / self.name(shard, source)
        before = known(part)
        if before is not None:
            return before
        counter, told, rejected = Counter(), list[tuple[str, str]](), 0
        with open_shard(shard.source, None, reading) as container:
            for block in container:
                for record in block.records:
                    add(counter, record, language)
                rejected += len(block.rejects)
                told += [(f"line {reject.line}{of}", reject.reason) for reject in block.rejects]
                del told[TOLD:]
                tick(block.consumed)
        if fingerprint(shard.source, edges=not shard.url) != source:
            raise ShardError("changed while it was being read; run scrubber again")
        with Aside() as aside:
            path = aside.beside(part)
            with path.open("wb") as file:
                counts.write(file, counter, whole=False)
            aside.write(part.with_suffix(".json"), json.dumps([told, rejected]).encode())
            aside.replace(path, part)
        return Tally(part, tuple(told), rejected)

    def name(self, shard: Planned, source: Fingerprint) -> str:
        """Return the name of the file for the counts of a shard, by all that decides them."""
        reading, language = self.readings[shard.way]
        path = shard.url or os.path.abspath(shard.source)
        reading = reading._replace(span=shard.span)
        named = repr((path, source, reading, language, counts.FORMAT))
        return f"{digest(named.encode()).hex()}.counts"


def known(part: Path) -> Tally | None:
    """Return what an earlier run has counted; None where there is nothing."""
    beside = part.with_suffix(".json")
    if not (beside.exists() and part.exists()):
        return None
    told, rejected = json.loads(beside.read_bytes())
    return Tally(part, tuple((where, problem) for where, problem in told), rejected)


def add(counter: Counter, record: Record, language: str | None) -> None:
    """Count the texts of a record."""
    for text in record.texts:
        if text:
            counter.add(text, record.host, language)


def merge(parts: Sequence[Path], out: Path, most: int = MOST, *, whole: bool = True) -> Sums:
    """Merge files of counts into a new one; it is there when it is whole.

    Without what follows from the counts where it is not a `whole` one, but to be merged.

    Raises:
        CountsError: one of them is no file of counts.
        OSError: from the disk.
    """
    with Aside() as aside:
        while len(parts) > TOGETHER:
            parts = [_merged(aside, some, out, most) for some in _portions(parts)]
        path = aside.beside(out)
        with path.open("wb") as file:
            sums = counts.write(file, Counter(), parts, most, whole=whole)
        aside.replace(path, out)
    return sums


def _merged(aside: Aside, parts: Sequence[Path], out: Path, most: int) -> Path:
    path = aside.beside(out)
    with path.open("wb") as file:
        counts.write(file, Counter(), parts, most, whole=False)
    return path


def _portions(parts: Sequence[Path]) -> Iterable[Sequence[Path]]:
    for at in range(0, len(parts), TOGETHER):
        yield parts[at : at + TOGETHER]


def parts_folder(out: Path) -> Path:
    """Return the folder for the counts of single shards, until they are merged into a file."""
    return out.with_name(f"{out.name}.parts")


def swept(folder: Path) -> None:
    """Take out the counts of single shards."""
    shutil.rmtree(folder, ignore_errors=True)
