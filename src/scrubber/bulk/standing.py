"""How far a folder is: what is done in it, by its markers, and what is missing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scrubber.bulk.inventory import Inventory
from scrubber.bulk.layout import Layout
from scrubber.bulk.manifest import Manifest
from scrubber.bulk.markers import Marker
from scrubber.bulk.plan import Planned
from scrubber.bulk.summary import Sum


class Standing(NamedTuple):
    """The sum of all that is done, and what is not, by name: why not."""

    whole: Sum
    missing: Mapping[str, str]


def standing(layout: Layout) -> Standing:
    """Return how far a folder is that runs have written to. Only reads, and no shard."""
    wanted, known = Inventory.read(layout.inventory), Manifest.read(layout.manifest)
    names = sorted({*wanted.shards, *marked(layout)})
    whole, missing = Sum(len(names)), dict[str, str]()
    for name in names:
        marker = Marker.read(layout.marker(name))
        why = _lacks(layout, name, marker, known)
        if why or marker is None:
            missing[name] = why
        else:
            whole.add(marker.statistics)
    return Standing(whole, missing)


def _lacks(layout: Layout, name: str, marker: Marker | None, known: Manifest) -> str:
    """What a shard lacks to be done, "" where it is."""
    output = layout.output(name)
    if marker is None:
        there = os.path.lexists(layout.marker(name))
        return "its marker cannot be read" if there else "not done yet"
    if marker.settings not in known.current:
        return "was cleaned with other settings"
    try:
        size = output.stat().st_size
    except OSError:
        return "was cleaned, and is not there"
    return "" if size == marker.output else "was changed since it was cleaned"


def marked(layout: Layout) -> Iterable[str]:
    """Yield the names of shards that have a marker, in no order."""
    markers = layout.markers
    for root, _, names in os.walk(markers):
        inner = os.path.relpath(root, markers).replace(os.sep, "/")
        for name in names:
            if name.endswith(".json"):
                yield f"{inner}/{name[:-5]}".removeprefix("./")


def together(layout: Layout, shards: Iterable[Planned], digests: Iterable[str]) -> Sum | None:
    """Return the sum of shards that several jobs do, None as long as one of them is not done.

    `digests` are those of the settings by the number of their way. Whoever ends last finds all of
    them done, and where several do, they find the same.
    """
    shards, ways = list(shards), list(digests)
    there = set(marked(layout))
    if not all(shard.name in there for shard in shards):
        return None
    whole = Sum(len(shards))
    for shard in shards:
        marker = Marker.read(layout.marker(shard.name))
        done = marker is not None and marker.settings == ways[shard.way]
        if not done or marker is None or not os.path.lexists(layout.output(shard.name)):
            return None
        whole.add(marker.statistics)
    return whole
