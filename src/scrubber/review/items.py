"""What a person is asked: a finding, what was decided about it, and what stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from scrubber.decisions.book import Book, Decision, Dispute, Verdict, judged, put
from scrubber.decisions.keys import Key, keys_of
from scrubber.edits import overlaps
from scrubber.model import Document, Finding

OPEN, ACCEPTED, REJECTED, LEFT = "open", "accepted", "rejected", "left"
DISPLACED = "displaced"


class State(NamedTuple):
    """What an answer changes of an item."""

    decision: Decision | None
    chosen: str | None
    wanted: str | None
    dispute: Dispute | None
    earlier: bool
    left: bool


@dataclass(eq=False)
class Item:
    """One question. `file` and `slot` count from 0: which file, which document of it.

    `keys` are what a decision about it can be about, one for each scope, the nearest first.
    `chosen` is the text that is to stand there, None where nothing is to be done; `wanted` is what
    would, did it not give way to another. `rivals` are the other findings of the same place: one of
    them at most can be taken. Where it is found `again`, a text of the person's own was put there
    in this sitting: the rule has no more to say, though others have changed that text since.
    """

    finding: Finding
    document: Document
    file: int
    slot: int
    keys: tuple[Key, ...]
    decision: Decision | None = None
    chosen: str | None = None
    wanted: str | None = None
    dispute: Dispute | None = None
    earlier: bool = False
    left: bool = False
    written: bool = False
    again: bool = False
    rivals: list[Item] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        # Orders are sorted by it, between two keys of an impatient person.
        found = self.finding
        self.place = self.file, self.slot, found.start, -found.end, found.rule

    @property
    def key(self) -> Key:
        """What a decision about this place alone is about."""
        return self.keys[0]

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

    @property
    def said(self) -> Decision | None:
        """What holds for this item, or one of several decisions that contradict each other."""
        return self.dispute.decisions[0] if self.dispute else self.decision

    def weigh(self, book: Book) -> None:
        """Take what the decisions say of this item, without regard to its rivals."""
        before = self.decision
        held = book.ruling(self.document, self.finding, self.key.document, self.keys)
        self.decision = self.chosen = self.dispute = None
        if self.again and isinstance(held, Decision) and held.verdict is Verdict.REPLACE:
            held = replace(held, key=self.key, verdict=Verdict.REJECT, chosen=None)
        if isinstance(held, Dispute):
            self.dispute = held
        elif held is not None:
            self.decision, self.left = held, False
            if held.verdict is not Verdict.REJECT:
                self.chosen = (
                    self.finding.proposals[0]
                    if held.chosen is None
                    else (put(self.document, self.finding, held.chosen))
                )
        self.wanted = self.chosen
        self.earlier = self.earlier and self.decision == before

    @property
    def saved(self) -> State:
        """What an answer would change, to be put back by undo."""
        return State(self.decision, self.chosen, self.wanted, self.dispute, self.earlier, self.left)

    @saved.setter
    def saved(self, state: State) -> None:
        self.decision, self.chosen, self.wanted = state.decision, state.chosen, state.wanted
        self.dispute, self.earlier, self.left = state.dispute, state.earlier, state.left


def items_of(
    document: Document,
    findings: Sequence[Finding],
    identity: Any,
    book: Book,
    place: tuple[int, int],
    again: Callable[[Finding], bool] = lambda finding: False,
) -> list[Item]:
    """Return the items of one document, in the order of their places, as far as decided before.

    `place` is which file and which document of it; `again` tells where a text of the person's own
    was put already. What several rules find and offer alike is asked once.
    """
    asked: dict[object, Item] = {}
    for finding in sorted(findings, key=lambda f: (f.start, -f.end, *f.order)):
        item = Item(finding, document, *place, keys_of(document, finding, identity))
        item.again = again(finding)
        item.weigh(book)
        item.earlier = item.decision is not None
        question = (finding.start, finding.end, finding.proposals or finding.rule)
        if question not in asked or (asked[question].said is None and item.said is not None):
            asked[question] = item
    items = list(asked.values())
    _set_rivals(items)
    give_way(items)
    return items


def _set_rivals(items: Sequence[Item]) -> None:
    """Note for each item which others ask for the same place; `items` are sorted by place."""
    active: list[Item] = []
    for item in items:
        start, end = item.finding.start, item.finding.end
        active = [other for other in active if other.finding.end >= start]
        for other in active:
            if overlaps(other.finding.start, other.finding.end, start, end):
                item.rivals.append(other)
                other.rivals.append(item)
        active.append(item)


def give_way(items: Iterable[Item]) -> None:
    """Of what was accepted for one place, keep what the planner takes: the nearest decision."""
    accepted = [item for item in items if item.chosen is not None and item.rivals]
    for item in sorted(accepted, key=_planned):
        if item.chosen is None:
            continue
        for rival in item.rivals:
            if rival.chosen is not None:
                rival.decision, rival.chosen, rival.earlier = None, None, False


def _planned(item: Item) -> tuple[int, int, int, int, str, tuple[str, ...]]:
    as_planned = judged(item.document, item.finding, item.decision)
    return as_planned.order if as_planned else item.finding.order


def entangled(items: Iterable[Item]) -> list[Item]:
    """Return items with all that was accepted for a place of one of them, and so on."""
    found = {id(item): item for item in items}
    ahead = [item for item in found.values() if item.rivals]
    while ahead:
        for rival in ahead.pop().rivals:
            if rival.wanted is not None and id(rival) not in found:
                found[id(rival)] = rival
                ahead.append(rival)
    return list(found.values())


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
