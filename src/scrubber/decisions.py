"""What people decided about findings, and which findings a decision holds for. Pure."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scrubber.keys import Key, Scope, key_of, near
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
    had said of the same. `sample` names the sample that the place was drawn for.
    """

    key: Key
    verdict: Verdict
    chosen: str | None = None
    who: str = ""
    when: str = ""
    settles: bool = False
    sample: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """The latest decisions of several people about the same, where they differ."""

    decisions: tuple[Decision, ...]

    def __str__(self) -> str:
        return ", ".join(f"{d.who or 'someone'}: {d.verdict}" for d in self.decisions)


class Book:
    """Decisions by what they are about: says what holds for a finding.

    The nearest scope goes first, then the latest. Where people contradict each other about the
    same thing, nothing holds, and the finding is nobody's to do unattended.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        by_key: defaultdict[Key, list[Decision]] = defaultdict(list)
        for decision in decisions:
            by_key[decision.key].append(decision)
        self.fitted: set[Key] = set()
        """Keys that held for a finding since the book was opened."""
        self.disputes: list[Dispute] = []
        self._held: dict[Key, Decision | Dispute] = {}
        self._here: defaultdict[tuple[str, str, str], list[Key]] = defaultdict(list)
        for key, said in by_key.items():
            self._enter(key, said)

    def __len__(self) -> int:
        return len(self._held)

    @property
    def held(self) -> list[Decision]:
        """The decisions in force, without those in dispute."""
        return [held for held in self._held.values() if isinstance(held, Decision)]

    def _enter(self, key: Key, said: Sequence[Decision]) -> None:
        held = in_force(said)
        if held is None:
            return
        if isinstance(held, Dispute):
            self.disputes.append(held)
        self._held[key] = held
        if key.scope is Scope.HERE:
            self._here[str(key.document), key.rule, key.exact].append(key)

    def ruling(self, document: Document, finding: Finding, identity: Any) -> Any:
        """Return the Decision or Dispute that holds for a finding, or None."""
        if not self._held:
            return None
        key = self._key(document, finding, identity)
        if key is None:
            return None
        self.fitted.add(key)
        return self._held[key]

    def _key(self, document: Document, finding: Finding, identity: Any) -> Key | None:
        for scope in Scope:
            key = key_of(scope, document, finding, identity)
            if key in self._held and self._fits(self._held[key], finding):
                return key
            if scope is Scope.HERE:
                for other in self._here.get((str(identity), key.rule, key.exact), ()):
                    held = self._held[other]
                    rejected = isinstance(held, Decision) and held.verdict is Verdict.REJECT
                    if rejected and other.document == identity and near(other, key):
                        return other
        return None

    @staticmethod
    def _fits(held: Decision | Dispute, finding: Finding) -> bool:
        """Whether what was accepted is on offer here too."""
        if isinstance(held, Dispute) or held.verdict is not Verdict.ACCEPT:
            return True
        if held.chosen is None:
            return bool(finding.proposals)
        return held.key.scope is Scope.HERE or held.chosen in finding.proposals

    def judge(self, identity: Any) -> Callable[[Document, Finding], Finding | None] | None:
        """Return how the findings of one document are judged; None where there is nothing said."""
        if not self._held:
            return None
        return lambda document, finding: judged(finding, self.ruling(document, finding, identity))


def judged(finding: Finding, held: Decision | Dispute | None) -> Finding | None:
    """Return a finding as a decision leaves it: to be done, silent (None), or in doubt."""
    if held is None:
        return finding
    if isinstance(held, Dispute):
        action = max(finding.action, Action.SUGGEST, key=lambda action: action.doubt)
        return replace(finding, action=action, message=f"{finding.message}; in dispute ({held})")
    if held.verdict is Verdict.REJECT:
        return None
    chosen = finding.proposals[0] if held.chosen is None else held.chosen
    proposals = (chosen, *(p for p in finding.proposals if p != chosen))
    by = f"; accepted by {held.who}" if held.who else "; accepted"
    return replace(
        finding,
        proposals=proposals,
        action=Action.FIX,
        message=finding.message + by,
        decided=True,
    )


def in_force(said: Sequence[Decision]) -> Decision | Dispute | None:
    """Return what holds of all that was said about one key, in the order of the ledger.

    Of each person the latest decision counts; one that `settles` ends what was said before it.
    """
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
