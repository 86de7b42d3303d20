"""`scrubber revert`: what was cleaned, as it was before."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click

from scrubber.bulk import folder, manifest, stores, taking_back
from scrubber.bulk.layout import FOLDER, Layout
from scrubber.bulk.model import Reading
from scrubber.bulk.plan import Planned, plan
from scrubber.bulk.stored_back import TakingBackStored
from scrubber.bulk.taking_back import TakingBack
from scrubber.cli import options, shards
from scrubber.report.text import counted


@click.command("revert", short_help="Give back what was cleaned, as it was.")
@click.argument("paths", nargs=-1, required=True, metavar="OUT…", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    "back",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="BACK",
    help="The folder to write to.",
)
@shards.WORKERS
@options.QUIET
def command(paths: tuple[Path, ...], back: Path, workers: int | None, quiet: bool) -> int:
    """Write the originals of what `scrubber clean` wrote to OUT under the folder BACK.

    They are made of the cleaned files and the record of edits beside them: byte for byte, those in
    a compressed file too; of a table every value. OUT is a folder that was cleaned to, or a file
    or folder in it.
    """
    trouble, done, changed = options.Trouble(), 0, 0
    to = stores.address(back)
    for path in paths:
        with TemporaryDirectory(prefix="scrubber-") as aside:
            cleaned = _cleaned(path, Path(aside))
            if cleaned is None:
                problem = f"no folder that scrubber clean wrote ({FOLDER} is missing)"
                trouble.tell(stores.address(path) or os.fspath(path), problem)
                continue
            if _within(cleaned, back, to):
                read = cleaned.url or cleaned.layout.out
                raise click.UsageError(f"{to or back} lies in {read}, the folder that is read")
            found = _shards(cleaned)
            if not found:
                trouble.tell(os.fspath(path), "nothing that scrubber clean wrote")
            taking = TakingBack(cleaned.layout, back, _ways(cleaned.layout))
            work = TakingBackStored(taking, cleaned.url, to)
            here = shards.Where(workers)
            for _, count in shards.through(trouble, work, found, here, quiet=quiet):
                done += 1
                changed += count
    if not quiet:
        where = counted(done, "file")
        click.echo(
            f"{counted(changed, 'record')} taken back in {where}; see {to or back}.", err=True
        )
    return 2 if trouble.any else 0


class _Cleaned(NamedTuple):
    """A folder that `clean` wrote, or what stands for one in a store, and what of it is meant."""

    layout: Layout
    under: Path
    url: str | None = None


def _cleaned(path: Path, aside: Path) -> _Cleaned | None:
    """What a path is or lies in.

    Raises:
        click.UsageError: a store cannot be used.
    """
    url = stores.address(path)
    if url is None:
        for at in (path, *path.parents):
            if Layout(at).manifest.is_file():
                return _Cleaned(Layout(at), path)
        return None
    layout, inner = Layout(aside), ""
    name = layout.manifest.relative_to(aside).as_posix()
    try:
        while url.rstrip("/").partition("://")[2].strip("/"):
            url = url.rstrip("/")
            if stores.info(stores.below(url, name)) is not None:
                stores.mirrored(url, layout)
                return _Cleaned(layout, layout.output(inner), url)
            url, _, last = url.rpartition("/")
            inner = f"{last}/{inner}".rstrip("/")
    except (stores.StoreError, OSError) as error:
        raise click.UsageError(str(error)) from None
    return None


def _within(cleaned: _Cleaned, back: Path, to: str | None) -> bool:
    """Whether the originals would be written to what is read."""
    if cleaned.url or to:
        return bool(cleaned.url and to) and f"{to}/".startswith(f"{cleaned.url}/")
    return folder.lies_in(cleaned.layout.out, os.fspath(back))


def _shards(cleaned: _Cleaned) -> list[Planned]:
    layout, url = cleaned.layout, cleaned.url
    found = plan(taking_back.cleaned(layout, cleaned.under), [os.fspath(layout.out)]).shards
    return [shard._replace(url=stores.below(url, shard.name) if url else "") for shard in found]


def _ways(layout: Layout) -> dict[str, tuple[Reading, str]]:
    """How the shards of each way were read, and the form of their record of edits.

    Raises:
        click.UsageError: the manifest is damaged.
    """
    try:
        return {
            digest: _way(settings)
            for digest, settings in manifest.Manifest.read(layout.manifest).every.items()
        }
    except (KeyError, ValueError, TypeError):
        raise click.UsageError(f"{layout.manifest} cannot be read") from None


def _way(settings: manifest.Settings) -> tuple[Reading, str]:
    names, id_field, url_field = json.loads(settings["fields"])
    form, _ = json.loads(settings["record"])
    return Reading(tuple(names), str(id_field), str(url_field)), str(form)
