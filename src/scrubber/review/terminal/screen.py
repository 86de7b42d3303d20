"""What a key means at a moment of the review. Knows no terminal: keys come in as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scrubber.decisions.ledger import LedgerError
from scrubber.model import Action
from scrubber.review.desk import Desk
from scrubber.review.items import OPEN, ORDERS, Item
from scrubber.review.queue import RefusedError
from scrubber.review.terminal.keys import ANSWERS, help_page
from scrubber.review.terminal.pages import Page, preview
from scrubber.review.terminal.shown import Shown

ASK, CONFIRM, PAGE, OWN, SEARCH, GO = "ask", "confirm", "page", "own", "search", "go"
TYPED = (OWN, SEARCH, GO)
"""The modes in which keys are text for the bottom line."""


_CONTEXT = 3
"""Rows around a finding at first; `m` asks for more."""


class Screen:
    """A review as the person at the terminal has it before them.

    `key` takes what is pressed, `typed` what was typed at the bottom line. `finished` is set when
    the review is over; `mode` is one of the constants above.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.mode = ASK
        self.context = _CONTEXT
        self.said = ""
        self.page: Page | None = None
        self.confirming: list[int] = []
        self.finished = False
        self.editor_wanted = False
        self.report: list[str] = []
        """What was written, a line for each file."""
        self._refused, self._declined = set[int](), set[int]()
        self._shown = Shown()
        if not self.unanswered:
            self._end()

    @property
    def item(self) -> Item | None:
        """The item that is asked now."""
        return self.desk.session.at

    @property
    def unanswered(self) -> bool:
        """Whether there is anything left to ask."""
        return any(item.state == OPEN and not item.written for item in self.desk.session.items)

    def shown(self) -> str | None:
        """Return the text that would stand at the item, None where nothing is offered."""
        return None if self.item is None else self._shown.text(self.item)

    def default(self) -> str:
        """Return the key that Enter stands for: only what may be done unattended is accepted.

        Empty where somebody has decided: Enter changes no answer, it goes on.
        """
        item = self.item
        if item is not None and not item.open:
            return ""
        sampled = self.desk.session.sample is not None  # measured is what a person says
        sure = item and item.finding.action is Action.FIX and not item.dispute and not sampled
        return "y" if item and sure and self._shown.choice(item) == 0 else "s"

    def key(self, key: str) -> None:
        """Do what a key means now. What it cannot do is said; nothing is lost by any key."""
        self.said = ""
        with self._saying():
            if self.mode == CONFIRM:
                self._confirm(key)
            elif self.mode == PAGE:
                self._read(key)
            else:
                self._ask(key)

    def typed(self, text: str | None) -> None:
        """Take what was typed at the bottom line; None when it was given up."""
        mode, self.mode = self.mode, ASK
        item = self.item
        if text is None:
            return
        with self._saying():
            if mode == OWN and item is not None:
                self._answered(item, self.desk.session.write_own(item, text))
            elif mode == GO:
                self._go(text.strip())
            elif mode == SEARCH and text and not self.desk.session.search(text):
                self.said = "not found"

    def _go(self, number: str) -> None:
        if number and not (number.isdecimal() and len(number) < 10):
            raise RefusedError("not a number of a finding")
        if number:
            self.desk.session.go(int(number))

    @contextmanager
    def _saying(self) -> Iterator[None]:
        """Say why an answer was not taken."""
        try:
            yield
        except RefusedError as error:
            self.said = str(error)
        except LedgerError as error:
            self.said = f"not decided: {error}"

    # While a finding is asked

    def _ask(self, key: str) -> None:
        if key in ("q", "Q"):
            self._quit(write=key == "q")
            return
        if key in _ANYWHERE:
            _ANYWHERE[key](self)
            return
        item = self.item
        if item is None:
            self.said = "nothing is left to ask; q ends"
            return
        if key == "enter":
            key = self.default()
        if not key or (key == "y" and self._shown.own(item)):
            self.said = "as it was decided"  # a text of one's own stays as well
            self.desk.session.next_open()
        elif key.isdecimal() and int(key):
            self._answered(item, self.desk.session.accept(item, int(key) - 1))
        elif key in ANSWERS:
            self._answered(item, ANSWERS[key](self.desk.session, item, self._shown.choice(item)))
        elif key in _LOOKS:
            _LOOKS[key](self, item)
        else:
            self.said = "? shows the keys"

    def _answered(self, item: Item, said: str) -> None:
        """Say what was done; at the end of a file, and of all, ask whether to write."""
        self.said = said
        self._shown.forget()
        if not self.unanswered:
            self._end()
        elif self._at_end_of(item):
            self.mode, self.confirming = CONFIRM, [item.file]

    def _at_end_of(self, item: Item) -> bool:
        """Whether the item's file is answered and has something to write."""
        if self.desk.session.by != "file" or item.file in self._refused:
            return False
        if any(other.state == OPEN for other in self.desk.file(item).items):
            return False
        return item.file in self.desk.files.waiting()

    def _end(self) -> None:
        self.confirming = self.desk.files.waiting()
        if self.confirming:
            self.mode = CONFIRM
        else:
            self.finished = True

    def _quit(self, *, write: bool) -> None:
        if write:
            self.report += self.desk.write_all(but=self._declined)
        self.finished = True

    def _undo(self) -> None:
        self.said = self.desk.session.undo()

    def _move(self, by: int, *, open_only: bool) -> None:
        if not self.desk.session.step(by, open_only=open_only):
            what = "undecided one" if open_only else "one"
            self.said = f"no {'further' if by > 0 else 'earlier'} {what}"

    def _order(self) -> None:
        session = self.desk.session
        session.sort(ORDERS[(ORDERS.index(session.by) + 1) % len(ORDERS)])
        self.said = f"ordered by {session.by}"

    def _next_choice(self, item: Item) -> None:
        if len(item.finding.proposals) < 2 and not self._shown.own(item):
            self.said = "there is no other proposal"
        elif item.finding.proposals:
            self._shown.turn(item)

    def _more(self, item: Item) -> None:
        self.context = _CONTEXT if self.context > 30 else self.context * 3

    def _type(self, mode: str) -> None:
        self.mode = mode

    def _editor(self, item: Item) -> None:
        self.editor_wanted = True

    def _rule(self, item: Item) -> None:
        self._show(Page(item.finding.rule, self.desk.page(item.finding.rule)))

    def _show(self, page: Page) -> None:
        self.mode, self.page = PAGE, page

    # Other moments

    def _read(self, key: str) -> None:
        if self.page is None or not self.page.scroll(key):
            self.mode, self.page = CONFIRM if self.confirming else ASK, None

    def _confirm(self, key: str) -> None:
        if key in ("y", "enter", "q"):
            numbers, self.confirming, self.mode = self.confirming, [], ASK
            done = [self.desk.write(number) for number in numbers]
            self.report += done
            self.said = done[-1] if done else ""
            self._refused.update(self.desk.failed)
            if key == "q" or not self.unanswered:
                self._end_or_stop()
        elif key in ("n", "Q"):
            everything = not self.unanswered
            self._refused.update(self.confirming)
            self._declined.update(self.confirming)
            self.confirming, self.mode = [], ASK
            self.finished = key == "Q" or everything
        elif key == "u":
            self.confirming, self.mode = [], ASK
            self._undo()
        elif key == "p":
            self._show(preview(self.desk, self.confirming))
        else:
            self.said = "y writes, n does not, p shows it, u undoes the last answer"

    def _end_or_stop(self) -> None:
        """Ask about files that are still to be written, unless these are what could not be."""
        self._end()
        if not set(self.confirming) - set(self.desk.failed):
            self.finished = True


_LOOKS: dict[str, Callable[[Screen, Item], None]] = {
    "e": lambda s, i: s._type(OWN),
    "E": Screen._editor,
    "tab": Screen._next_choice,
    "m": Screen._more,
    "w": Screen._rule,
    "p": lambda s, i: s._show(preview(s.desk, [i.file])),
}
_ANYWHERE: dict[str, Callable[[Screen], None]] = {
    "u": Screen._undo,
    "j": lambda s: s._move(1, open_only=True),
    "k": lambda s: s._move(-1, open_only=True),
    "J": lambda s: s._move(1, open_only=False),
    "K": lambda s: s._move(-1, open_only=False),
    "g": lambda s: s._type(GO),
    "/": lambda s: s._type(SEARCH),
    "o": Screen._order,
    "?": lambda s: s._show(Page("keys", help_page())),
}
