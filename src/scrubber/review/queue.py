"""The items of a review in an order, and the one that is asked now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from scrubber.decisions.keys import Key
from scrubber.model import Finding
from scrubber.review.items import OPEN, Item, ordered


class RefusedError(Exception):
    """An answer that means nothing here; nothing was changed. The message says why."""


class Queue:
    """Items in one of `items.ORDERS`; `at` is the one that is asked now, None at the end.

    `sureness` is the measured precision of a finding's rule. Where `fixed`, the order is the one
    given: a sample is drawn in a random order and decided in it, so that what is decided when
    somebody stops is a random sample too.
    """

    def __init__(self, sureness: Callable[[Finding], float], *, fixed: bool = False) -> None:
        self.items: list[Item] = []
        self.order: list[Item] = []
        self.by = "file"
        self.at: Item | None = None
        self.sureness, self._fixed = sureness, fixed
        self._place: dict[int, int] = {}
        self.by_rule: defaultdict[str, list[Item]] = defaultdict(list)
        self.by_key: defaultdict[Key, list[Item]] = defaultdict(list)

    def add(self, items: Sequence[Item]) -> None:
        """Ask these too, such as what a second look at a repaired file found."""
        self.items += items
        for item in items:
            self.by_rule[item.finding.rule].append(item)
            for key in item.keys:
                self.by_key[key].append(item)
            if item.decision is not None and item.decision.key not in item.keys:
                self.by_key[item.decision.key].append(item)
        self.sort(self.by)

    def within(self, key: Key) -> list[Item]:
        """Return the items that a decision of a key can be about, whatever their state.

        A place that was edited since is among them where the decision still holds for it.
        """
        found = self.by_key.get(key, [])
        return [item for item in found if not item.written]

    def renew(self, file: int, items: Sequence[Item]) -> None:
        """Put what a second look at a written file found in the place of what was not written."""
        kept = [item for item in self.items if item.file != file or item.written]
        self.items = []
        self.by_rule.clear()
        self.by_key.clear()
        self.add([*kept, *items])

    def sort(self, by: str) -> None:
        """Ask in another of `items.ORDERS`; what is asked now stays."""
        self.by = by
        self.order = list(self.items)
        if not self._fixed:
            self.order = ordered(self.items, by, self.sureness)
        self._place = {id(item): number for number, item in enumerate(self.order)}
        if self.at is None or self.at.written or id(self.at) not in self._place:
            self.next_open()

    def position(self, item: Item) -> int:
        """Return the number of an item in the order, from 0."""
        return self._place[id(item)]

    def rest(self, item: Item) -> list[Item]:
        """Return what is open of an item's file, from this one on in the order."""
        return [
            other
            for other in self.order[self.position(item) :]
            if other.file == item.file and other.open and not other.written
        ]

    def stands(self, item: Item) -> bool:
        """Whether an item is still to be answered or changed: its file was not written since."""
        return not item.written and id(item) in self._place

    def step(self, by: int, *, open_only: bool = False) -> bool:
        """Go to the next (`by` 1) or the previous (-1) item; False where there is none."""
        at = self.position(self.at) + by if self.at else 0
        while 0 <= at < len(self.order):
            item = self.order[at]
            if not item.written and (item.open or not open_only):
                self.at = item
                return True
            at += by
        return False

    def next_open(self) -> bool:
        """Go to the next item that nobody has answered, from the start again after the end.

        False, and `at` stays, where all are answered; an item already written is left.
        """
        for item in self._following():
            if item.state == OPEN and not item.written:
                self.at = item
                return True
        if self.at is not None and (self.at.written or id(self.at) not in self._place):
            self.at = None
        return False

    def go(self, number: int) -> None:
        """Go to an item by its number in the order, from 1.

        Raises:
            RefusedError: there is no such number.
        """
        if not 1 <= number <= len(self.order):
            raise RefusedError(f"there are {len(self.order):,} findings")
        self.at = self.order[number - 1]

    def search(self, text: str) -> bool:
        """Go to the next item whose rule, file, text or line holds a text, whatever its case."""
        wanted = text.casefold()
        for item in self._following():
            start, end = item.finding.start, item.finding.end
            around = item.document.text[max(0, start - 80) : end + 80]
            parts = (item.finding.rule, item.document.path or "", around)
            if not item.written and any(wanted in part.casefold() for part in parts):
                self.at = item
                return True
        return False

    def _following(self) -> list[Item]:
        """All items, from the one after that which is asked now."""
        first = self._place.get(id(self.at), -1) + 1
        return self.order[first:] + self.order[:first]

    def counts(self) -> Counter[str]:
        """Return how many items are in each state."""
        return Counter(item.state for item in self.items)
