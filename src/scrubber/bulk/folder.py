"""The folder that runs write to: who may, with which settings, and what is done there already."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from scrubber.bulk import manifest
from scrubber.bulk.aside import Aside, swept
from scrubber.bulk.inventory import Inventory
from scrubber.bulk.layout import Layout
from scrubber.bulk.manifest import Manifest, Settings
from scrubber.bulk.markers import Marker
from scrubber.bulk.plan import Planned


class OtherSettingsError(Exception):
    """Shards in the folder were cleaned with other settings; the message names which differ."""


DEAD = 24 * 60 * 60.0
"""Seconds after which a file that nobody has written to since is one of a run that was killed."""


@contextlib.contextmanager
def held(layout: Layout, *, shared: bool = False) -> Iterator[None]:
    """Hold the folder while a run goes on. What killed runs left is taken out at both ends.

    Several runs may hold it at once, each for shards of its own; then, and where a file system has
    no locks, nothing is taken out. Jobs on other machines may not see a lock: where it is `shared`
    with them, only what nobody has written to for a day is taken out.

    Raises:
        OSError: it cannot be written to.
    """
    layout.own.mkdir(parents=True, exist_ok=True)
    age = DEAD if shared else 0.0
    with layout.lock.open("ab") as file:
        if _locked(file, alone=True):
            swept(layout.out, age)
        _locked(file, alone=False)
        try:
            yield
        finally:
            if _locked(file, alone=True):
                swept(layout.out, age)


def _locked(file: IO[bytes], *, alone: bool) -> bool:
    """Whether the lock of the folder was to be had; not on systems without such locks."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_NB | (fcntl.LOCK_EX if alone else fcntl.LOCK_SH))
    except OSError:
        return False
    return True


def agreed(layout: Layout, ways: Mapping[str, Settings]) -> None:
    """Make sure that the folder was cleaned with the same in common. Only reads.

    Raises:
        OtherSettingsError: it was not, or nothing is known of what was cleaned there.
    """
    known = Manifest.read(layout.manifest)
    if not known.every and _marked(layout):
        raise _other(layout, ["manifest.json cannot be read"])
    for before in known.current:
        for now in ways.values():
            names = manifest.differing(known.every[before], now)
            if not manifest.COMMON.isdisjoint(names):
                raise _other(layout, names)


def _other(layout: Layout, names: Sequence[str]) -> OtherSettingsError:
    return OtherSettingsError(
        f"{layout.out} was cleaned with other settings ({', '.join(names)}); name another"
        " folder, or clean all of it again with --force"
    )


def _marked(layout: Layout) -> bool:
    """Whether any shard is marked as done."""
    return any(names for _, _, names in os.walk(layout.markers))


def looked_up(
    layout: Layout, shards: Iterable[Planned], ways: Mapping[str, Settings], *, force: bool
) -> Iterator[tuple[Planned, Marker | None]]:
    """Yield each shard with its marker, where it is done: neither it nor its output has changed.

    `ways` are all ways in which shards are cleaned, in their order.

    Raises:
        OtherSettingsError: one was cleaned with other settings, and it was not to be done again
            by `force`, now or in a run that was killed.
    """
    known, digests = Manifest.read(layout.manifest), list(ways)
    for shard in shards:
        marker = Marker.read(layout.marker(shard.name))
        own = digests[shard.way]
        if marker and marker.settings != own and marker.settings in known.current and not force:
            raise _other(layout, manifest.differing(known.every[marker.settings], ways[own]))
        held = marker and marker.holds(
            own, shard.source, layout.output(shard.name), edges=not shard.url
        )
        yield shard, marker if held else None


def expect(layout: Layout, shards: Iterable[Planned]) -> None:
    """Write down which shards the folder is to hold.

    Raises:
        OSError: it cannot be written.
    """
    _noted(layout.inventory, Inventory.read(layout.inventory).joined(shards).data())


def claim(layout: Layout, ways: Mapping[str, Settings], *, force: bool) -> None:
    """Write down with what the folder's shards are cleaned from now on.

    Raises:
        OSError: it cannot be written.
    """
    _noted(layout.manifest, Manifest.read(layout.manifest).joined(ways, force=force).data())


def _noted(path: Path, data: bytes) -> None:
    """Write a file unless it is so already: a thousand jobs of an array find it so."""
    if not path.exists() or path.read_bytes() != data:
        write(path, data)


def write(path: Path, data: bytes) -> None:
    """Write a small file of the folder, whole.

    Raises:
        OSError: it cannot be written.
    """
    with Aside() as aside:
        aside.write(path, data)


def lies_in(folder: Path, path: str) -> bool:
    """Whether a path is in a folder, by their real places."""
    real = os.path.realpath(folder)
    try:
        return os.path.commonpath([real, os.path.realpath(path)]) == real
    except ValueError:  # on two drives
        return False
