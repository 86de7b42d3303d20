"""`scrubber check`: findings, and nothing written but the report."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import click

from scrubber.cli import decided, options, outcomes, reporting, targets
from scrubber.cli.holding import Holding
from scrubber.model import Action


@click.command("check", short_help="Show what is damaged, and what could be done.")
@options.reading
@options.NAMED
@reporting.FORMAT
@reporting.OUTPUT
@decided.honouring
@options.choosing
def command(
    inputs: options.Inputs,
    form: str,
    output: Path | None,
    quiet: bool,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    """Show each finding with its line, the place marked, and what is offered.

    PATH is a file, a folder, a JSON Lines dataset, or - for standard input. No text is changed.
    Exit 1 when there are findings.
    """
    trouble = options.Trouble()
    holding = Holding(trouble, choice)
    skip = () if output is None else (os.path.realpath(output),)
    found = targets.found(trouble, holding, inputs, skip)
    ledgers = decided.Ledgers(trouble, honoured, (target.held.settings for target in found))
    counts: Counter[Action] = Counter()
    damaged: dict[str, None] = {}
    files = 0
    with reporting.destination(output, inputs) as put:
        report = reporting.writer(form, holding.rules(), output)
        put(report.begin())
        for _, source, held in targets.read(trouble, found, inputs):
            files += 1
            said = ledgers.of(held.settings)
            report.open(source)
            for number, document in enumerate(source.documents):
                outcome = outcomes.settled(trouble, source, document, held.rules, decided=said)
                if outcome is None:
                    continue
                counts.update(finding.action for finding in outcome.findings)
                if outcome.findings:
                    damaged[source.path] = None
                put(report.add(number, outcome.findings))
        code = 2 if trouble.any else 1 if counts else 0
        put(report.end(trouble.told, code))
    if not quiet and reporting.summarised(form, output):
        from scrubber.report.text import summary

        click.echo(summary(files, dict(counts)), err=True)
        if damaged or trouble.any:
            from scrubber.cli import hook

            hook.after_check(damaged, fixable=Action.FIX in counts, trouble=trouble.any)
    return code
