"""Shards run through from an input to an output, and back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrubber.bulk.containers import open_shard
from scrubber.bulk.model import Block, Change, Reading, Record, Reject
from scrubber.bulk.sidecar import open_sidecar
from scrubber.edits import apply
from scrubber.model import Edit

Changer = Callable[[str], list[Edit]]


@dataclass
class Run:
    """All that a run over a shard told."""

    records: list[Record] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    oversized: int = 0
    size: int = 0
    most: int = 0
    rows: int = 0
    changes: dict[int, list[Change]] = field(default_factory=dict)
    kept: dict[tuple[int, int], Any] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return [record.texts[0] for record in self.records]

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(reject.line, reject.reason) for reject in self.rejects]


def nothing(_: str) -> list[Edit]:
    return []


def scribbled(text: str) -> list[Edit]:
    """Edits at every third code point or so: taken out, put in, replaced, whatever it is."""
    new = ["", "é", '"', "\\", "\n", "😀", "b, c", "\x00", "/", "\t"]
    edits, at = [], 0
    while at < len(text):
        kind = (ord(text[at]) + at) % 7
        if kind < 3:
            end = at + kind
            after = new[(ord(text[at]) * 31 + at) % len(new)]
            if text[at:end] != after and end <= len(text):
                edits.append(Edit(at, end, text[at:end], after, ("x/y",)))
            at = end + 1
        else:
            at += 1
    return edits


def run(
    path: Path, out: Path | None, changer: Changer = nothing, reading: Reading | None = None
) -> Run:
    """Change every text of a shard."""
    told = Run()
    with open_shard(path, out, reading or Reading()) as shard:
        for block in shard:
            told.records += block.records
            told.rejects += block.rejects
            told.oversized += block.oversized
            told.size += block.size
            told.rows = block.rows
            told.most = max(told.most, block.size)
            changes = changed(block, changer)
            if out is not None:
                told.kept.update(shard.write(block, changes))
            told.changes.update(changes)
        shard.close()
    return told


def cleaned(
    path: Path,
    out: Path,
    record: Path,
    changer: Changer = scribbled,
    reading: Reading | None = None,
    form: str = "jsonl",
) -> Run:
    """Change every text of a shard, as a run does it, with its record of edits."""
    reading = reading or Reading()
    told = Run()
    writer = open_sidecar(record, form, path.name, reading.fields)
    with contextlib.closing(writer), open_shard(path, out, reading) as shard:
        for block in shard:
            changes = changed(block, changer)
            kept = shard.write(block, changes)
            writer.write(block, changes, kept)
            told.changes.update(changes)
            told.records += block.records
            told.rejects += block.rejects
            told.rows = block.rows
        shard.close()
    return told


def changed(block: Block, changer: Changer) -> dict[int, list[Change]]:
    """The changes of a block."""
    changes: dict[int, list[Change]] = {}
    for record in block.records:
        for number, text in enumerate(record.texts):
            if edits := changer(text):
                said = ("fix",) * len(edits), (None,) * len(edits)
                change = Change(number, tuple(edits), apply(text, edits), *said)
                changes.setdefault(record.row, []).append(change)
    return changes
