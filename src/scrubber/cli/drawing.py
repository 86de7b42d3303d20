"""`review --sample`: a random sample of one rule's findings as something to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from scrubber.cli import decided, options, outcomes
from scrubber.cli.holding import Holding
from scrubber.cli.targets import Input
from scrubber.decisions.book import Book, Decision
from scrubber.decisions.keys import keys_of
from scrubber.documents.source import Source
from scrubber.model import Action, Document, Finding
from scrubber.review.files import File, Files
from scrubber.review.items import Item
from scrubber.rules import Rule, nearest
from scrubber.sampling import drawing, proof


def draw(
    trouble: options.Trouble,
    said: decided.Decided,
    found: Iterable[Input],
    paths: tuple[str, ...],
    rule: Rule,
    size: int,
    seed: int,
) -> tuple[Files, list[Item], str]:
    """Draw a sample, note it in the ledger, and return its items and its id.

    What was decided of it before is decided. Nothing is written to the files: what is accepted is
    done by `fix` or `clean`.

    Raises:
        click.UsageError: there is nothing to draw from.
        LedgerError: the sample cannot be noted.
    """
    ledger = said.ledger
    looked = _findings(trouble, found)
    drawn = drawing.draw(looked, rule, size, seed, identity=ledger.identity, data=paths)
    if not drawn.places:
        raise click.UsageError(f"{rule.id} finds nothing to be decided in these texts")
    new = []
    if all(sample.id != drawn.sample.id for sample in said.content.samples):
        new.append(replace(drawn.sample, who=decided.who(ledger.root), when=decided.now()))
    carried = drawing.carried(drawn, said.content.decisions)
    if new or carried:
        ledger.append([*new, *carried])
    files = Files(lambda path: (), ledger, trouble.tell)
    return files, _items(files, drawn, ledger.read().decisions), drawn.sample.id


def _findings(
    trouble: options.Trouble, found: Iterable[Input]
) -> Iterator[tuple[Path, Document, tuple[Finding, ...]]]:
    """What the rules find before decisions are honoured: what was rejected counts too."""
    for path, source, held in found:
        for document in source.documents:
            outcome = outcomes.settled(trouble, source, document, held.rules)
            if outcome is not None and path is not None:
                yield path, document, outcome.findings


def _items(files: Files, drawn: drawing.Drawn[Path], decisions: list[Decision]) -> list[Item]:
    # What was said of the places drawn, and exactly of them, is what measures the rule.
    files.book = Book((d for d in decisions if d.sample == drawn.sample.id), exact=True)
    numbers: dict[Path, int] = {}
    items = []
    for place in drawn.places:
        if place.origin not in numbers:
            numbers[place.origin] = len(files.files)
            files.files.append(File(place.origin, Source(str(place.origin), "", [], []), []))
        keys = keys_of(place.document, place.finding, place.key.document)
        item = Item(place.finding, place.document, numbers[place.origin], 0, keys)
        item.weigh(files.book)
        item.earlier = item.decision is not None
        items.append(item)
    return items


def rule_of(holding: Holding, name: str | None) -> Rule:
    """Return the rule to be measured, of those of the projects met.

    Raises:
        click.UsageError: it was not named, is unknown or left out, or has nothing to propose.
    """
    if name is None:
        raise click.UsageError("--sample needs the rule to be measured: --rule ID")
    for rule in holding.rules():
        if rule.id == name:
            if rule.action is Action.REPORT:
                raise click.UsageError(f"{name} only reports: there is no repair to be measured")
            return rule
    known = [rule.id for rule in holding.every()]
    if name in known:
        raise click.UsageError(f"{name} does not run here; select or extend it")
    raise click.UsageError(f'no rule "{name}"{nearest(name, known)}')


def figures(said: decided.Decided, sample: str) -> str:
    """Return in a line what the sample says by now, read from the ledger anew."""
    content = said.ledger.read()
    every = proof.measured(content.samples, content.decisions)
    return next(str(one) for rule in every for one in rule.samples if one.sample.id == sample)
