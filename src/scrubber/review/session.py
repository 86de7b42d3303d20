"""A review: what an answer means, and the way back. Draws nothing.

Each answer is in the ledger before it counts. Terminal, browser and replayed answers call the same
few functions, so that the same answers give the same decisions and the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope, framed, unbroken
from scrubber.decisions.ledger import Ledger, LedgerError
from scrubber.model import Finding
from scrubber.review.items import Item, State, taken_together
from scrubber.review.keeping import Before, hold, measuring, overrules, said_before
from scrubber.review.queue import Queue, RefusedError
from scrubber.review.reach import losers
from scrubber.review.words import said_of
from scrubber.text import writable


@dataclass(frozen=True)
class _Frame:
    """What one answer changed: how the items were before, what held, the ledger's size then."""

    size: int
    was: list[tuple[Item, State]]
    decisions: list[Decision]
    held: dict[Key, Sequence[Decision]]
    at: Item | None
    said: str


class Session(Queue):
    """The answers of one person, `who`, at the times that `clock` gives.

    In a `sample` each item is decided for itself. `book` holds the ledger's decisions, and each
    answer from now on; what an item's state is follows from it alone, so that whoever opens the
    ledger anew sees the same.
    """

    def __init__(
        self,
        items: Sequence[Item],
        ledger: Ledger,
        who: str,
        clock: Callable[[], str],
        sureness: Callable[[Finding], float] = lambda finding: 0.0,
        sample: str | None = None,
        book: Book | None = None,
    ) -> None:
        super().__init__(sureness, fixed=sample is not None)
        self.book = Book(ledger.read().decisions) if book is None else book
        self.ledger, self.who, self.clock, self.sample = ledger, who, clock, sample
        self._frames: list[_Frame] = []
        self.add(items)

    def accept(self, item: Item, choice: int = 0, scope: Scope = Scope.HERE) -> str:
        """Take one of the proposals: here, for all the same change, or for all of the rule.

        For all the same change, a text of the person's own that stands here is taken everywhere.

        Raises:
            RefusedError: there is no such proposal.
            LedgerError: it could not be kept; nothing was changed.
        """
        own = item.decision is not None and item.decision.verdict is Verdict.REPLACE
        if own and scope is Scope.CHANGE and choice == 0:
            return self.decide(item, Verdict.REPLACE, scope, item.chosen)
        offered = item.finding.proposals
        if not offered:
            raise RefusedError("nothing is offered; e types a replacement")
        if choice >= len(offered):
            raise RefusedError(f"there are {len(offered)} proposals")
        chosen = None if scope is Scope.RULE else offered[choice]
        return self.decide(item, Verdict.ACCEPT, scope, chosen)

    def reject(self, item: Item, scope: Scope = Scope.HERE) -> str:
        """Leave the text as it is, for good. Raises as `decide` does."""
        return self.decide(item, Verdict.REJECT, scope)

    def write_own(self, item: Item, text: str) -> str:
        """Take a text of the person's own; the one that stands there is a rejection.

        Raises:
            RefusedError: no text file can hold it.
            LedgerError: it could not be kept; nothing was changed.
        """
        lead, inner, trail = framed(item.finding.text)
        same = unbroken(text) == unbroken(item.finding.text)
        if same or ((lead or trail) and unbroken(framed(text)[1]) == unbroken(inner)):
            return self.reject(item)
        if not writable(text):
            raise RefusedError("no text file can hold that")
        offered = map(unbroken, item.finding.proposals)
        if unbroken(text) in offered:
            return self.decide(item, Verdict.ACCEPT, Scope.HERE, text)
        own = framed(text)[1] if lead or trail else text  # a line's own breaks stay as they are
        return self.decide(item, Verdict.REPLACE, Scope.HERE, own)

    def leave(self, item: Item) -> str:
        """Leave an item undecided, or open it again. Raises as `decide` does."""
        if item.decision is None:
            self._frames.append(_Frame(-1, [(item, item.saved)], [], {}, self.at, "left undecided"))
            item.left = True
            self.next_open()
            return "left undecided"
        if item.decision.key.scope is not Scope.HERE:
            raise RefusedError("it was decided with others; y or n decides it here")
        return self.decide(item, Verdict.WITHDRAW)

    def rest_of_file(self, item: Item, verdict: Verdict) -> str:
        """Accept or reject what is open of the item's file, from this one on in the order.

        Raises:
            RefusedError: nothing is left that this answers.
            LedgerError: it could not be kept; nothing was changed.
        """
        if self.sample:
            raise RefusedError("a sample is decided one by one")
        rest = self.rest(item)
        if verdict is Verdict.ACCEPT:
            rest = taken_together(other for other in rest if other.finding.proposals)
            rest.sort(key=self.position)
        if not rest:
            raise RefusedError("nothing is left of this file that could be answered so")
        now = self.clock()
        return self.enter(
            [
                self._made(other, verdict, Scope.HERE, _first(other, verdict), now)
                for other in {other.key: other for other in rest}.values()
            ]
        )

    def decide(
        self, item: Item, verdict: Verdict, scope: Scope = Scope.HERE, chosen: str | None = None
    ) -> str:
        """Answer about an item and all that the scope reaches; say in a few words what was done.

        Raises:
            RefusedError: the answer means nothing here.
            LedgerError: it could not be kept; nothing was changed.
        """
        if item.written:
            raise RefusedError("this repair is written already")
        now = self.clock()
        decisions = [self._made(item, verdict, scope, chosen, now)]
        # The nearest scope goes first: what was said of less than this has to go.
        for nearer in Scope:
            if nearer is scope:
                break
            if nearer is Scope.WORD and not item.keys[nearer.reach].exact:
                continue  # nothing can have been said of a mark's word
            gone = self._made(item, Verdict.WITHDRAW, nearer, None, now)
            if self.book.in_force(gone.key):
                decisions.insert(0, gone)
        return self.enter(decisions)

    def enter(self, decisions: Sequence[Decision], kept_as: Decision | None = None) -> str:
        """Keep decisions, let each hold for every item that it reaches, and go on.

        `kept_as` goes to the ledger for the first: as it was said of a place edited since.

        Raises:
            RefusedError: one is about more than a place, and a sample is decided one by one.
            LedgerError: they could not be kept; nothing was changed.
        """
        if self.sample:
            decisions = [measuring(self, decision, self.sample) for decision in decisions]
        was: Before = {}
        kept: list[Decision] = []
        lost: list[Item] = []
        held: dict[Key, Sequence[Decision]] = {}
        for decision in decisions:
            gone = losers(self, decision)
            held.setdefault(decision.key, self.book.in_force(decision.key))
            hold(self, self.book, decision, was)
            kept.append(decision)
            for item in gone:
                # Said in so many words: its own decision may be as near as this one.
                said = replace(decision, key=item.key, verdict=Verdict.REJECT, chosen=None)
                before = self.book.in_force(item.key)
                said = replace(said, settles=any(other.who != said.who for other in before))
                held.setdefault(said.key, self.book.in_force(said.key))
                hold(self, self.book, said, was)
                kept.append(said)
                lost.append(item)
        try:
            size = self.ledger.append([kept_as or kept[0], *kept[1:]])
        except LedgerError:
            self._take_back(kept, was.values())
            raise
        verdict = decisions[-1].verdict
        if verdict is Verdict.WITHDRAW:
            count = len(self.within(decisions[-1].key))
        else:
            mine = {id(d) for d in decisions if d.verdict is verdict}
            count = sum(id(item.decision) in mine for item, _ in was.values())
        said_so = said_of(decisions[-1], count, lost)
        self._frames.append(_Frame(size, list(was.values()), kept, held, self.at, said_so))
        self.next_open()
        return said_so

    def _take_back(self, kept: Iterable[Decision], was: Iterable[tuple[Item, State]]) -> None:
        for decision in kept:
            self.book.take_back(decision)
        for item, state in was:
            item.saved = state

    def undo(self) -> str:
        """Take back the last answer, in the ledger too.

        Where somebody else has written to it since, what held before is said again at its end.

        Raises:
            RefusedError: there is none, or its repair is written.
            LedgerError: the ledger cannot be written; nothing was changed.
        """
        if not self._frames:
            raise RefusedError("nothing to undo")
        frame = self._frames[-1]
        if not all(self.stands(item) for item, _ in frame.was):
            raise RefusedError("its file is written already")
        if frame.decisions and not self.ledger.cut(frame.size):
            again = said_before(frame.decisions, frame.held, self.clock())
            self.ledger.append(again)
            for decision in again:
                self.book.enter(decision)
            for item, state in frame.was:
                item.saved = state
        else:
            self._take_back(frame.decisions, frame.was)
        self._frames.pop()
        self.at = frame.at
        return f"undone: {frame.said}"

    def _made(
        self, item: Item, verdict: Verdict, scope: Scope, chosen: str | None, now: str
    ) -> Decision:
        key = item.keys[scope.reach]
        moved = item.decision is not None and item.decision.key not in item.keys
        if verdict is Verdict.WITHDRAW and scope is Scope.HERE and item.decision and moved:
            key = item.decision.key  # its place was edited since
        if scope is Scope.WORD and not key.exact:
            raise RefusedError("there is no word here; n rejects it")
        text = None if chosen is None else unbroken(chosen)
        # Who answers has the others' answers on the screen, and overrules them knowingly.
        settles = overrules(item, self.who) or any(
            said.who != self.who for said in self.book.in_force(key)
        )
        opinion = item.finding.opinion if scope is Scope.HERE else ""
        return Decision(key, verdict, text, self.who, now, settles, self.sample, opinion)


def _first(item: Item, verdict: Verdict = Verdict.ACCEPT) -> str | None:
    offered = item.finding.proposals
    return offered[0] if offered and verdict is Verdict.ACCEPT else None
