"""Shards that lie in an object store, or go to one: fetched, cleaned beside, put in their places.

As on a disk the marker goes before the output, and a shard is done when both are there and fit: a
job that is killed in between leaves what the next one knows to be its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from scrubber.bulk import stores
from scrubber.bulk.at_hand import at_hand
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Fingerprint, Marker, fingerprint
from scrubber.bulk.model import ShardError
from scrubber.bulk.parts import Left, Part
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting
from scrubber.bulk.room import room

_PLACES = Layout(Path())
"""Where things lie below an address."""


@dataclass(frozen=True)
class RewritingStored:
    """Cleans shards as `Rewriting` does, and puts what comes of it below the address `out`."""

    rewriting: Rewriting
    out: str

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> Marker | Part | Left:
        """Clean a shard and return its marker; of a part what was kept.

        Raises:
            ShardError: it cannot be read, or its output is not ours to replace.
            OSError: from the disk or the store.
        """
        with room() as aside:
            work = replace(self.rewriting, layout=Layout(aside / "out"))
            if shard.span is not None:
                with at_hand(shard) as here:
                    part = work(here, tick)
                self._put(work.layout)
                return part
            before = self._before(shard, aside)
            if shard.spans and not self._parts(shard, work.layout):
                return self._done(shard, aside) or Left()
            with at_hand(shard) as here:
                marker = work(here, tick)
            if isinstance(marker, Marker):
                self._placed(shard, work.layout, before)
        return marker

    def _at(self, path: Path) -> str:
        return stores.below(self.out, path.as_posix())

    def _marker(self, shard: Planned, aside: Path) -> Marker | None:
        """The marker of an earlier run, or of another job."""
        url = self._at(_PLACES.marker(shard.name))
        if stores.info(url) is None:
            return None
        stores.fetch(url, aside / "marker.json")
        return Marker.read(aside / "marker.json")

    def _before(self, shard: Planned, aside: Path) -> Marker | None:
        """The marker of an earlier run; what is there without one is somebody else's."""
        url = stores.below(self.out, shard.name)
        there, before = stores.info(url), self._marker(shard, aside)
        if there is not None and before is None:
            raise ShardError(f"{url} exists already; it is left as it is")
        if there and before and there.size != before.output and not self.rewriting.force:
            problem = "was changed since it was cleaned; it is left as it is (see --force)"
            raise ShardError(f"{url} {problem}")
        return before

    def _parts(self, shard: Planned, layout: Layout) -> bool:
        """Fetch what is known of the parts of a shard; False where one is not there."""
        url, folder = self._at(_PLACES.parts(shard.name)), layout.parts(shard.name)
        found = stores.listed(url)
        if sum(one.name.endswith(".json") for one in found) < len(shard.spans):
            return False
        for one in found:
            try:
                stores.fetch(one.url, folder / one.name)
            except ShardError:  # whoever has put the shard together has taken it out
                return False
        return True

    def _done(self, shard: Planned, aside: Path) -> Marker | None:
        """The marker of a shard that another job has put together; None where none has."""
        marker, own = self._marker(shard, aside), self.rewriting.ways[shard.way].digest
        there = stores.info(stores.below(self.out, shard.name))
        if marker is None or there is None or there.size != marker.output:
            return None
        return marker if marker.settings == own and marker.source == _source(shard) else None

    def _placed(self, shard: Planned, layout: Layout, before: Marker | None) -> None:
        if before is not None:
            stores.remove(stores.below(self.out, shard.name))
            names = set(stores.written(layout))
            for old in _beside(shard, before):
                if old not in names:
                    stores.remove(stores.below(self.out, old))
        self._put(layout)
        stores.put(layout.output(shard.name), stores.below(self.out, shard.name))
        if shard.spans:
            swept(self.out, shard.name)

    def _put(self, layout: Layout) -> None:
        for name in stores.written(layout):
            stores.put(layout.out / name, stores.below(self.out, name))


def swept(out: str, name: str) -> None:
    """Take out the parts of a shard that was put together."""
    stores.clear(stores.below(out, _PLACES.parts(name).as_posix()))


def _source(shard: Planned) -> Fingerprint | None:
    if not shard.url:
        return fingerprint(shard.source)
    there = stores.info(shard.url)
    return None if there is None else Fingerprint(there.size, there.made, "")


def _beside(shard: Planned, before: Marker) -> list[str]:
    """What an earlier run may have left beside a shard that this one does not write."""
    found = [_PLACES.rejects(shard.name)]
    if before.edits:
        found.append(_PLACES.edits(shard.name, before.edits))
    return [path.as_posix() for path in found]
