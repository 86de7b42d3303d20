"""Decisions made elsewhere, replayed: what a person would answer, from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrubber.decisions import Decision, Scope, Verdict
from scrubber.ledger_lines import Content, Entry
from scrubber.review.items import Item
from scrubber.review.session import Session


def replay(session: Session, answers: Sequence[Entry]) -> list[Entry]:
    """Answer as the file does, in its order; return the entries that fit nothing.

    A decision that names neither surroundings nor document holds for every place where its rule
    found that text. Who decided and when is kept where the file says it.

    Raises:
        LedgerError: an answer could not be kept.
    """
    unfit = []
    for entry in answers:
        if not isinstance(entry.value, Decision):
            continue
        decisions = _placed(session, _signed(session, entry.value))
        reached = [session.reached(decision) for decision in decisions]
        if not any(reached):
            unfit.append(entry)
        for decision, items in zip(decisions, reached, strict=True):
            if items and not all(_says(item, decision) for item in items):
                session.enter([decision])
    return unfit


def decisions_in(content: Content) -> list[Entry]:
    """Return the entries of an answers file that are decisions."""
    return [entry for entry in content.entries if isinstance(entry.value, Decision)]


def _signed(session: Session, decision: Decision) -> Decision:
    return replace(decision, who=decision.who or session.who, when=decision.when or session.clock())


def _placed(session: Session, decision: Decision) -> list[Decision]:
    """The decision, or one for each place where it names a text and nothing else."""
    key = decision.key
    if key.scope is not Scope.HERE or key.prefix or key.suffix or key.document is not None:
        return [decision]
    found: dict[object, Decision] = {}
    for item in session.by_rule.get(key.rule, ()):
        if item.key.exact == key.exact and not item.written:
            chosen = decision.chosen
            if decision.verdict is Verdict.ACCEPT and chosen is None and item.finding.proposals:
                chosen = item.finding.proposals[0]
            found[item.key] = replace(decision, key=item.key, chosen=chosen)
    return list(found.values()) or [decision]


def _says(item: Item, decision: Decision) -> bool:
    """Whether this very decision holds for an item already."""
    return item.decision == decision
