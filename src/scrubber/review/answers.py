"""Decisions made elsewhere, replayed: what a person would answer, from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.book import fits as offered
from scrubber.decisions.keys import Scope, unbroken
from scrubber.decisions.lines import Entry
from scrubber.engine import LOOKS
from scrubber.review.desk import Desk
from scrubber.review.reach import meant
from scrubber.review.session import Session


def replay(desk: Desk, answers: Sequence[Entry]) -> list[Entry]:
    """Answer as the entries say, in their order, write the files, and return what fits nothing.

    Where surroundings were edited, an answer holds if one place alone can be meant. What fits
    nothing at first is tried again on the repaired files. An answer that names neither surroundings
    nor document holds for every place where its rule found that text. Who decided and when is kept
    where the file says it.

    Raises:
        LedgerError: an answer could not be kept.
    """
    unfit = [entry for entry in answers if not _given(desk.session, entry)]
    for _ in range(LOOKS):  # answers may undo each other's work
        if not _write(desk):
            break
        unfit = [entry for entry in unfit if not _given(desk.session, entry)]
    return unfit


def _write(desk: Desk) -> bool:
    """Write what is accepted; whether there was anything that could be written."""
    waiting = set(desk.files.waiting()) - set(desk.failed)
    for number in sorted(waiting):
        desk.write(number)
    return bool(waiting - set(desk.failed))


def _given(session: Session, entry: Entry) -> bool:
    """Answer so, unless that was said already; whether there was a place for it.

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
    for said, placed in _placed(session, signed):
        here = any(offered(placed, item.finding) for item in session.within(placed.key))
        if here and placed not in session.book.said(placed.key):
            session.enter([placed], None if said is placed else said)
        fits = fits or here
    return fits


def _placed(session: Session, decision: Decision) -> list[tuple[Decision, Decision]]:
    """The decision as it is kept and as it holds, for each place that it can mean."""
    key = decision.key
    if key.scope is not Scope.HERE or session.within(key):
        return [(decision, decision)]
    if key.prefix or key.suffix or key.document is not None:
        item = meant(session, decision)
        return [] if item is None else [(decision, replace(decision, key=item.key))]
    found: dict[object, tuple[Decision, Decision]] = {}
    for item in session.by_rule.get(key.rule, ()):
        if item.key.exact == key.exact and not item.written:
            chosen = decision.chosen
            if decision.verdict is Verdict.ACCEPT and chosen is None and item.finding.proposals:
                chosen = unbroken(item.finding.proposals[0])
            placed = replace(decision, key=item.key, chosen=chosen)
            found[item.key] = placed, placed
    return list(found.values())
