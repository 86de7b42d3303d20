"""Runs the examples of rules: what is missing, noisy or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scrubber import engine
from scrubber.corpus import Repeated
from scrubber.markup import reader
from scrubber.model import Action, Document
from scrubber.rules import Example, Rule


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold.

    `kind` is `missing` (the defect is not found, or not at the mark), `noisy` (something is found
    that is no defect), `wrong` (the repair or the action is another) or `fault` (the rule failed).
    """

    rule: str
    number: int
    kind: str
    problem: str


def run(rule: Rule) -> Iterator[Failure]:
    """Yield the failures of a rule's examples, by the contract that a rule's author relies on.

    `ok` yields nothing; `bad` is found once, at the mark; repairing it gives `good`, and `good` is
    clean for this rule.
    """
    for number, example in enumerate(rule.examples, 1):
        yield from failures(rule, example, number)


def failures(rule: Rule, example: Example, number: int) -> Iterator[Failure]:
    """Yield what does not hold of one example, by the same contract; `number` is its own."""
    for kind, problem in _check(rule, example):
        yield Failure(rule.id, number, kind, problem)


def _check(rule: Rule, example: Example) -> Iterator[tuple[str, str]]:
    found, faults = engine.find(_document(example, example.text), [rule])
    for fault in faults:
        yield "fault", fault.problem
    if faults:
        return
    here = [f for f in found if (f.start, f.end) == (example.start, example.end)]
    for finding in found:
        if finding not in here:
            yield "noisy", f"found “{finding.text}” at {finding.start}, which is not marked"
    if example.start is None:
        return
    if not here:
        yield "missing", f"“{example.text[example.start : example.end]}” is not found"
        return
    if len(here) > 1:
        yield "noisy", f"“{here[0].text}” is found {len(here)} times"
    if example.action and here[0].action is not example.action:
        yield "wrong", f"the action is {here[0].action}, not {example.action}"
    if example.good is not None:
        yield from _check_repair(rule, example)


def _check_repair(rule: Rule, example: Example) -> Iterator[tuple[str, str]]:
    actions = frozenset(Action)
    try:
        outcome = engine.settle(_document(example, example.text), [rule], actions)
    except engine.NotSettledError as error:
        yield "wrong", str(error)
        return
    if outcome.text != example.good:
        yield "wrong", f"the repair gives {outcome.text!r}, not {example.good!r}"
        return
    left, _ = engine.find(_document(example, outcome.text), [rule])
    for finding in left:
        yield "noisy", f"the repaired text still has “{finding.text}”"


def _document(example: Example, text: str) -> Document:
    markup = reader(f"example.{example.markup}") if example.markup else None
    site = None if example.site is None else Repeated(frozenset(example.site.split("\n")))
    return Document(text, reader=markup, evidence=site)
