"""What people decided about findings, and which findings a decision holds for. Pure."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scrubber.decisions.keys import Key, Scope, framed, key_of, unbroken
from scrubber.decisions.moved import Moved
from scrubber.decisions.own_texts import OwnTexts, as_in
from scrubber.model import Action, Document, Finding


class Verdict(enum.StrEnum):
    """What a person said."""

    ACCEPT = "accept"
    REJECT = "reject"
    REPLACE = "replace"
    """Accepted with a text of the person's own."""
    WITHDRAW = "withdraw"
    """Open again: what the same person said before of the same is void."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided, and when (ISO 8601, UTC).

    `chosen` is the text put in the finding's place; None for a rejection, and for the acceptance of
    a whole rule, which takes the first proposal of each finding. `settles` overrules what others
    had said of the same. `sample` names the sample that the place was drawn for, `opinion` what a
    language model had said of it.
    """

    key: Key
    verdict: Verdict
    chosen: str | None = None
    who: str = ""
    when: str = ""
    settles: bool = False
    sample: str | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """The latest decisions of several people about the same, where they differ."""

    decisions: tuple[Decision, ...]

    def __str__(self) -> str:
        return ", ".join(f"{d.who or 'someone'}: {d.verdict}" for d in self.decisions)


class Book:
    """Decisions by what they are about: says what holds for a finding.

    The nearest scope goes first, then the latest. Where people contradict each other about the
    same thing, nothing holds, and the finding is nobody's to do unattended. Where `exact`, a place
    that was edited is another one. What was rejected in a document that is `gone`, for its file was
    renamed, stays rejected wherever the same stands in the same surroundings. Where `final`, no
    rule touches a text that a person put in a place, as none should with nobody there.
    """

    def __init__(
        self,
        decisions: Iterable[Decision] = (),
        *,
        exact: bool = False,
        gone: Collection[Any] = (),
        final: bool = False,
    ) -> None:
        self._exact, self._gone = exact, gone
        self._homeless: dict[Key, Key] = {}
        self.fitted: set[Key] = set()
        """Keys that held for a finding since the book was opened."""
        self._said: defaultdict[Key, list[Decision]] = defaultdict(list)
        self._held: dict[Key, Decision | Dispute] = {}
        self._rejected = Moved()
        self._own = OwnTexts(final=final)
        for decision in decisions:
            self._said[decision.key].append(decision)
        for key in self._said:
            self._weigh(key, again=False)

    def __len__(self) -> int:
        return len(self._held)

    @property
    def held(self) -> list[Decision]:
        """The decisions in force, without those in dispute."""
        return [held for held in self._held.values() if isinstance(held, Decision)]

    @property
    def disputes(self) -> list[Dispute]:
        """What people contradict each other about."""
        return [held for held in self._held.values() if isinstance(held, Dispute)]

    def said(self, key: Key) -> Sequence[Decision]:
        """Return all that was said of a key, in the order of the ledger."""
        return self._said.get(key, ())

    def in_force(self, key: Key) -> tuple[Decision, ...]:
        """Return the decision that holds for a key, or those in dispute."""
        held = self._held.get(key)
        return () if held is None else held.decisions if isinstance(held, Dispute) else (held,)

    def enter(self, decision: Decision) -> None:
        """Note one decision more."""
        self._said[decision.key].append(decision)
        self._weigh(decision.key)

    def take_back(self, decision: Decision) -> None:
        """Forget a decision that was entered."""
        said = self._said[decision.key]
        said.reverse()
        said.remove(decision)
        said.reverse()
        self._weigh(decision.key)

    def _weigh(self, key: Key, *, again: bool = True) -> None:
        held = in_force(self._said[key])
        if held is None:
            self._held.pop(key, None)
        else:
            self._held[key] = held
        verdict = held.verdict if isinstance(held, Decision) else None
        if isinstance(held, Decision) and verdict is Verdict.REPLACE:
            self._own.add(key, held.chosen or "")
        elif again:
            self._own.drop(key)
        if key.scope is Scope.HERE:
            if verdict is Verdict.REJECT:
                self._rejected.add(key)
                if key.document in self._gone:
                    self._homeless[key._replace(document=None)] = key
            elif again:
                self._rejected.drop(key)

    def ruling(
        self, document: Document, finding: Finding, identity: Any, keys: Sequence[Key] = ()
    ) -> Any:
        """Return the Decision or Dispute that holds for a finding, or None.

        `keys` are those of the finding, one for each scope, where they are known already.
        """
        if not self._held:
            return None
        for scope in Scope:
            key = keys[scope.reach] if keys else key_of(scope, document, finding, identity)
            if key in self._held and fits(self._held[key], finding):
                self.fitted.add(key)
                return self._held[key]
            if scope is Scope.HERE and not self._exact:
                held = self._moved(document, key) or self._meant(document, finding, key)
                if held is not None:
                    return held
        return None

    def _moved(self, document: Document, now: Key) -> Decision | Dispute | None:
        """The rejection of a place whose surroundings were edited since."""
        key = self._rejected.find(document, now) or self._homeless.get(now._replace(document=None))
        if key is None or key not in self._held:
            return None
        self.fitted.add(key)
        return self._held[key]

    def _meant(self, document: Document, finding: Finding, now: Key) -> Decision | None:
        """A rejection where the rule objects to a text that a person put there themselves."""
        key = self._own.find(document, finding, now)
        if key is None:
            return None
        self.fitted.add(key)
        held = self.in_force(key)[-1]
        return replace(held, key=now, verdict=Verdict.REJECT, chosen=None)


def fits(held: Decision | Dispute, finding: Finding) -> bool:
    """Whether what was accepted is on offer for a finding too."""
    if isinstance(held, Dispute) or held.verdict is not Verdict.ACCEPT:
        return True
    if held.chosen is None:
        return bool(finding.proposals)
    if held.key.scope is Scope.HERE:
        return True
    return held.chosen in map(unbroken, finding.proposals)


def put(document: Document, finding: Finding, chosen: str) -> str:
    r"""Return a chosen text as it goes into a document: with the line breaks that are used there.

    A text of one's own for a whole line leaves the breaks around the line as they are.

    >>> found = Finding("x/y", 0, 1, "a", (), Action.REPORT, "")
    >>> put(Document("a\r\n"), found, "b\n")
    'b\r\n'
    """
    for proposal in finding.proposals:
        if unbroken(proposal) == chosen:
            return proposal
    lead, _, trail = framed(finding.text)
    if lead or trail:
        chosen = framed(chosen)[1]
    return lead + as_in(document, chosen) + trail


def judged(document: Document, finding: Finding, held: Decision | Dispute | None) -> Finding | None:
    """Return a finding as a decision leaves it: to be done, silent (None), or in doubt."""
    if held is None:
        return finding
    if isinstance(held, Dispute):
        action = max(finding.action, Action.SUGGEST, key=lambda action: action.doubt)
        return finding._replace(action=action, message=f"{finding.message}; in dispute ({held})")
    if held.verdict is Verdict.REJECT:
        return None
    chosen = finding.proposals[0] if held.chosen is None else put(document, finding, held.chosen)
    proposals = (chosen, *(p for p in finding.proposals if p != chosen))
    by = f"; accepted by {held.who}" if held.who else "; accepted"
    return finding._replace(
        proposals=proposals,
        action=Action.FIX,
        message=finding.message + by,
        decided=len(Scope) - held.key.scope.reach,
    )


def in_force(said: Sequence[Decision]) -> Decision | Dispute | None:
    """Return what holds of all that was said about one key, in the order of the ledger.

    Of each person the latest decision counts; one that `settles` ends what was said before it.
    """
    if len(said) == 1:  # nearly always
        return said[0] if said[0].verdict is not Verdict.WITHDRAW else None
    latest: dict[str, Decision] = {}
    for decision in sorted(said, key=lambda decision: decision.when):
        if decision.settles:
            latest.clear()
        latest.pop(decision.who, None)
        if decision.verdict is not Verdict.WITHDRAW:
            latest[decision.who] = decision
    if not latest:
        return None
    if len({(d.verdict is Verdict.REJECT, d.chosen) for d in latest.values()}) > 1:
        return Dispute(tuple(latest.values()))
    return list(latest.values())[-1]
