"""A decision made in an editor: the one that `scrubber review` would keep, by the same code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from scrubber import engine
from scrubber.decisions.book import Verdict
from scrubber.decisions.keys import Scope
from scrubber.edits import minimal
from scrubber.lsp.checking import Checked, Found
from scrubber.model import Edit
from scrubber.review.items import Item, items_of
from scrubber.review.queue import RefusedError
from scrubber.review.session import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answers about a finding: which one, and what holds how far.

    `start` and `end` are places in the document `slot` in code points; `seen` is a digest of what
    stood there, so that nobody decides about another place than the one they saw (a recipe may find
    a whole text). `chosen` is the proposal that is accepted.
    """

    rule: str
    slot: int
    start: int
    end: int
    seen: str
    verdict: str
    scope: str
    chosen: str | None = None

    @classmethod
    def about(
        cls, found: Found, verdict: Verdict, scope: Scope, chosen: str | None = None
    ) -> Answer:
        """Return an answer about a finding."""
        at = found.finding
        place = at.rule, found.slot, at.start, at.end, _digest(at.text)
        return cls(*place, str(verdict), str(scope), chosen)

    @property
    def value(self) -> dict[str, Any]:
        """The answer as a JSON object."""
        return asdict(self)

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Answer:
        """Return an answer from a JSON object.

        Raises:
            RefusedError: it is none.
        """
        try:
            answer = cls(**value)
            Verdict(answer.verdict), Scope(answer.scope)
        except (TypeError, ValueError):
            raise RefusedError("that is no answer that scrubber knows") from None
        return answer


@dataclass(frozen=True, slots=True)
class Kept:
    """What an answer did, in words, and the repairs that it asks for in this file."""

    said: str
    edits: list[Edit]


def decide(checked: Checked, answer: Answer, who: str, clock: Callable[[], str]) -> Kept:
    """Keep an answer in the ledger.

    Raises:
        RefusedError: it means nothing here, or the text has changed.
        LedgerError, ProjectError: it could not be kept; nothing was changed.
    """
    project = checked.project
    book = project.book()
    items: list[Item] = []
    for slot, document in enumerate(checked.source.documents):
        findings, _ = engine.find(document, project.rules)
        identity = project.ledger.identity(document)
        items += items_of(document, findings, identity, book, (0, slot))
    item = _meant(items, answer)
    session = Session(items, project.ledger, who, clock, book=book)
    verdict, scope = Verdict(answer.verdict), Scope(answer.scope)
    if verdict is not Verdict.ACCEPT:
        if verdict is Verdict.WITHDRAW and item.said is not None:
            scope = item.said.key.scope
        return Kept(session.decide(item, verdict, scope), [])
    if answer.chosen not in item.finding.proposals:
        raise RefusedError("that is not offered here any more")
    choice = item.finding.proposals.index(answer.chosen)
    said = session.accept(item, choice, scope)
    per_document: list[list[Edit]] = [[] for _ in checked.source.documents]
    for other in session.within(item.keys[scope.reach]):
        if other.chosen is not None:
            per_document[other.slot].append(minimal(other.finding, other.chosen))
    for edits in per_document:
        edits.sort(key=lambda edit: (edit.start, edit.end))
    return Kept(said, checked.source.edits(per_document))


def _meant(items: list[Item], answer: Answer) -> Item:
    """The item an answer is about; another rule's, where both offer the same and one is asked."""
    there = [
        item
        for item in items
        if (item.slot, item.finding.start, item.finding.end) == (answer.slot, *_span(answer))
        and _digest(item.finding.text) == answer.seen
    ]
    mine = [item for item in there if item.finding.rule == answer.rule]
    if not there:
        raise RefusedError("the text has changed here; look at it again")
    return (mine or there)[0]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _span(answer: Answer) -> tuple[int, int]:
    return answer.start, answer.end
