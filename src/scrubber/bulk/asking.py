"""A model asked about what rules left in doubt in a shard: a pass over the record of doubts.

It reads nothing but that record and the records of the cleaned shard that it names, so it can be
done on other machines, and another time, than the cleaning.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrubber.bulk import doubts, sidecar
from scrubber.bulk.aside import Aside
from scrubber.bulk.attempts import Tick
from scrubber.bulk.containers import open_shard
from scrubber.bulk.doubts import Doubt
from scrubber.bulk.layout import Layout
from scrubber.bulk.model import Record, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.streams import Output, packing
from scrubber.bulk.ways import Way
from scrubber.kept import digest

if TYPE_CHECKING:
    from scrubber.opinion.judging import Opinion, Said

Tally = Counter[tuple[str, str]]
"""Findings by their rules and by what was said of them."""


@dataclass(frozen=True)
class Asking:
    """All that asking needs beside the shard; sent to workers, which load the model themselves.

    `weights` is the digest of the file or folder `model`. Where there are GPUs it is to have one.
    """

    layout: Layout
    ways: tuple[Way, ...]
    model: Path
    weights: bytes
    on_gpu: ClassVar[bool] = True

    def __call__(self, shard: Planned, tick: Tick) -> Tally:
        """Write what the model says of a shard's doubts, and count it.

        Raises:
            ShardError: the record of doubts is of another shard, or is missing.
            OSError: from the disk.
        """
        noted = self.layout.doubts(shard.name, sidecar.ending("jsonl"))
        of = doubts.head(noted)
        if of is None:
            raise ShardError("nothing was noted of what is in doubt, or it is damaged")
        target = self.layout.opinions(shard.name, sidecar.ending("jsonl"))
        own = digest(of.encode(), self.weights).hex()
        if doubts.head(target) == own:
            return _tally(target)
        with Aside() as aside:
            path = aside.beside(target)
            notes = Output(path, packing(target))
            try:
                notes.write(doubts.line({"of": own}))
                for row in self._rows(shard, noted, tick):
                    notes.write(doubts.line(row))
                notes.close()
            except BaseException:
                notes.abandon()
                raise
            aside.replace(path, target)
        return _tally(target)

    def _rows(self, shard: Planned, noted: Path, tick: Tick) -> Iterator[dict[str, Any]]:
        groups = groupby(doubts.read(noted), key=lambda doubt: doubt.row)
        row, group = next(groups, (None, iter(())))
        reading = self.ways[shard.way].reading
        if row is None:
            return
        opinion = _opinion(self.model, self.weights)
        with open_shard(self.layout.output(shard.name), None, reading) as container:
            for block in container:
                for record in block.records:
                    if record.row != row:
                        continue
                    for doubt in group:
                        yield _said(opinion, doubt, _text(record, doubt, reading.fields), shard)
                    row, group = next(groups, (None, iter(())))
                tick(block.consumed)
        if row is not None:
            raise ShardError("the record of doubts is of another shard")


def _text(record: Record, doubt: Doubt, fields: Sequence[str]) -> str:
    text = record.texts[fields.index(doubt.field)] if doubt.field in fields else ""
    if any(text[one.start : one.end] != one.text for one in doubt.findings):
        raise ShardError("the record of doubts is of another shard")
    return text


def _said(opinion: Opinion, doubt: Doubt, text: str, shard: Planned) -> dict[str, Any]:
    said = opinion.said(doubts.asked(text, shard.path), doubt.findings)
    row = doubts.plain(doubt._replace(findings=tuple(one.finding for one in said)))
    row["findings"] = [
        {**values, **_verdict(one)} for values, one in zip(row["findings"], said, strict=True)
    ]
    return row


def _verdict(one: Said) -> dict[str, Any]:
    return {"verdict": one.verdict, "margin": round(one.margin, 2)}


def _tally(path: Path) -> Tally:
    rows = sidecar.lines(path, "the record of opinions")
    next(rows, None)
    return Counter(
        (one["rule"], one["verdict"]) for row in rows for one in json.loads(row)["findings"]
    )


@lru_cache(maxsize=1)
def _opinion(model: Path, weights: bytes) -> Opinion:
    """The model, loaded once in each process."""
    from scrubber.opinion import choosing, judging, thresholds

    return judging.Opinion(choosing.scorer(model, weights), thresholds.thresholds())
