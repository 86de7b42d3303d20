"""The page of `scrubber check --format html`: the tally with what is known of the rules."""

from __future__ import annotations

from collections.abc import Sequence

import click

from scrubber import __version__, floors
from scrubber.cli import figures
from scrubber.report import html
from scrubber.report.rule_section import Measured
from scrubber.report.tally import Tally
from scrubber.resources import floors_file
from scrubber.rules import Rule
from scrubber.scoring import LabelsError
from scrubber.shares import wilson


def written(tally: Tally, rules: Sequence[Rule], *, trouble: bool) -> str:
    """Return the page on what was counted.

    Raises:
        click.UsageError: the measured figures cannot be read.
    """
    try:
        file = floors_file()
        pinned = floors.read(file) if file else floors.Floors()
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    measured = {
        rule.id: measured_of(rule, pinned)
        for rule in rules
        if rule.id in tally.rules and rule.id in pinned.rules
    }
    return html.page(tally, rules, measured, version=__version__, trouble=trouble)


def measured_of(rule: Rule, pinned: floors.Floors) -> Measured:
    """Return a rule's figures."""
    known = pinned.rules[rule.id]
    right, judged = known.get("right", 0), known.get("judged", 0)
    return Measured(
        right,
        judged,
        *wilson(right, judged),
        bool(known.get("thin")),
        tuple(line.strip() for line in figures.in_words(rule, pinned).split(";\n")),
    )
