"""Shards taken back that lie in a store, or go to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from scrubber.bulk import stores
from scrubber.bulk.at_hand import at_hand
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Marker
from scrubber.bulk.model import ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.room import room
from scrubber.bulk.taking_back import TakingBack


@dataclass(frozen=True)
class TakingBackStored:
    """Takes shards back as `TakingBack` does.

    `out` is the address that they were cleaned to, `back` the one that the originals go to; None
    where it is a folder.
    """

    work: TakingBack
    out: str | None
    back: str | None

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> int:
        """Write the original of a shard, and return how many records had been changed.

        Raises:
            ShardError: there is no telling what the original was, or there is an object already.
            OSError: from the disk or the store.
        """
        url = stores.below(self.back, shard.name) if self.back else ""
        if url and stores.info(url) is not None:
            raise ShardError(f"{url} exists already; it is left as it is")
        with room() as aside, at_hand(shard) as here:
            work = self.work
            if self.out:
                work = replace(work, layout=self._known(shard, Layout(aside / "out")))
            if url:
                work = replace(work, back=aside / "back")
            count = work(here, tick)
            if url:
                stores.put(work.back / shard.name, url)
        return count

    def _known(self, shard: Planned, layout: Layout) -> Layout:
        """Fetch what is known of a shard."""
        marker = Marker.read(self.work.layout.marker(shard.name))
        names = [layout.marker(shard.name)]
        if marker is not None and marker.edits:
            names.append(layout.edits(shard.name, marker.edits))
        for path in names:
            name = path.relative_to(layout.out).as_posix()
            stores.fetch(stores.below(self.out or "", name), path)
        return layout
