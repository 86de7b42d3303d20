"""Which of its proposals an item is shown with."""

from __future__ import annotations

from scrubber.review.items import Item


class Shown:
    """The proposal that is before the person: what was decided, until Tab asks for another."""

    def __init__(self) -> None:
        self._asked: tuple[Item | None, int] = None, 0

    def choice(self, item: Item) -> int:
        """Return the number of the proposal, from 0."""
        if self._asked[0] is item:
            return self._asked[1]
        offered = item.finding.proposals
        return offered.index(item.chosen) if item.chosen in offered else 0

    def text(self, item: Item) -> str | None:
        """Return the text that would stand at the item, None where nothing is offered."""
        if item.chosen is not None and self._asked[0] is not item:
            return item.chosen
        offered = item.finding.proposals
        return offered[self.choice(item)] if offered else None

    def own(self, item: Item) -> bool:
        """Whether that is a text of the person's own."""
        return self.text(item) not in (None, *item.finding.proposals)

    def turn(self, item: Item) -> None:
        """Show the next proposal."""
        number = 0 if self.own(item) else self.choice(item) + 1
        self._asked = item, number % len(item.finding.proposals)

    def forget(self) -> None:
        """Show what is decided again."""
        self._asked = None, 0
