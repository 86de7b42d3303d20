"""A baseline: findings that were accepted as they are, so that only new ones count. Pure.

Each is known as a decision knows its place: by document, rule, what was found and what stands
around it; what is alike in all of that is counted. So it outlives edits elsewhere.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.model import Document, Finding

Judge = Callable[[Document, Finding], Finding | None]
Identity = Callable[[Document], Any]


class Baseline:
    """Findings that were accepted, each with how often it may stand there.

    `gone` are documents that are no more where they were: what was accepted of them is, wherever it
    stands now. `used` counts what was found again.
    """

    def __init__(self, accepted: Mapping[Key, int], gone: Collection[Any] = ()) -> None:
        self.accepted = accepted
        self.used: Counter[Key] = Counter()
        self._book = Book((Decision(key, Verdict.REJECT) for key in accepted), gone=gone)

    def judge(self, identity: Identity, inner: Judge | None) -> Judge:
        """Return what drops the findings that were accepted, after `inner` has judged.

        Each look at a text counts anew. Asked again about a finding of the same look it says the
        same: a text is looked at once more where a rule fails.
        """
        looked: Document | None = None
        counts: Counter[Key] = Counter()
        known: dict[Finding, bool] = {}

        def judge(document: Document, finding: Finding) -> Finding | None:
            nonlocal looked
            kept = inner(document, finding) if inner else finding
            if kept is None:
                return None
            if document is not looked:
                looked = document
                counts.clear()
                known.clear()
            if finding not in known:
                known[finding] = self._holds(document, finding, identity(document), counts)
            return None if known[finding] else kept

        return judge

    def _holds(
        self, document: Document, finding: Finding, identity: Any, counts: Counter[Key]
    ) -> bool:
        held = self._book.ruling(document, finding, identity)
        if held is None or counts[held.key] == self.accepted[held.key]:
            return False
        counts[held.key] += 1
        self.used[held.key] = max(self.used[held.key], counts[held.key])
        return True

    def left(self, documents: Collection[Any], rules: Collection[str]) -> int:
        """Return how many of the findings fit nothing any more.

        Only of `documents` that were looked at, and of `rules` that looked, can that be said.
        """
        return sum(
            count - self.used[key]
            for key, count in self.accepted.items()
            if key.document in documents and key.rule in rules
        )

    def renewed(
        self,
        found: Mapping[Key, int],
        documents: Collection[Any],
        rules: Collection[str],
        gone: Collection[Any],
    ) -> dict[Key, int]:
        """Return what is accepted once `found` is: all of it, and what was not looked for."""
        kept = {
            key: count
            for key, count in self.accepted.items()
            if key.document not in gone and not (key.document in documents and key.rule in rules)
        }
        return {**kept, **found}


class Found:
    """Findings as they are found, to be accepted."""

    def __init__(self) -> None:
        self.counts: Counter[Key] = Counter()

    def judge(self, identity: Identity, inner: Judge | None) -> Judge:
        """Return what notes each finding that `inner` leaves, and drops it.

        So nothing is repaired, and there is one look: another notes nothing more.
        """
        known: set[Finding] = set()
        looked: Document | None = None

        def judge(document: Document, finding: Finding) -> Finding | None:
            nonlocal looked
            looked = looked or document
            kept = inner(document, finding) if inner else finding
            if kept is not None and document is looked and finding not in known:
                known.add(finding)
                self.counts[key_of(Scope.HERE, document, finding, identity(document))] += 1
            return None

        return judge


class Content(NamedTuple):
    """What a baseline's file holds. `problems` names each damaged line with its number."""

    accepted: dict[Key, int]
    problems: list[str]


def written(accepted: Mapping[Key, int]) -> str:
    """Return a baseline as it is stored: JSON, one finding a line, in an order of its own.

    So what two people add at once merges line by line.
    """
    lines = sorted(
        (json.dumps(key.document), key.rule, key.exact, key.prefix, key.suffix, count)
        for key, count in accepted.items()
    )
    return "".join(f"{_line(*line)}\n" for line in lines)


def _line(document: str, rule: str, exact: str, prefix: str, suffix: str, count: int) -> str:
    record = {"document": json.loads(document), "rule": rule}
    record |= {"prefix": prefix, "exact": exact, "suffix": suffix}
    if count > 1:
        record["count"] = count
    text = json.dumps(record, ensure_ascii=False)
    # What some readers take for the end of a line, or cannot write, is escaped.
    return text if text.isprintable() else json.dumps(record)


def parsed(data: bytes) -> Content:
    r"""Return what the bytes of a baseline hold. Of equal lines the higher count holds.

    >>> parsed(b'<<<<<<< ours\n').problems
    ['line 1: not a finding: not JSON; mend or delete it']
    """
    accepted: dict[Key, int] = {}
    problems: list[str] = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            key, count = _entry(raw)
        except ValueError as error:
            problems.append(f"line {number}: not a finding: {error}; mend or delete it")
            continue
        accepted[key] = max(count, accepted.get(key, 0))
    return Content(accepted, problems)


_TEXTS = ("rule", "exact", "prefix", "suffix")


def _entry(raw: bytes) -> tuple[Key, int]:
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    for name in _TEXTS:
        if not isinstance(record.get(name), str):
            raise ValueError(f'no text in "{name}"')
    document, count = record.get("document"), record.get("count", 1)
    if isinstance(document, dict | list):
        raise ValueError('"document" is neither a path nor an id')
    if type(count) is not int or count < 1:
        raise ValueError('"count" is no whole number above 0')
    rule, exact, prefix, suffix = (record[name] for name in _TEXTS)
    return Key(Scope.HERE, rule, exact, prefix, suffix, document), count
