"""Which shards a run has, and what each one is called in the folder that is written to. Pure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from scrubber.bulk.model import Span


class Planned(NamedTuple):
    """A file to be cleaned: its name below OUT, with slashes, and its size in bytes.

    `way` is the number of the way in which it is cleaned, for projects differ. Of a part of a file
    `span` says which; a file that is cut has the `spans` of all its parts. What lies in a store has
    its address there as `url`, and `source` is a file that stands for it.
    """

    source: Path
    name: str
    size: int
    way: int = 0
    span: Span | None = None
    spans: tuple[Span, ...] = ()
    url: str = ""

    @property
    def path(self) -> str:
        """What the file is called where it is told of: its address, or its path as it was given."""
        return self.url or os.fspath(self.source)

    @property
    def weight(self) -> int:
        """How many bytes are to be cleaned; in a file that was cut its parts are."""
        return 0 if self.spans else self.size


class Plan(NamedTuple):
    """The shards in the order in which they were found, and what cannot be done, by path."""

    shards: tuple[Planned, ...]
    problems: tuple[tuple[str, str], ...] = ()


def plan(found: Iterable[tuple[Path, int, int]], given: Sequence[str]) -> Plan:
    """Name the files (with their sizes and ways) that some given paths stand for.

    What lies in a given folder has the same name below OUT, a file its own name. The first of
    several that would have the same name is done, the others are problems.

    >>> plan([(Path("a/x.txt"), 1, 0), (Path("b/x.txt"), 2, 0)], ["a/x.txt", "b/x.txt"]).problems
    (('b/x.txt', 'would have the same name as a/x.txt; give it another folder'),)
    """
    folders = [Path(path) for path in given if os.path.isdir(path)]
    names: dict[str, Planned] = {}
    problems: list[tuple[str, str]] = []
    for source, size, way in found:
        name = _name(folders, source)
        if name in names:
            other = names[name].source
            problem = f"would have the same name as {other}; give it another folder"
            problems.append((os.fspath(source), problem))
        else:
            names[name] = Planned(source, name, size, way)
    return Plan(tuple(names.values()), tuple(problems))


def _name(folders: Sequence[Path], source: Path) -> str:
    for folder in folders:
        if source.is_relative_to(folder):
            return source.relative_to(folder).as_posix()
    return source.name


SMALL = 4 << 20
"""Bytes of shards that go to a worker together: a message to it costs about 1 ms."""

MANY = 256


def portions(shards: Sequence[Planned], workers: int) -> list[tuple[Planned, ...]]:
    """Return shards as they go to workers: the largest first, small ones together.

    The largest first, so that none is left to one worker when the others have ended.
    """
    limit = min(SMALL, sum(shard.weight for shard in shards) // (4 * workers))
    found: list[tuple[Planned, ...]] = []
    some: list[Planned] = []
    size = 0
    for shard in sorted(shards, key=lambda shard: -shard.weight):
        if some and (size + shard.weight > limit or len(some) == MANY):
            found.append(tuple(some))
            some, size = [], 0
        some.append(shard)
        size += shard.weight
    return [*found, tuple(some)] if some else found
