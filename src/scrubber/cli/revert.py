"""`scrubber revert`: what was cleaned, as it was before."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from scrubber.bulk import folder, manifest
from scrubber.bulk.layout import FOLDER, Layout
from scrubber.bulk.model import Reading
from scrubber.bulk.plan import plan
from scrubber.bulk.taking_back import TakingBack, cleaned
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
    trouble = options.Trouble()
    changed = done = 0
    for path in paths:
        layout = _layout(path)
        if layout is None:
            trouble.tell(
                os.fspath(path), f"no folder that scrubber clean wrote ({FOLDER} is missing)"
            )
            continue
        if folder.lies_in(layout.out, os.fspath(back)):
            raise click.UsageError(f"{back} lies in {layout.out}, the folder that is read")
        found = plan(cleaned(layout, path), [os.fspath(layout.out)]).shards
        if not found:
            trouble.tell(os.fspath(path), "nothing that scrubber clean wrote")
        work = TakingBack(layout, back, _ways(layout))
        for _, count in shards.through(trouble, work, found, shards.Where(workers), quiet=quiet):
            done += 1
            changed += count
    if not quiet:
        where = counted(done, "file")
        click.echo(f"{counted(changed, 'record')} taken back in {where}; see {back}.", err=True)
    return 2 if trouble.any else 0


def _layout(path: Path) -> Layout | None:
    """The folder that a path is or lies in, and that `clean` wrote."""
    for at in (path, *path.parents):
        if Layout(at).manifest.is_file():
            return Layout(at)
    return None


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
