"""`scrubber decisions prune`: what fits nothing any more, taken out of the ledger."""

from __future__ import annotations

import click

from scrubber.cli import ledgers, options
from scrubber.cli.fitting import fitting
from scrubber.report import reviewed
from scrubber.report.text import counted


@click.command("prune", short_help="Take out what fits nothing any more.")
@ledgers.texts
@click.option("--dry-run", "-n", is_flag=True, help="Say what would be taken out; write nothing.")
@ledgers.packs
@ledgers.opening
def command(inputs: options.Inputs, dry_run: bool, quiet: bool, opened: ledgers.Opened) -> int:
    """Take decisions out whose place is gone, as `scrubber decisions` lists them.

    What belongs to a sample stays, for it proves how good a rule is; so do damaged lines. The
    ledger is written beside itself and moved into place.
    """
    data = opened.bytes()
    fits = fitting(opened.trouble, opened.holding, opened.said, inputs)
    gone = [stale for stale in fits.stale if not stale.sampled]
    drop = {number for stale in gone for number in stale.lines}
    for stale in gone:
        options.put(f"{reviewed.about(stale.key)}: {stale.reason}\n")
    if drop and not dry_run:
        lines = data.split(b"\n")
        kept = [text for number, text in enumerate(lines, 1) if number not in drop]
        ledgers.rewrite(opened.file, b"\n".join(kept), data)
    if not quiet:
        verb = "would be taken out" if dry_run else "taken out"
        kept_too = len(fits.stale) - len(gone)
        more = f"; {kept_too:,} stay, for they belong to samples" if kept_too else ""
        click.echo(f"{counted(len(drop), 'line')} {verb} of {opened.file}{more}.", err=True)
    return 2 if opened.trouble.any else 0
