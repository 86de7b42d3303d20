"""`scrubber fix`: its options; `fixing` does it."""

from __future__ import annotations

from typing import Any

import click

from scrubber.cli import decided, fixing, opinions, options, recording, trusting, working
from scrubber.cli.baselines import accepting
from scrubber.cli.since import SINCE


@click.command("fix", short_help="Repair what may be repaired unattended.")
@options.reading
@options.NAMED
@click.option(
    "--diff",
    "preview",
    is_flag=True,
    help="Show what would be done as a diff for git apply or patch; write nothing.",
)
@click.option(
    "--suggested",
    is_flag=True,
    help="Also take the first proposal of each suggestion. Meant for --diff and review.",
)
@recording.EDITS
@trusting.trusting
@SINCE
@accepting
@opinions.asking
@working.working
@decided.honouring
@options.choosing
def command(**said: Any) -> int:
    """Repair files in place; with --diff show exactly that and write nothing.

    A text on standard input is repaired on standard output. Each file is written whole or not at
    all. Exit 1 when something was or would be changed.
    """
    return fixing.run(**said)
