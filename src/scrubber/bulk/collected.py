"""All edits of a run in one file of JSON Lines, made of the records of the shards."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from scrubber.bulk.aside import Aside
from scrubber.bulk.containers import container_of
from scrubber.bulk.folder import write
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Fingerprint, Marker, fingerprint
from scrubber.bulk.plan import Planned
from scrubber.bulk.sidecar import read


def ours(layout: Layout, file: Path) -> bool:
    """Whether a file is not there yet, or as an earlier run over the same folder has written it."""
    if not os.path.lexists(file):
        return True
    try:
        plain = json.loads(layout.collected.read_bytes())
        same_file: bool = plain["file"] == os.path.realpath(file)
        return same_file and Fingerprint(**plain["fingerprint"]) == fingerprint(file)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def collect(layout: Layout, shards: Iterable[Planned], file: Path) -> None:
    """Write the edits of all shards that are done to a file, in the order of the shards.

    Raises:
        ShardError: a record of edits is damaged.
        OSError: from the disk.
    """
    with Aside() as aside:
        path = aside.beside(file)
        with path.open("wb") as output:
            for shard in shards:
                marker = Marker.read(layout.marker(shard.name))
                if marker is not None and marker.edits is not None and marker.statistics.changed:
                    output.writelines(_lines(shard, layout.edits(shard.name, marker.edits)))
        aside.replace(path, file)
    plain = {"file": os.path.realpath(file), "fingerprint": fingerprint(file)._asdict()}
    write(layout.collected, json.dumps(plain).encode() + b"\n")


def _lines(shard: Planned, record: Path) -> Iterable[bytes]:
    alone = container_of(shard.source) in (None, "texts")
    for entry in read(record):
        for edit in entry.edits:
            plain = {
                "path": shard.path,
                "record": None if alone else entry.id,
                "field": entry.field,
                "rules": edit.rules,
                "start": edit.start,
                "end": edit.end,
                "before": edit.before,
                "after": edit.after,
            }
            yield json.dumps(plain).encode() + b"\n"
