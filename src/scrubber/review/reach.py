"""What a decision reaches in a review, and what would lose its place by it."""

from __future__ import annotations

from scrubber.decisions.book import Decision, Verdict, fits
from scrubber.decisions.keys import Scope, near
from scrubber.review.items import Item, taken_together
from scrubber.review.queue import Queue


def reached(queue: Queue, decision: Decision) -> list[Item]:
    """Return the items that a decision would hold for.

    One about a place holds for that place, whatever was said of it before; a wider one for what is
    open, and for what was decided of the same or more at once: the nearest scope goes first. Of
    items that want one place it takes one.
    """
    scope = decision.key.scope
    found = [item for item in queue.within(decision.key) if fits(decision, item.finding)]
    if scope is Scope.HERE:
        return found
    found = [item for item in found if _asked_as_widely(item, scope)]
    if decision.verdict in (Verdict.REJECT, Verdict.WITHDRAW):
        return found
    again = [item for item in found if item.chosen is not None]
    return again + taken_together(item for item in found if item.chosen is None)


def _asked_as_widely(item: Item, scope: Scope) -> bool:
    """Whether nothing nearer than a scope was said of an item."""
    return item.said is None or not item.said.key.scope.nearer(scope)


def meant(queue: Queue, decision: Decision) -> Item | None:
    """Return the one item that a replayed decision can mean though its surroundings were edited."""
    key = decision.key
    found = [
        item
        for item in queue.by_rule.get(key.rule, ())
        if (item.key.exact, item.key.document) == (key.exact, key.document)
        and not item.written
        and near(key, item.key)
    ]
    return found[0] if len(found) == 1 else None


def alike(queue: Queue, item: Item, scope: Scope) -> int:
    """Return how many items a rejection of that scope would reach, this one included.

    What was said of less than that, this one included, would be withdrawn first.
    """
    number = scope.reach
    gone = item.keys[:number]
    return sum(
        other is item
        or _asked_as_widely(other, scope)
        or (other.said is not None and other.said.key in gone)
        for other in queue.within(item.keys[number])
    )


def losers(queue: Queue, decision: Decision) -> list[Item]:
    """Return the accepted items whose place a decision about one place takes."""
    if decision.key.scope is not Scope.HERE:
        return []
    if decision.verdict not in (Verdict.ACCEPT, Verdict.REPLACE):
        return []
    mine = queue.within(decision.key)
    rivals = {id(rival): rival for item in mine for rival in item.rivals}
    return [r for r in rivals.values() if r.chosen is not None and r.key != decision.key]
