"""What is done in which order: a file that was cut comes after the last of its parts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scrubber.bulk.plan import Planned, portions


def pieces(shards: Iterable[Planned]) -> list[Planned]:
    """Return what workers take: the parts of what is cut, and what is not."""
    return [piece for shard in shards for piece in (parts(shard) or [shard])]


def parts(shard: Planned) -> list[Planned]:
    """Return the parts of a shard, none of one that is not cut."""
    return [shard._replace(size=span.size, span=span, spans=()) for span in shard.spans]


class Agenda:
    """Shards and parts of shards, and the files to be put together of them."""

    def __init__(self, items: Sequence[Planned], workers: int) -> None:
        """Take note of all; a cut file of which no part is left can be done at once."""
        cut = {item.name: item for item in items if item.spans}
        self._left = Counter(item.name for item in items if item.span and item.name in cut)
        ready = [item for item in items if item.name not in self._left or item.span]
        self._cut = {name: cut[name] for name in self._left}
        every = portions(ready, workers) if workers > 1 else [(one,) for one in ready]
        self.waiting = every[::-1]
        """What can be begun; the last one is to be taken first."""

    def done(self, item: Planned) -> None:
        """Take note that an item was done; those that fail are never noted."""
        if item.span is None or item.name not in self._cut:
            return
        self._left[item.name] -= 1
        if not self._left[item.name]:
            self.waiting.append((self._cut.pop(item.name),))
