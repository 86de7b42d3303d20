"""Counts of shards that lie in a store, or go to one; and files of counts that lie there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scrubber.bulk import stores, tallying
from scrubber.bulk.at_hand import at_hand
from scrubber.bulk.markers import Fingerprint, fingerprint
from scrubber.bulk.model import ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.room import room
from scrubber.bulk.tallying import TOGETHER, Tally, Tallying
from scrubber.evidence.counting import Sums
from scrubber.evidence.counts import Counts, Header


@dataclass(frozen=True)
class TallyingStored:
    """Counts shards as `Tallying` does; `out` is the address that the counts of each go to."""

    tallying: Tallying
    out: str | None

    def __call__(self, shard: Planned, tick: Callable[[int], None]) -> Tally:
        """Count a shard.

        Raises:
            ShardError: it cannot be read.
            OSError: from the disk or the store.
        """
        with room() as aside:
            work = replace(self.tallying, folder=aside) if self.out else self.tallying
            part = work.folder / work.name(shard, _source(shard))
            if self.out and stores.info(stores.below(self.out, part.name)) is not None:
                for name in (part.name, part.with_suffix(".json").name):
                    stores.fetch(stores.below(self.out, name), work.folder / name)
            tally = tallying.known(part)
            if tally is None:
                with at_hand(shard) as here:
                    tally = work(here, tick)
                if self.out:
                    for path in (part.with_suffix(".json"), part):
                        stores.put(path, stores.below(self.out, path.name))
        return tally


def _source(shard: Planned) -> Fingerprint:
    if not shard.url:
        return fingerprint(shard.source)
    there = stores.info(shard.url)
    if there is None:
        raise ShardError("no such object")
    return Fingerprint(there.size, there.made, "")


def merge(parts: Sequence[str], out: str) -> Sums:
    """Merge files of counts into a new one, wherever they lie.

    Raises:
        CountsError: one of them is no file of counts.
        OSError: from the disk or a store.
        ShardError: from a store.
    """
    url = stores.address(out)
    with room() as aside:
        made = [*_fetched(parts, aside)]
        if url is None:
            return tallying.merge(made, Path(out))
        whole = aside / "whole.counts"
        sums = tallying.merge(made, whole)
        stores.put(whole, url)
    return sums


def _fetched(parts: Iterable[str], aside: Path) -> Iterator[Path]:
    """Files of counts as they lie on a disk; those of a store are fetched some at a time."""
    stored = list[str]()
    for part in parts:
        url = stores.address(part)
        if url is None:
            yield Path(part)
        else:
            stored.append(url)
    for at in range(0, len(stored), TOGETHER):
        some = [(url, aside / f"{at + n}.part") for n, url in enumerate(stored[at : at + TOGETHER])]
        for url, path in some:
            stores.fetch(url, path)
        if len(stored) <= TOGETHER:
            yield from (path for _, path in some)
            return
        merged = aside / f"{at}.merged"
        tallying.merge([path for _, path in some], merged, whole=False)
        for _, path in some:
            path.unlink()
        yield merged


@functools.cache
def evidence(url: str) -> Counts:
    """Return a file of counts that lies in a store, fetched once in each process.

    Raises:
        CountsError: it is no such file.
        OSError: from the disk or the store.
        ShardError: from the store.
    """
    with TemporaryDirectory(prefix="scrubber-", ignore_cleanup_errors=True) as aside:
        path = Path(aside, "fetched.counts")
        stores.fetch(url, path)
        return _Fetched(path, url)


class _Fetched(Counts):
    """A file of counts of which only the memory map is left; it is sent by its address."""

    def __init__(self, path: Path, url: str) -> None:
        super().__init__(path)
        self._url = url
        self._data.size()  # the map is made, and the file can go

    def __reduce__(self) -> tuple[Any, ...]:
        return again, (self._url, self.header)


def again(url: str, wanted: Header) -> Counts:
    """Return the same file of counts in another process.

    Raises:
        CountsError: there it is another one.
        OSError: from the disk or the store.
        ShardError: from the store.
    """
    return evidence(url).same(wanted)
