"""`scrubber check`: findings, and nothing written."""

from __future__ import annotations

import sys
from collections import Counter

import click

from scrubber.cli import decided, options, outcomes, styles
from scrubber.model import Action


@click.command("check", short_help="Show what is damaged, and what could be done.")
@options.reading
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="How findings are written; html: one page with counts, charts and samples.",
)
@decided.honouring
@options.choosing
def command(
    inputs: options.Inputs,
    form: str,
    quiet: bool,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    """Show each finding with its line, the place marked, and what is offered.

    PATH is a file, a folder, a JSON Lines dataset, or - for standard input. Nothing is written.
    Exit 1 when there are findings.
    """
    trouble = options.Trouble()
    chosen = options.choose(trouble, choice)
    said = decided.load(trouble, chosen.settings, honoured)
    counts: Counter[Action] = Counter()
    damaged: dict[str, None] = {}
    files = 0
    tally = None
    if form == "html":
        from scrubber.report.tally import Tally

        tally = Tally()
    found = options.sources(trouble, chosen.settings, inputs)
    for _, source in found:
        files += 1
        if tally:
            tally.begin(source)
        for number, document in enumerate(source.documents):
            record = outcomes.record_of(source, document)
            outcome = outcomes.settled(trouble, source, document, chosen.rules, decided=said)
            if outcome is None:
                continue
            counts.update(finding.action for finding in outcome.findings)
            if outcome.findings:
                damaged[source.path] = None
            if tally:
                tally.add(number, outcome.findings)
            elif form == "jsonl":
                from scrubber.report import jsonl as lines

                for finding in outcome.findings:
                    options.put(lines.line(document, finding, record=record) + "\n")
            elif outcome.findings:
                from scrubber.report import text

                style = styles.style(sys.stdout)
                for finding in outcome.findings:
                    options.put(text.finding_lines(document, finding, record, style) + "\n\n")
    if tally:
        from scrubber.cli import page

        options.put(page.written(tally, chosen.rules, trouble=trouble.any))
    if form != "jsonl" and not quiet:
        from scrubber.report.text import summary

        click.echo(summary(files, dict(counts)), err=True)
        if damaged or trouble.any:
            from scrubber.cli import hook

            hook.after_check(damaged, fixable=Action.FIX in counts, trouble=trouble.any)
    return 2 if trouble.any else 1 if counts else 0
