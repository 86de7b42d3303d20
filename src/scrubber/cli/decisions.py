"""`scrubber decisions`: what was decided, and what follows from it."""

from __future__ import annotations

import json
from typing import Any

import click

from scrubber import floors
from scrubber.cli import ledgers, options
from scrubber.cli.fitting import Fitting, Stale, fitting
from scrubber.cli.lazy import Lazy
from scrubber.decisions.counts import Tally, tallies
from scrubber.report import reviewed
from scrubber.report.text import counted
from scrubber.resources import floors_file
from scrubber.sampling import proof
from scrubber.scoring import LabelsError

_COMMANDS = {
    "show": "Counts by rule, contradictions, samples, what fits nothing any more.",
    "promote": "Turn decisions into examples and allow words of a pack of your own.",
    "merge": "Take in the decisions of other ledgers.",
    "prune": "Take out what fits nothing any more.",
}


class _Group(Lazy):
    """`show` goes without saying: what is none of the commands is one of its paths or options."""

    listed = _COMMANDS
    module = "scrubber.cli.decisions_{}"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in _COMMANDS and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return show if name == "show" else super().get_command(ctx, name)


@click.group("decisions", cls=_Group, short_help="Show what was decided, and learn from it.")
def command() -> None:
    """Show what was decided in reviews, and learn from it. Without a command: show.

    Decisions lie in .scrubber/decisions.jsonl, one on a line, for a team to commit and merge.
    """


@click.command("show", short_help=_COMMANDS["show"])
@ledgers.texts
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="How figures are written.",
)
@ledgers.packs
@ledgers.opening
def show(inputs: options.Inputs, form: str, quiet: bool, opened: ledgers.Opened) -> int:
    """Show for each rule what was accepted, rejected and replaced by a text of one's own.

    The share accepted stands with its 95 % Wilson interval; a rule whose share is below its floor
    is named. Contradictions follow, samples with what they prove, and decisions that fit nothing
    any more. Files are found by their names; give datasets as PATH to look at their records.
    """
    said, trouble = opened.said, opened.trouble
    if opened.named:
        opened.bytes()
    counts = tallies(said.book.held)
    asked = _floors(opened)
    measured = proof.measured(said.content.samples, said.content.decisions)
    fits = fitting(trouble, opened.holding, said, inputs)
    if form == "jsonl":
        _put_values(opened, counts, asked, measured, fits)
    else:
        _put_text(opened, counts, asked, measured, fits)
        if not quiet:
            click.echo(_summary(opened, counts, asked, fits), err=True)
    return 2 if trouble.any else 0


def _floors(opened: ledgers.Opened) -> dict[str, float | None]:
    try:
        file = floors_file()
        pinned = floors.read(file) if file else floors.Floors()
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    rules = opened.chosen.every
    return {rule.id: floors.asked(rule.action, pinned.rules.get(rule.id)) for rule in rules}


def _put_text(
    opened: ledgers.Opened,
    counts: list[Tally],
    asked: dict[str, float | None],
    measured: list[proof.Measured],
    fits: Fitting,
) -> None:
    parts = {
        "": reviewed.table(counts, asked).splitlines(),
        "Contradictions (nothing holds until one is settled):": [
            reviewed.disputed(dispute) for dispute in opened.said.book.disputes
        ],
        "Samples:": [str(figures) for rule in measured for figures in rule.samples],
        "Fits nothing any more (`scrubber decisions prune` takes it out):": [
            f"line {', '.join(map(str, stale.lines))}: {reviewed.about(stale.key)}: {stale.reason}"
            for stale in fits.stale
        ],
    }
    blocks = []
    for heading, lines in parts.items():
        if lines:
            indented = [f"  {line}" for line in lines] if heading else lines
            blocks.append("\n".join([*filter(None, [heading]), *indented]) + "\n")
    options.put("\n".join(blocks))


def _put_values(
    opened: ledgers.Opened,
    counts: list[Tally],
    asked: dict[str, float | None],
    measured: list[proof.Measured],
    fits: Fitting,
) -> None:
    values: list[dict[str, Any]] = [
        reviewed.tally_value(tally, asked.get(tally.rule)) for tally in counts
    ]
    values += [reviewed.dispute_value(dispute) for dispute in opened.said.book.disputes]
    values += [figures.value() for rule in measured for figures in rule.samples]
    values += [_stale_value(stale) for stale in fits.stale]
    options.put("".join(json.dumps(value) + "\n" for value in values))


def _stale_value(stale: Stale) -> dict[str, Any]:
    value = {"kind": "stale", **reviewed.key_value(stale.key)}
    return {**value, "lines": stale.lines, "reason": stale.reason}


def _summary(
    opened: ledgers.Opened, counts: list[Tally], asked: dict[str, float | None], fits: Fitting
) -> str:
    book = opened.said.book
    if not len(book):
        return f"Nothing decided yet in {opened.file}."
    under = sum(bool(tally.standing(asked.get(tally.rule))) for tally in counts)
    parts = [
        f"{counted(len(book.held), 'decision')} in force",
        f"{counted(len(book.disputes), 'contradiction')}",
        f"{counted(under, 'rule')} under its floor" if under else "",
        f"{len(fits.stale):,} that fit nothing any more",
        f"{fits.done:,} done and standing" if fits.done else "",
        f"{fits.unseen:,} not looked at: give their datasets as PATH" if fits.unseen else "",
    ]
    return "; ".join(filter(None, parts)) + "."
