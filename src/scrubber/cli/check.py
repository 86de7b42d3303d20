"""`scrubber check`: findings, and nothing written."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from scrubber import engine
from scrubber.cli import options
from scrubber.model import Action


@click.command("check", short_help="Show what is damaged, and what could be done.")
@options.reading
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@options.choosing
def command(
    paths: tuple[str, ...],
    form: str,
    text_field: str | None,
    id_field: str | None,
    jsonl: bool,
    quiet: bool,
    config_file: Path | None,
    pack_paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> int:
    """Show each finding with its line, the place marked, and what is offered.

    PATH is a file, a folder, a JSON Lines dataset, or - for standard input. Nothing is written.
    Exit 1 when there are findings.
    """
    trouble = options.Trouble()
    chosen = options.choose(trouble, config_file, pack_paths, select, ignore)
    counts: Counter[Action] = Counter()
    files = 0
    found = options.sources(trouble, chosen.settings, paths, text_field, id_field, jsonl)
    for _, source in found:
        files += 1
        for document in source.documents:
            record = document.id if source.slots is not None else None
            try:
                outcome = engine.settle(document, chosen.rules)
            except engine.NotSettledError as error:
                trouble.tell(_name(source.path, record), str(error))
                continue
            for fault in outcome.faults:
                trouble.tell(_name(source.path, record), f"rule {fault.rule} {fault.problem}")
            counts.update(finding.action for finding in outcome.findings)
            if form == "jsonl":
                from scrubber.report import jsonl as lines

                for finding in outcome.findings:
                    options.put(lines.line(document, finding, record=record) + "\n")
            elif outcome.findings:
                from scrubber.report import text

                style = options.style(sys.stdout)
                for finding in outcome.findings:
                    options.put(text.finding_lines(document, finding, record, style) + "\n\n")
    if form == "text" and not quiet:
        from scrubber.report.text import summary

        click.echo(summary(files, dict(counts)), err=True)
    return 2 if trouble.any else 1 if counts else 0


def _name(path: str, record: object) -> str:
    return path if record is None else f"{path}[{record}]"
