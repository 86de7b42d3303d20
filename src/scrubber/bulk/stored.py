"""Shards that lie in an object store, or go to one: fetched, cleaned beside, put in their places.

As on a disk the marker goes before the output, and a shard is done when both are there and fit: a
job that is killed in between leaves what the next one knows to be its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scrubber.bulk import stores
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Marker
from scrubber.bulk.model import ShardError
from scrubber.bulk.parts import Left, Part
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting


@dataclass(frozen=True)
class RewritingStored:
    """Cleans shards as `Rewriting` does; `out` is the address that they go to, if it is one."""

    rewriting: Rewriting
    out: str | None

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> Marker | Part | Left:
        """Clean a shard and return its marker.

        Raises:
            ShardError: it cannot be read, or its output is not ours to replace.
            OSError: from the disk or the store.
        """
        with TemporaryDirectory(prefix="scrubber-") as aside:
            rewriting, source = self.rewriting, shard.source
            before = self._before(shard, Path(aside)) if self.out else None
            if self.out:
                rewriting = replace(rewriting, layout=Layout(Path(aside, "out")))
            if shard.url:
                source = Path(aside, "in", shard.source.name)
                stores.fetch(shard.url, source)
            marker = rewriting(shard._replace(source=source), tick)
            if self.out:
                self._put(shard, rewriting.layout, self.out, before)
        return marker

    def _before(self, shard: Planned, aside: Path) -> Marker | None:
        """The marker of an earlier run; what is there without one is somebody else's."""
        assert self.out is not None
        layout = Layout(Path())
        url = stores.below(self.out, shard.name)
        there = stores.info(url)
        known = stores.below(self.out, layout.marker(shard.name).as_posix())
        before = None
        if stores.info(known) is not None:
            stores.fetch(known, aside / "before.json")
            before = Marker.read(aside / "before.json")
        if there is not None and before is None:
            raise ShardError(f"{url} exists already; it is left as it is")
        if there and before and there.size != before.output and not self.rewriting.force:
            problem = "was changed since it was cleaned; it is left as it is (see --force)"
            raise ShardError(f"{url} {problem}")
        return before

    def _put(self, shard: Planned, layout: Layout, out: str, before: Marker | None) -> None:
        names = list(stores.written(layout))
        if before is not None:
            stores.remove(stores.below(out, shard.name))
            for old in _beside(Layout(Path()), shard, before):
                if old not in names:
                    stores.remove(stores.below(out, old))
        for name in names:
            stores.put(layout.out / name, stores.below(out, name))
        stores.put(layout.output(shard.name), stores.below(out, shard.name))


def _beside(layout: Layout, shard: Planned, before: Marker) -> list[str]:
    """What an earlier run may have left beside a shard that this one does not write."""
    found = [layout.rejects(shard.name)]
    if before.edits:
        found.append(layout.edits(shard.name, before.edits))
    return [path.as_posix() for path in found]
