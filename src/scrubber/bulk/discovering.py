"""A second pass that changes nothing: what of a shard could be a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scrubber.bulk.containers import open_shard
from scrubber.bulk.model import Reading
from scrubber.bulk.plan import Planned
from scrubber.evidence.candidates import Candidates
from scrubber.evidence.counts import Counts


@dataclass(frozen=True)
class Discovering:
    """All that it needs beside the shard; sent to workers."""

    counts: Counts
    readings: tuple[tuple[Reading, str | None], ...]
    seed: int

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> Candidates:
        """Return the candidates of a shard.

        Raises:
            ShardError: it cannot be read.
            OSError: from the disk.
        """
        found = Candidates(self.seed)
        with open_shard(shard.source, None, self.readings[shard.way][0]) as container:
            for block in container:
                for record in block.records:
                    for text in record.texts:
                        where = f"{shard.name}, record {record.id}"
                        found.look(self.counts, text, record.host, where)
                tick(block.consumed)
        return found.bounded()
