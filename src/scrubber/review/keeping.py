"""What an answer changes: the book, and the items that then stand otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope, unbroken
from scrubber.review.items import Item, State, entangled, give_way
from scrubber.review.queue import Queue, RefusedError

Before = dict[int, tuple[Item, State]]
"""Items with the state that they had, by their identity."""


def hold(queue: Queue, book: Book, decision: Decision, was: Before) -> None:
    """Enter a decision in the book and have all items that it concerns take what holds now.

    How they stood before is added to `was`.
    """
    book.enter(decision)
    mine = queue.within(decision.key)
    concerned = entangled(mine)
    for item in concerned:
        was.setdefault(id(item), (item, item.saved))
        item.weigh(book)
    give_way(concerned)
    for item in mine:
        item.left = decision.verdict is Verdict.WITHDRAW and item.decision is None


def overrules(item: Item, who: str) -> bool:
    """Return whether somebody who answers does so against what others said of an item."""
    return item.dispute is not None or (item.decision is not None and item.decision.who != who)


def said_before(
    decisions: Sequence[Decision], held: Mapping[Key, Sequence[Decision]], now: str
) -> list[Decision]:
    """Return what takes decisions back by saying so, where their lines have to stay.

    `held` is what was in force for each of their keys before.
    """
    back = []
    for key, before in held.items():
        mine = [decision for decision in decisions if decision.key == key]
        settled = any(decision.settles for decision in mine)
        void = replace(mine[-1], verdict=Verdict.WITHDRAW, chosen=None, when=now, settles=False)
        back.append(void)
        back += [
            replace(decision, when=now, settles=False)
            for decision in before
            if settled or decision.who == void.who
        ]
    return back


def measuring(queue: Queue, decision: Decision, sample: str) -> Decision:
    """Return a decision as one about a place of a sample.

    Unattended the first proposal is done: who takes another one says that it was wrong.

    Raises:
        RefusedError: it is about more than a place.
    """
    if decision.key.scope is not Scope.HERE:
        raise RefusedError("a sample is decided one by one")
    offered = [item.finding.proposals for item in queue.within(decision.key)]
    other = any(not texts or unbroken(texts[0]) != decision.chosen for texts in offered)
    if decision.verdict is Verdict.ACCEPT and other:
        return replace(decision, verdict=Verdict.REPLACE, sample=sample)
    return replace(decision, sample=sample)
