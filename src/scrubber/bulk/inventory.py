"""The shards that a folder is to hold, as every run writes them down: so it is known what lacks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Self

from scrubber.bulk.plan import Planned


class Wanted(NamedTuple):
    """A shard that a run was to clean: the path of its file as it was given, and its size."""

    source: str
    size: int


class Inventory(NamedTuple):
    """All shards that runs over a folder were to clean, by name."""

    shards: dict[str, Wanted]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what lies on disk; nothing where it cannot be read."""
        try:
            plain = json.loads(path.read_bytes())
            return cls({name: Wanted(*one) for name, one in plain["shards"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls({})

    def joined(self, shards: Iterable[Planned]) -> Self:
        """Return it with the shards of another run."""
        more = {shard.name: Wanted(shard.path, shard.size) for shard in shards}
        return type(self)({**self.shards, **more})

    def data(self) -> bytes:
        """Return it as it lies on disk."""
        shards = {name: list(self.shards[name]) for name in sorted(self.shards)}
        return json.dumps({"shards": shards}, indent=0).encode() + b"\n"
