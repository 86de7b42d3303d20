"""What a person is asked: a finding, what was decided about it, and what stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scrubber.decisions import Book, Decision, Dispute, Verdict
from scrubber.edits import overlaps
from scrubber.keys import Key, Scope, key_of
from scrubber.model import Document, Finding

OPEN, ACCEPTED, REJECTED, LEFT = "open", "accepted", "rejected", "left"
DISPLACED = "displaced"


class State(NamedTuple):
    """What an answer changes of an item."""

    decision: Decision | None
    chosen: str | None
    dispute: Dispute | None
    earlier: bool
    left: bool


@dataclass(eq=False)
class Item:
    """One question. `file` and `slot` count from 0: which file, which document of it.

    `chosen` is the text that is to stand there, None where nothing is to be done. `rivals` are the
    other proposals for the same place: one of them at most can be taken.
    """

    finding: Finding
    document: Document
    file: int
    slot: int
    key: Key
    decision: Decision | None = None
    chosen: str | None = None
    dispute: Dispute | None = None
    earlier: bool = False
    left: bool = False
    written: bool = False
    rivals: list[Item] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        # Orders are sorted by it, between two keys of an impatient person.
        found = self.finding
        self.place = self.file, self.slot, found.start, -found.end, found.rule

    @property
    def state(self) -> str:
        """One of `OPEN`, `ACCEPTED`, `REJECTED`, `LEFT` and `DISPLACED`."""
        if self.decision is not None:
            return REJECTED if self.chosen is None else ACCEPTED
        if any(rival.chosen is not None for rival in self.rivals):
            return DISPLACED
        return LEFT if self.left else OPEN

    @property
    def open(self) -> bool:
        """Whether nobody has decided, and somebody still can."""
        return self.state in (OPEN, LEFT)

    def hold(self, decision: Decision) -> None:
        """Note a decision that holds for this item."""
        self.earlier = self.left = False
        self.dispute = None
        self.decision, self.chosen = decision, decision.chosen
        if decision.verdict is Verdict.WITHDRAW:
            self.decision, self.left = None, True
        elif decision.verdict is Verdict.ACCEPT and decision.chosen is None:
            self.chosen = self.finding.proposals[0]

    @property
    def saved(self) -> State:
        """What an answer would change, to be put back by undo."""
        return State(self.decision, self.chosen, self.dispute, self.earlier, self.left)

    @saved.setter
    def saved(self, state: State) -> None:
        self.decision, self.chosen, self.dispute, self.earlier, self.left = state


def items_of(
    document: Document,
    findings: Sequence[Finding],
    identity: Any,
    book: Book,
    place: tuple[int, int],
) -> list[Item]:
    """Return the items of one document, in the order of their places, as far as decided before.

    `place` is which file and which document of it.
    """
    items = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, *f.order)):
        key = key_of(Scope.HERE, document, finding, identity)
        item = Item(finding, document, *place, key)
        held = book.ruling(document, finding, identity)
        if isinstance(held, Dispute):
            item.dispute = held
        elif held is not None:
            item.hold(held)
            item.earlier = True
        items.append(item)
    _set_rivals(items)
    _yield_to_the_nearest(items)
    return items


def _set_rivals(items: Sequence[Item]) -> None:
    """Note for each item which others ask for the same place; `items` are sorted by place."""
    active: list[Item] = []
    for item in items:
        if not item.finding.proposals and item.chosen is None:
            continue
        start, end = item.finding.start, item.finding.end
        active = [other for other in active if other.finding.end >= start]
        for other in active:
            if overlaps(other.finding.start, other.finding.end, start, end):
                item.rivals.append(other)
                other.rivals.append(item)
        active.append(item)


def _yield_to_the_nearest(items: Sequence[Item]) -> None:
    """Of decisions taken earlier that want the same place, keep the nearest in scope."""
    reach = list(Scope)
    accepted = [item for item in items if item.chosen is not None and item.rivals]
    for item in sorted(accepted, key=lambda i: (reach.index(_scope(i)), i.finding.order)):
        if item.chosen is not None and any(rival.chosen is not None for rival in item.rivals):
            for rival in item.rivals:
                if rival.chosen is not None:
                    rival.decision, rival.chosen, rival.earlier = None, None, False


def _scope(item: Item) -> Scope:
    return item.decision.key.scope if item.decision else Scope.RULE


def taken_together(items: Iterable[Item]) -> list[Item]:
    """Return those of some items that can all be accepted: the surest first, as the planner does.

    What asks for the place of one that is already accepted is left out.
    """
    taken: dict[int, Item] = {}
    for item in sorted(items, key=lambda item: item.finding.order):
        busy = any(rival.chosen is not None or id(rival) in taken for rival in item.rivals)
        if not busy:
            taken[id(item)] = item
    return list(taken.values())


ORDERS = ("file", "rule", "change", "doubt")


def ordered(items: Sequence[Item], by: str, sureness: Callable[[Finding], float]) -> list[Item]:
    """Return the items in one of the `ORDERS`.

    `doubt` asks first what is least trusted; `sureness` is the measured precision of a finding's
    rule, from 0 to 1. `change` asks first what stands most often.
    """
    if by == "file":
        return sorted(items, key=lambda item: item.place)
    if by == "rule":
        return sorted(items, key=lambda item: (item.finding.rule, item.place))
    if by == "doubt":
        return sorted(
            items,
            key=lambda i: (-i.finding.action.doubt, sureness(i.finding), i.place),
        )
    count: defaultdict[tuple[str, str], int] = defaultdict(int)
    for item in items:
        count[item.finding.rule, item.finding.text] += 1
    return sorted(
        items,
        key=lambda i: (
            -count[i.finding.rule, i.finding.text],
            i.finding.rule,
            i.finding.text,
            i.place,
        ),
    )
