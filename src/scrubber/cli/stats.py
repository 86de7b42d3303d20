"""`scrubber stats`: what was done in a folder that runs write to, and what is missing."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from scrubber.bulk import manifest, standing, stores, summary
from scrubber.bulk.layout import FOLDER, Layout
from scrubber.cli import options
from scrubber.report.text import printable

SHOWN = 50
"""Missing shards that are named one by one; JSON has all."""


@click.command("stats", short_help="Sum up what clean has done, and say what is missing.")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="In words, or as JSON, with everything that is missing.",
)
def command(out: Path, form: str) -> int:
    """Sum up a folder that `scrubber clean` writes to, by rule and by host.

    However many runs and jobs have written to it, and while others still do, each shard counts
    once. Exit code 1 means that some are missing.
    """
    url = stores.address(out)
    if url is None:
        return _told(Layout(out), os.fspath(out), form)
    with TemporaryDirectory(prefix="scrubber-") as aside:
        layout = Layout(Path(aside))
        try:
            stores.mirrored(url, layout)
        except stores.StoreError as error:
            raise click.UsageError(str(error)) from None
        return _told(layout, url, form)


def _told(layout: Layout, out: str, form: str) -> int:
    if not layout.manifest.is_file():
        problem = f"is no folder that scrubber clean wrote ({FOLDER} is missing)"
        raise click.UsageError(f"{out} {problem}")
    found = standing.standing(layout)
    known = manifest.Manifest.read(layout.manifest)
    if form == "json":
        settings = [known.every[name] for name in sorted(known.current)]
        options.put(summary.data(found.whole, settings, found.missing).decode())
        return 1 if found.missing else 0
    named = list(found.missing.items())
    lines = [f"{printable(name)}: {why}" for name, why in named[:SHOWN]]
    if len(named) > SHOWN:
        lines.append(f"and {len(named) - SHOWN:,} more; --format json has all")
    lines += [*summary.table(found.whole.counts), *summary.sentences(found.whole, out)]
    options.put("".join(f"{line}\n" for line in lines))
    return 1 if found.missing else 0
