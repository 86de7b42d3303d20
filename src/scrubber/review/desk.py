"""All that a front end works with: the session, its files, and what is known of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scrubber.documents.source import InputError
from scrubber.engine import LOOKS
from scrubber.review.files import File, Files
from scrubber.review.items import ACCEPTED, OPEN, REJECTED, Item
from scrubber.review.session import Session


@dataclass(eq=False)
class Desk:
    """A review on the desk of a front end.

    `page` explains a rule in some lines, `measured` says its precision in a few words.
    """

    session: Session
    files: Files
    page: Callable[[str], str] = lambda rule: ""
    measured: Callable[[str], str] = lambda rule: ""
    failed: dict[int, str] = field(default_factory=dict)
    """Why a file could not be written, by its number."""

    def __post_init__(self) -> None:
        self.files.book = self.session.book  # what is answered holds at the next look too

    def file(self, item: Item) -> File:
        """Return the file that an item stands in."""
        return self.files.files[item.file]

    def write(self, number: int) -> str:
        """Write what was accepted of a file and look at it again; say what was done.

        Where it cannot be written, the decisions stay in the ledger; `failed` says why.
        """
        name = self.files.files[number].source.path
        items = self.files.files[number].items
        count = sum(item.chosen is not None and not item.written for item in items)
        try:
            items = self.files.write(number)
        except InputError as error:
            self.failed[number] = str(error)
            return f"{name}: not written: {error}"
        self.failed.pop(number, None)
        self.session.renew(number, items)
        new = sum(item.state == OPEN for item in items)
        more = f"; {new:,} still to ask" if new else ""
        return f"{name}: {count:,} {'repair' if count == 1 else 'repairs'} written{more}"

    def write_all(self, but: Iterable[int] = ()) -> list[str]:
        """Write every file for which something is accepted, `but` those that were declined.

        What was decided for a whole rule may hold for what the repairs uncover: that is written
        too.
        """
        said: list[str] = []
        failed = set(but)
        for _ in range(LOOKS):  # answers may undo each other's work
            waiting = set(self.files.waiting()) - failed
            said += [self.write(number) for number in sorted(waiting)]
            failed |= waiting & set(self.failed)
            if not waiting:
                break
        return said

    def summary(self) -> str:
        """Return in one line what was decided, written and left."""
        counts = self.session.counts()
        earlier = sum(item.earlier for item in self.session.items)
        written = sum(item.written for item in self.session.items)
        waiting = counts[ACCEPTED] - written
        left = sum(counts.values()) - counts[ACCEPTED] - counts[REJECTED]
        line = f"{counts[ACCEPTED]:,} accepted, {counts[REJECTED]:,} rejected, {left:,} undecided"
        if earlier:
            line += f" ({earlier:,} decided before)"
        line += f"; {written:,} written"
        if waiting:
            line += f", {waiting:,} accepted but not written: review again, or scrubber fix"
        return line + "."
