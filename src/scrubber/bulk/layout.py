"""Where the things of a run lie in the folder that it writes to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from scrubber.bulk.model import Span

FOLDER = "_scrubber"
"""What is no data lies in this folder: what reads folders of shards passes over such names."""


class Layout(NamedTuple):
    """The folder OUT. A shard is called by its path below OUT, with slashes."""

    out: Path

    @property
    def own(self) -> Path:
        """The folder of what is no data."""
        return self.out / FOLDER

    @property
    def manifest(self) -> Path:
        """What the shards were cleaned with."""
        return self.own / "manifest.json"

    @property
    def inventory(self) -> Path:
        """Which shards it is to hold."""
        return self.own / "inventory.json"

    @property
    def summary(self) -> Path:
        """What was done, all in all."""
        return self.own / "summary.json"

    @property
    def collected(self) -> Path:
        """Which file all edits were written to, where that was asked for."""
        return self.own / "collected.json"

    @property
    def lock(self) -> Path:
        """What every run holds while it goes on."""
        return self.own / "lock"

    def output(self, name: str) -> Path:
        """A shard, cleaned."""
        return self.out / name

    @property
    def markers(self) -> Path:
        """The folder of all markers."""
        return self.own / "markers"

    def marker(self, name: str) -> Path:
        """What says that a shard is done."""
        return self.markers / f"{name}.json"

    def parts(self, name: str) -> Path:
        """The folder of what is known of the parts of a shard, until it is put together."""
        return self.own / "parts" / name

    def part(self, name: str, span: Span, ending: str) -> Path:
        """A file of a part of a shard."""
        return self.parts(name) / f"{span.start}-{span.stop}{ending}"

    def rejects(self, name: str) -> Path:
        """The records of a shard that could not be read."""
        return self.own / "rejects" / f"{name}.jsonl"

    def edits(self, name: str, ending: str) -> Path:
        """The record of a shard's edits, with the ending of its form."""
        return self.own / "edits" / f"{name}{ending}"

    def doubts(self, name: str, ending: str) -> Path:
        """What rules only suggest in a shard that was cleaned, for a model to be asked about."""
        return self.own / "doubts" / f"{name}{ending}"

    def opinions(self, name: str, ending: str) -> Path:
        """What a model said of it."""
        return self.own / "opinions" / f"{name}{ending}"

    def attributes(self, name: str) -> Path:
        """The attributes of a shard, under the name by which Dolma looks for them."""
        stem = _PACKED.sub("", name)
        return self.own / "attributes" / "scrubber" / f"{stem.removesuffix('.jsonl')}.jsonl.gz"


_PACKED = re.compile(r"\.(?:gz|zst|bz2|xz)$")
