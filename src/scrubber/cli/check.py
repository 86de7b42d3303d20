"""`scrubber check`: its options; `checking` does it."""

from __future__ import annotations

from typing import Any

import click

from scrubber.cli import checking, decided, opinions, options, reporting, working
from scrubber.cli.baselines import writing
from scrubber.cli.since import SINCE


@click.command("check", short_help="Show what is damaged, and what could be done.")
@options.reading
@options.NAMED
@reporting.FORMAT
@reporting.OUTPUT
@SINCE
@writing
@opinions.asking
@working.working
@decided.honouring
@options.choosing
def command(**said: Any) -> int:
    """Show each finding with its line, the place marked, and what is offered.

    PATH is a file, a folder, a JSON Lines dataset, or - for standard input. No text is changed.
    Exit 1 when there are findings that are not accepted.
    """
    return checking.run(**said)
