"""Addresses on the command line: what lies there is made known in folders that stand for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import click

from scrubber.bulk import stores
from scrubber.bulk.layout import Layout
from scrubber.bulk.plan import Planned
from scrubber.cli.options import Trouble


class Stage(NamedTuple):
    """Files that stand for objects, with their addresses, and the folder that stands for OUT."""

    paths: tuple[str, ...]
    urls: dict[Path, str]
    layout: Layout | None
    out: str | None

    @property
    def stored(self) -> bool:
        """Whether anything lies in a store."""
        return bool(self.urls or self.out)

    def named(self, shards: tuple[Planned, ...]) -> tuple[Planned, ...]:
        """Return the shards with their addresses."""
        urls = self.urls
        return tuple(shard._replace(url=urls.get(shard.source, "")) for shard in shards)

    def put(self) -> None:
        """Put what is known of all shards beside them.

        Raises:
            OSError: from the store.
        """
        if self.out is None or self.layout is None:
            return
        for path in (self.layout.manifest, self.layout.inventory, self.layout.summary):
            if path.exists():
                name = path.relative_to(self.layout.out).as_posix()
                stores.put(path, stores.below(self.out, name))

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
            for stored in found:
                stores.stand_in(stored, inner / stored.name)
                urls[inner / stored.name] = stored.url
            if found:
                made.append(os.fspath(inner / found[0].name if alone else inner))
        if to is not None:
            layout = Layout(folder / "out")
            stores.mirrored(to, layout)
    except stores.StoreError as error:
        raise click.UsageError(str(error)) from None
    return Stage(tuple(made), urls, layout, to)
