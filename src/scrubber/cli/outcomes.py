"""Documents through the engine, with what went wrong told one line at a time."""

from __future__ import annotations

from typing import Protocol

from scrubber import engine
from scrubber.cli.options import Trouble
from scrubber.documents.source import Source
from scrubber.look import Look, looked
from scrubber.model import Action, Document
from scrubber.rules import Rule


class Judging(Protocol):
    """What people decided, or what rules have earned: says how a document's findings are judged."""

    @property
    def judge(self) -> engine.Judge | None:
        """How findings are judged; None where there is nothing to say."""


def settled(
    trouble: Trouble,
    source: Source,
    document: Document,
    rules: tuple[Rule, ...],
    actions: frozenset[Action] = engine.UNATTENDED,
    decided: Judging | None = None,
    within: engine.Within | None = None,
    look: Look = looked,
) -> engine.Outcome | None:
    """Return what the engine made of a document, or None where its rules did not settle.

    What people have decided is honoured; what is not `within` is left alone. `look` is how rules
    look at it.
    """
    record = record_of(source, document)
    name = source.path if record is None else f"{source.path}, record {record}"
    try:
        judge = decided.judge if decided else None
        outcome = engine.settle(document, rules, actions, judge=judge, within=within, look=look)
    except engine.NotSettledError as error:
        trouble.tell(name, str(error))
        return None
    for fault in outcome.faults:
        trouble.tell(name, f"rule {fault.rule} {fault.problem}")
    return outcome


def record_of(source: Source, document: Document) -> object:
    """Return the id of the dataset record that a document is, or None for a plain text."""
    return None if source.slots is None else document.id
