"""Which items a decision holds for, and which of them lose their place by it."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber.decisions import Decision, Verdict
from scrubber.keys import Key, Scope, key_of, near
from scrubber.review.items import Item, taken_together
from scrubber.review.queue import Queue


def reached(queue: Queue, decision: Decision) -> list[Item]:
    """Return the items that a decision holds for.

    One about a place holds for that place, whatever was said of it before; a wider one for what is
    open, and for what was decided of the same or more at once: the nearest scope goes first. Of
    items that want one place it takes one.
    """
    key = decision.key
    if key.scope is Scope.HERE:
        same = [item for item in queue.by_key.get(key, ()) if not item.written]
        return same or _edited(queue, key)
    found = [
        item
        for item in queue.within(key)
        if not item.written and (item.open or _decided_as_widely(item, key.scope))
    ]
    if decision.verdict is Verdict.ACCEPT:
        found = [i for i in found if _offered(decision, i)]
    if decision.verdict in (Verdict.REJECT, Verdict.WITHDRAW):
        return found
    again = [item for item in found if item.chosen is not None]
    return again + taken_together(item for item in found if item.chosen is None)


def _edited(queue: Queue, key: Key) -> list[Item]:
    """The one item that a replayed decision can mean though its surroundings were edited."""
    found = [
        item
        for item in queue.by_rule.get(key.rule, ())
        if (item.key.exact, item.key.document) == (key.exact, key.document)
        and not item.written
        and near(key, item.key)
    ]
    return found if len(found) == 1 else []


def _offered(decision: Decision, item: Item) -> bool:
    """Whether what was accepted is on offer here; of a whole rule, whether anything is."""
    offered = item.finding.proposals
    return bool(offered) if decision.chosen is None else decision.chosen in offered


def alike(queue: Queue, item: Item, scope: Scope) -> int:
    """Return how many items a rejection of that scope would reach, this one included."""
    key = key_of(scope, item.document, item.finding, None)
    others = reached(queue, Decision(key, Verdict.REJECT))
    return len(others) + (item not in others)


def displaced(decision: Decision, reached: Sequence[Item]) -> list[Item]:
    """Return the accepted items whose place others get by a decision."""
    if decision.verdict not in (Verdict.ACCEPT, Verdict.REPLACE):
        return []
    mine = {id(item) for item in reached}
    rivals = {id(rival): rival for item in reached for rival in item.rivals}
    return [r for r in rivals.values() if r.chosen is not None and id(r) not in mine]


def _decided_as_widely(item: Item, scope: Scope) -> bool:
    return item.decision is not None and not item.decision.key.scope.nearer(scope)
