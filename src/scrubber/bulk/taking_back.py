"""One shard that was cleaned, taken back: what was read is written again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scrubber.bulk.aside import Aside
from scrubber.bulk.attempts import Tick
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Marker
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.recording import nesting
from scrubber.bulk.reverting import revert


@dataclass(frozen=True)
class TakingBack:
    """All that taking a shard back needs beside the shard; sent to workers.

    `ways` tell by the digests in markers how shards were read, and the form of the record of edits.
    """

    layout: Layout
    back: Path
    ways: Mapping[str, tuple[Reading, str]]

    def __call__(self, shard: Planned, tick: Tick) -> int:
        """Write the original of a shard, and return how many records had been changed.

        Raises:
            ShardError: there is no telling what the original was, or there is a file already.
            OSError: from the disk.
        """
        target = self.back / shard.name
        marker = Marker.read(self.layout.marker(shard.name))
        if marker is None or marker.settings not in self.ways:
            raise ShardError("was not written by scrubber clean, or its marker is damaged")
        if os.path.lexists(target):
            raise ShardError(f"{target} exists already; it is left as it is")
        if shard.source.stat().st_size != marker.output:
            raise ShardError("was changed since it was cleaned")
        with Aside() as aside:
            path = aside.beside(target)
            count = self._written(shard, marker, path)
            os.chmod(path, shard.source.stat().st_mode & 0o777)
            tick(shard.size)
            try:
                aside.place(path, target)
            except FileExistsError:
                raise ShardError(f"{target} exists already; it is left as it is") from None
        return count

    def _written(self, shard: Planned, marker: Marker, path: Path) -> int:
        reading = nesting(*self.ways[marker.settings], shard.source)
        if marker.statistics.changed or reading.nested:
            record = marker.edits and self.layout.edits(shard.name, marker.edits)
            return revert(shard.source, record or None, path, reading)
        shutil.copyfile(shard.source, path)
        return 0


def cleaned(layout: Layout, under: Path) -> list[tuple[Path, int, int]]:
    """Return the shards at or under a path that were cleaned, with their sizes, by their markers.

    One that is missing has size 0, and cannot be taken back.
    """
    markers = layout.markers
    found = []
    for root, folders, names in os.walk(markers):
        folders.sort()
        for name in sorted(names):
            inner = Path(root, name).relative_to(markers).as_posix().removesuffix(".json")
            output = layout.output(inner)
            if name.endswith(".json") and (output == under or output.is_relative_to(under)):
                found.append((output, output.stat().st_size if output.exists() else 0, 0))
    return found
