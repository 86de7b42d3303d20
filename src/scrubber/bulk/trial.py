"""What a run would do, without writing anything: counts, and a few diffs of each rule.

A place is drawn by the digest of where it lies, and the lowest digests stay: so the draw depends on
the seed and the texts alone, not on the number of workers or the order of the shards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from scrubber.bulk.attempts import Tick
from scrubber.bulk.containers import open_shard
from scrubber.bulk.model import Block, Changes, Record
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import noted
from scrubber.bulk.statistics import Statistics
from scrubber.bulk.ways import Way
from scrubber.model import Action, Document, Edit, Finding
from scrubber.report.excerpt import excerpt
from scrubber.report.samples import Least
from scrubber.report.text import printable


class Shown(NamedTuple):
    """A place as it is and as it would be, each in a line."""

    where: str
    before: str
    after: str


@dataclass
class Draw:
    """The places drawn of each rule."""

    size: int
    seed: int
    drawn: dict[str, Least[Shown]] = field(default_factory=dict)

    def offer(self, shard: str, record: Record, field: int, edit: Edit) -> None:
        """Let a place take part, for each rule that has asked for it."""
        for rule in edit.rules:
            where = f"{self.seed}\0{rule}\0{shard}\0{record.row}\0{field}\0{edit.start}"
            key = hashlib.blake2b(where.encode("utf-8", "surrogatepass"), digest_size=12).digest()
            make = partial(_shown, shard, record, field, edit)
            self.drawn.setdefault(rule, Least(self.size)).offer(key, make)

    def add(self, other: Draw) -> None:
        """Let what was drawn elsewhere, with the same seed and size, take part."""
        for rule, least in other.drawn.items():
            mine = self.drawn.setdefault(rule, Least(self.size))
            for key, shown in least.held:
                mine.offer(key, partial(_same, shown))


def _same(shown: Shown) -> Shown:
    return shown


def _shown(shard: str, record: Record, field: int, edit: Edit) -> Shown:
    text = record.texts[field]
    finding = Finding("", edit.start, edit.end, edit.before, (edit.after,), Action.FIX, "")
    it = excerpt(Document(text), finding)
    before = f"{it.lead}{''.join(it.old)}{it.tail}"
    if it.lines:
        return Shown(_where(shard, record), printable("".join(it.old)), "")
    after = f"{it.lead}{''.join(it.new or ())}{it.tail}"
    return Shown(_where(shard, record), printable(before), printable(after))


def _where(shard: str, record: Record) -> str:
    return printable(f"{shard}, record {record.id}")


class Tried(NamedTuple):
    """What would be done to a shard."""

    statistics: Statistics
    told: tuple[tuple[str, str], ...]
    draw: Draw


@dataclass(frozen=True)
class Trial:
    """All that trying a shard needs beside the shard; sent to workers."""

    ways: tuple[Way, ...]
    size: int
    seed: int
    strict: bool = False

    def __call__(self, shard: Planned, tick: Tick) -> Tried:
        """Return what would be done to a shard.

        Raises:
            ShardError: it cannot be read.
            EndError: a record of it cannot be read, and the run was to be strict.
            OSError: from the disk.
        """
        counts, told, draw = Statistics(), list[tuple[str, str]](), Draw(self.size, self.seed)
        cleaner, reading, *_ = self.ways[shard.way]
        with open_shard(shard.source, None, reading) as container:
            for block in container:
                changes = cleaner.changes(block.records, shard.path)
                noted(block, cleaner.faults, told, counts, strict=self.strict)
                counts.count(block, changes)
                if self.size:
                    _offer(draw, shard.name, block, changes)
                tick(block.consumed)
        return Tried(counts.bounded(), tuple(told), draw)


def _offer(draw: Draw, shard: str, block: Block, changes: Changes) -> None:
    for record in block.records:
        for change in changes.get(record.row, ()):
            for edit in change.edits:
                draw.offer(shard, record, change.field, edit)


def lines(draw: Draw, counts: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    """Yield what was drawn in lines, each with its role: the rule, a place, "-" or "+"."""
    for rule in sorted(draw.drawn, key=lambda rule: (-counts.get(rule, 0), rule)):
        held = draw.drawn[rule].held
        yield f"{rule}: {len(held):,} of {counts.get(rule, 0):,}", "rule"
        for _, shown in held:
            yield f"  {shown.where}", "place"
            yield f"- {shown.before}", "-"
            if shown.after:
                yield f"+ {shown.after}", "+"
