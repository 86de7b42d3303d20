"""The review as the page sees it: rows, changes since a version, one finding in its place."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Any

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.report.place import place
from scrubber.review.desk import Desk
from scrubber.review.items import ORDERS, Item, taken_together
from scrubber.review.reach import alike, reached
from scrubber.review.web.excerpts import ROW, WHOLE, context, short

WRITTEN = "written"
"""The state of an item whose repair is in its file: nothing about it can change any more."""


class Board:
    """Numbers the items, and knows what has changed since the page last heard of it.

    Numbers hold until `generation` changes: then a file was written, and the list is another.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.version = 0
        self.generation = 0
        self.items: list[Item] = []
        self._renew()

    def _renew(self) -> None:
        self.items = list(self.desk.session.items)
        self._numbers = {id(item): number for number, item in enumerate(self.items)}
        self._seen = [self._look(item) for item in self.items]
        self._changed = [self.version] * len(self.items)
        self._near: defaultdict[tuple[int, int], list[Item]] = defaultdict(list)
        for item in self.items:
            if not item.written:
                self._near[item.file, item.slot].append(item)
        for items in self._near.values():
            items.sort(key=lambda item: (item.finding.start, item.finding.end))
        for scope in (Scope.CHANGE, Scope.WORD, Scope.RULE):
            self.desk.session.within(Key(scope, ""))  # so that the first answer does not wait

    @staticmethod
    def _look(item: Item) -> tuple[str, str | None]:
        return WRITTEN if item.written else item.state, item.chosen

    def refresh(self) -> None:
        """Notice what an answer changed."""
        self.version += 1
        if len(self.items) != len(self.desk.session.items) or any(
            mine is not theirs
            for mine, theirs in zip(self.items, self.desk.session.items, strict=True)
        ):
            self.generation += 1
            self._renew()
            return
        for number, item in enumerate(self.items):
            look = self._look(item)
            if look != self._seen[number]:
                self._seen[number] = look
                self._changed[number] = self.version

    def changed_since(self, number: int, version: int) -> bool:
        """Return whether an item is no longer as it was in a version."""
        return self._changed[number] > version

    def number(self, item: Item | None) -> int | None:
        """Return the number of an item; None for one that is no longer in the list."""
        return self._numbers.get(id(item))

    def news(self, version: int) -> dict[str, Any]:
        """Return what has changed since a version: number, state and chosen text of items."""
        changed = [
            [number, look[0], None if look[1] is None else short(look[1], 4 * ROW)]
            for number, look in enumerate(self._seen)
            if self._changed[number] > version
        ]
        return {**self.state(), "changed": changed}

    def state(self) -> dict[str, Any]:
        """Return the version, and for how many repairs each file waits to be written."""
        waiting: defaultdict[int, int] = defaultdict(int)
        for item, look in zip(self.items, self._seen, strict=True):
            if look[0] == "accepted":
                waiting[item.file] += 1
        return {
            "version": self.version,
            "generation": self.generation,
            "waiting": waiting,
            "failed": self.desk.failed,
        }

    def listing(self) -> dict[str, Any]:
        """Return all items in columns, and in which order each of `ORDERS` has them."""
        session, desk = self.desk.session, self.desk
        orders: dict[str, list[int]] = {}
        by = session.by
        for order in ORDERS if session.sample is None else (by,):
            session.sort(order)
            orders[order] = [self._numbers[id(item)] for item in session.order]
        session.sort(by)
        rules = sorted({item.finding.rule for item in self.items})
        known = {rule: number for number, rule in enumerate(rules)}
        sure = {item.finding.rule: session.sureness(item.finding) for item in self.items}
        rows = zip(self.items, self._seen, strict=True)
        return {
            **self.state(),
            "order": by,
            "orders": orders,
            "at": self.number(session.at),
            "who": session.who,
            "sample": session.sample,
            "files": [file.source.path for file in desk.files.files],
            "rules": [
                {"id": rule, "sure": sure[rule], "measured": desk.measured(rule)} for rule in rules
            ],
            "rows": [_row(item, look, known[item.finding.rule]) for item, look in rows],
        }

    def detail(self, number: int, level: int) -> dict[str, Any]:
        """Return one finding in its place, what can be answered, and how far that reaches."""
        item = self.items[number]
        finding, document = item.finding, item.document
        line, column, _, _ = place(document, _first_seen(item))
        decision = item.decision
        near = self._near[item.file, item.slot]
        first = bisect_left(near, finding.start - 100_000, key=lambda other: other.finding.start)
        last = bisect_left(near, finding.end + 100_000, key=lambda other: other.finding.start)
        return {
            "number": number,
            "version": self.version,
            "generation": self.generation,
            "state": self._look(item)[0],
            "rule": finding.rule,
            "action": finding.action,
            "sampled": self.desk.session.sample is not None,
            "message": finding.message,
            "page": self.desk.page(finding.rule),
            "measured": self.desk.measured(finding.rule),
            "path": document.path,
            "record": None if document.id is None else str(document.id),
            "line": line,
            "column": column,
            "text": short(finding.text),
            "whole": len(finding.text) <= WHOLE,
            "proposals": [short(proposal) for proposal in finding.proposals],
            "chosen": None if item.chosen is None else short(item.chosen),
            "context": context(item, near[first:last], level),
            "decision": None if decision is None else _said(decision),
            "earlier": item.earlier,
            "dispute": None if item.dispute is None else str(item.dispute),
            "rivals": [self._rival(rival) for rival in item.rivals],
            "reach": {} if item.written else self._reach(item),
        }

    def _rival(self, rival: Item) -> dict[str, Any]:
        return {
            "number": self.number(rival),
            "rule": rival.finding.rule,
            "text": short(rival.finding.text, 4 * ROW),
            "state": rival.state,
        }

    def _reach(self, item: Item) -> dict[str, Any]:
        """How many items each answer would be about, this one included."""
        session = self.desk.session
        if session.sample is not None:
            return {}
        offered = item.finding.proposals
        own = decided_own(item)
        reach: dict[str, Any] = {}
        for scope in (Scope.CHANGE, Scope.RULE, Scope.WORD):
            reach[scope] = {"reject": alike(session, item, scope)}
        for choice in [item.chosen] if own else offered:
            verdict = Verdict.REPLACE if own else Verdict.ACCEPT
            reach[Scope.CHANGE].setdefault("accept", []).append(
                self._would(item, Scope.CHANGE, verdict, choice)
            )
        if offered:
            reach[Scope.RULE]["accept"] = self._would(item, Scope.RULE, Verdict.ACCEPT, None)
        reach["file"] = self._rest(item)
        return reach

    def _would(self, item: Item, scope: Scope, verdict: Verdict, chosen: str | None) -> int:
        key = key_of(scope, item.document, item.finding, None)
        items = reached(self.desk.session, Decision(key, verdict, chosen))
        return len(items) + (item not in items)

    def _rest(self, item: Item) -> dict[str, int]:
        session = self.desk.session
        rest = session.rest(item)
        return {
            "reject": len(rest),
            "accept": len(taken_together(other for other in rest if other.finding.proposals)),
        }


def decided_own(item: Item) -> bool:
    """Return whether a text of the person's own stands for an item."""
    return item.decision is not None and item.decision.verdict is Verdict.REPLACE


def _row(item: Item, look: tuple[str, str | None], rule: int) -> list[Any]:
    """What the list shows of an item; `review.js` names these columns."""
    finding, text = item.finding, item.document.text
    seen = _first_seen(item)
    proposal = finding.proposals[0] if finding.proposals else None
    return [
        item.file,
        rule,
        finding.action,
        place(item.document, seen)[0],
        None if item.document.id is None else str(item.document.id),
        text[max(0, finding.start - ROW) : finding.start],
        short(finding.text, 4 * ROW),
        text[finding.end : finding.end + ROW],
        None if proposal is None else short(proposal, 4 * ROW),
        look[0],
        None if look[1] is None else short(look[1], 4 * ROW),
    ]


def _said(decision: Decision) -> dict[str, Any]:
    return {
        "verdict": decision.verdict,
        "scope": decision.key.scope,
        "who": decision.who,
        "when": decision.when,
    }


def _first_seen(item: Item) -> int:
    """The offset to name: a line taken out may begin with the break before it."""
    text = item.finding.text
    broken = "\n" in text and text.strip()
    return item.finding.start + (len(text) - len(text.lstrip()) if broken else 0)
