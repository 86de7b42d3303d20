"""A review: what an answer means, and the way back. Draws nothing.

Each answer is in the ledger before it counts. Terminal, browser and replayed answers call the same
few functions, so that the same answers give the same decisions and the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from scrubber.decisions import Decision, Verdict
from scrubber.keys import Scope, key_of
from scrubber.ledger import Ledger, LedgerError
from scrubber.model import Finding
from scrubber.review.items import Item, State, taken_together
from scrubber.review.queue import Queue, RefusedError
from scrubber.review.reach import displaced, reached
from scrubber.review.words import said_of
from scrubber.text import writable


@dataclass(frozen=True)
class _Frame:
    """What one answer changed: how the items were before, and the ledger's size then."""

    size: int
    was: list[tuple[Item, State]]
    decisions: list[Decision]
    at: Item | None
    said: str


class Session(Queue):
    """The answers of one person, `who`, at the times that `clock` gives.

    In a `sample` each item is decided for itself.
    """

    def __init__(
        self,
        items: Sequence[Item],
        ledger: Ledger,
        who: str,
        clock: Callable[[], str],
        sureness: Callable[[Finding], float] = lambda finding: 0.0,
        sample: str | None = None,
    ) -> None:
        super().__init__(sureness, fixed=sample is not None)
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
        if own and scope is Scope.CHANGE:
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
        if text == item.finding.text:
            return self.reject(item)
        if not writable(text):
            raise RefusedError("no text file can hold that")
        verdict = Verdict.ACCEPT if text in item.finding.proposals else Verdict.REPLACE
        return self.decide(item, verdict, Scope.HERE, text)

    def leave(self, item: Item) -> str:
        """Leave an item undecided, or open it again. Raises as `decide` does."""
        if item.decision is None:
            self._frames.append(_Frame(-1, [(item, item.saved)], [], self.at, "left undecided"))
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
        said = item.decision
        if said is not None and said.key.scope.nearer(scope):
            # The nearest scope goes first: what was said of less than this has to go.
            gone = self._made(item, Verdict.WITHDRAW, said.key.scope, None, now)
            decisions.insert(0, replace(gone, key=said.key))
        return self.enter(decisions)

    def enter(self, decisions: Sequence[Decision]) -> str:
        """Keep decisions, let each hold for every item that it reaches, and go on.

        Raises:
            RefusedError: one is about more than a place, and a sample is decided one by one.
            LedgerError: they could not be kept; nothing was changed.
        """
        if self.sample:
            decisions = [self._measuring(decision, self.sample) for decision in decisions]
        was: dict[int, tuple[Item, State]] = {}
        kept: list[Decision] = []
        count, losers = 0, list[Item]()
        for decision in decisions:
            held = reached(self, decision)
            lost = displaced(decision, held)
            for item in (*held, *lost):
                was.setdefault(id(item), (item, item.saved))
            for item in held:
                item.hold(decision)
            kept.append(decision)
            for item in lost:
                kept.append(replace(decision, key=item.key, verdict=Verdict.REJECT, chosen=None))
                item.hold(kept[-1])
            losers += lost
            count += len(held) if decision.verdict is decisions[-1].verdict else 0
        try:
            size = self.ledger.append(kept)
        except LedgerError:
            _restore(was.values())
            raise
        said = said_of(decisions[-1], count, losers)
        self._frames.append(_Frame(size, list(was.values()), kept, self.at, said))
        self.next_open()
        return said

    def undo(self) -> str:
        """Take back the last answer, in the ledger too.

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
            now = self.clock()
            back = [
                replace(said, verdict=Verdict.WITHDRAW, chosen=None, when=now)
                for said in frame.decisions
            ]
            before = {id(state.decision): state.decision for _, state in frame.was}
            back += [replace(said, when=now) for said in before.values() if said is not None]
            self.ledger.append(back)
        self._frames.pop()
        _restore(frame.was)
        self.at = frame.at
        return f"undone: {frame.said}"

    def _measuring(self, decision: Decision, sample: str) -> Decision:
        """A decision as one about a place of a sample.

        Unattended the first proposal is done: who takes another one says that it was wrong.
        """
        if decision.key.scope is not Scope.HERE:
            raise RefusedError("a sample is decided one by one")
        other = any(_first(item) != decision.chosen for item in reached(self, decision))
        if decision.verdict is Verdict.ACCEPT and other:
            return replace(decision, verdict=Verdict.REPLACE, sample=sample)
        return replace(decision, sample=sample)

    def _made(
        self, item: Item, verdict: Verdict, scope: Scope, chosen: str | None, now: str
    ) -> Decision:
        key = item.key
        if scope is not Scope.HERE:
            key = key_of(scope, item.document, item.finding, None)
        said = item.decision
        # Who answers has the others' answers on the screen, and overrules them knowingly.
        settles = item.dispute is not None or (said is not None and said.who != self.who)
        return Decision(key, verdict, chosen, self.who, now, settles, self.sample)


def _restore(was: Iterable[tuple[Item, State]]) -> None:
    for item, state in was:
        item.saved = state


def _first(item: Item, verdict: Verdict = Verdict.ACCEPT) -> str | None:
    offered = item.finding.proposals
    return offered[0] if offered and verdict is Verdict.ACCEPT else None
