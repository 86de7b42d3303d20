"""Decisions made elsewhere, replayed: what a person would answer, from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrubber.decisions import Decision, Verdict
from scrubber.keys import Scope
from scrubber.ledger_lines import Entry
from scrubber.review.desk import Desk
from scrubber.review.reach import reached
from scrubber.review.session import Session


def replay(desk: Desk, answers: Sequence[Entry]) -> list[Entry]:
    """Answer as the entries say, in their order, write the files, and return what fits nothing.

    What fits nothing at first is tried again on the repaired files. An answer that names neither
    surroundings nor document holds for every place where its rule found that text. Who decided and
    when is kept where the file says it.

    Raises:
        LedgerError: an answer could not be kept.
    """
    unfit = [entry for entry in answers if not _given(desk.session, entry)]
    while _write(desk):
        unfit = [entry for entry in unfit if not _given(desk.session, entry)]
    return unfit


def _write(desk: Desk) -> bool:
    """Write what is accepted; whether there was anything that could be written."""
    waiting = set(desk.files.waiting()) - set(desk.failed)
    for number in sorted(waiting):
        desk.write(number)
    return bool(waiting - set(desk.failed))


def _given(session: Session, entry: Entry) -> bool:
    """Answer so, unless that is what holds already; whether there was a place for it.

    A sample's own line asks for nothing.
    """
    decision = entry.value
    if not isinstance(decision, Decision):
        return True
    if session.sample and decision.key.scope is not Scope.HERE:
        return False
    signed = replace(
        decision, who=decision.who or session.who, when=decision.when or session.clock()
    )
    fits = False
    for placed in _placed(session, signed):
        items = reached(session, placed)
        if items and any(item.decision != placed for item in items):
            session.enter([placed])
        fits = fits or bool(items)
    return fits


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
    return list(found.values())
