"""Addresses on the command line: what lies there is made known in folders that stand for it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import click

from scrubber.bulk import parts, stored, stores
from scrubber.bulk.at_hand import AtHand
from scrubber.bulk.attempts import Work
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Marker
from scrubber.bulk.parts import Left, Part
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting
from scrubber.bulk.stored import RewritingStored
from scrubber.cli.options import Trouble


class Stage(NamedTuple):
    """Files that stand for objects, with their addresses, and the folder that stands for OUT."""

    paths: tuple[str, ...]
    urls: dict[Path, str]
    layout: Layout | None
    out: str | None

    def named(self, shards: tuple[Planned, ...]) -> tuple[Planned, ...]:
        """Return the shards with their addresses."""
        urls = self.urls
        return tuple(shard._replace(url=urls.get(shard.source, "")) for shard in shards)

    def work(self, rewriting: Rewriting) -> Work[Marker | Part | Left]:
        """Return what cleans shards, wherever they lie and go to."""
        return RewritingStored(rewriting, self.out) if self.out else AtHand(rewriting)

    def put(self) -> None:
        """Put what is known of all shards beside them.

        Raises:
            OSError: from the store.
            StoreError: it cannot be used.
        """
        if self.out is None or self.layout is None:
            return
        for path in (self.layout.manifest, self.layout.inventory, self.layout.summary):
            if path.exists():
                name = path.relative_to(self.layout.out).as_posix()
                stores.put(path, stores.below(self.out, name))

    @property
    def seen(self) -> str | None:
        """What nodes of a cluster have to see: with what the folder is cleaned, where it lies."""
        if self.layout is None:
            return None
        name = self.layout.manifest.relative_to(self.layout.out).as_posix()
        return stores.below(self.out, name) if self.out else str(self.layout.manifest)

    def swept(self, shards: Iterable[Planned]) -> None:
        """Take out the parts of shards that were put together, where a kill has left them."""
        for shard in shards if self.layout else ():
            if self.layout and self.layout.parts(shard.name).is_dir():
                parts.swept(self.layout, shard.name)
                if self.out:
                    stored.swept(self.out, shard.name)

    def looked_again(self) -> None:
        """Learn what other jobs have done meanwhile."""
        if self.out is not None and self.layout is not None:
            stores.mirrored(self.out, self.layout)


def stage(trouble: Trouble, folder: Path, paths: tuple[str, ...], out: Path | None) -> Stage:
    """Return paths with addresses replaced by folders below `folder` that stand for them.

    Raises:
        click.UsageError: a store cannot be used.
    """
    made, urls, layout = list[str](), dict[Path, str](), Layout(out) if out else None
    to = stores.address(out) if out else None
    try:
        for number, path in enumerate(paths):
            url = stores.address(path)
            if url is None:
                made.append(path)
                continue
            found = stores.listed(url)
            if not found:
                trouble.tell(path, "no such object, and nothing below it")
            alone = len(found) == 1 and found[0].url == url
            inner = folder / "in" / str(number)
            for one in found:
                stores.stand_in(one, inner / one.name)
                urls[inner / one.name] = one.url
            if found:
                made.append(os.fspath(inner / found[0].name if alone else inner))
        if to is not None:
            layout = Layout(folder / "out")
            stores.mirrored(to, layout)
    except (stores.StoreError, OSError) as error:
        raise click.UsageError(str(error)) from None
    return Stage(tuple(made), urls, layout, to)
