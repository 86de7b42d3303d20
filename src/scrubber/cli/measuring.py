"""What is known of rules by labelled text, as reports show it."""

from __future__ import annotations

from collections.abc import Iterable

import click

from scrubber import floors
from scrubber.cli import figures
from scrubber.report.measured import Measured
from scrubber.resources import floors_file
from scrubber.rules import Rule
from scrubber.scoring import LabelsError
from scrubber.shares import wilson


def measured(rules: Iterable[Rule]) -> dict[str, Measured]:
    """Return the figures of those rules that have any.

    Raises:
        click.UsageError: the measured figures cannot be read.
    """
    try:
        file = floors_file()
        pinned = floors.read(file) if file else floors.Floors()
    except LabelsError as error:
        raise click.UsageError(str(error)) from None
    return {rule.id: measured_of(rule, pinned) for rule in rules if rule.id in pinned.rules}


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
