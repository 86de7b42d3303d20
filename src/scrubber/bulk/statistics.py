"""What was done to records, counted: by rule, by host, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from scrubber.bulk.model import Block, Changes

HOSTS = 1000
"""Hosts that are kept of a shard, those with the most changes; the others count as one."""

OTHERS = "(others)"


@dataclass
class Statistics:
    """Counts that can be added up. Places are edits; what is counted by rule can be more.

    `rule_records` and `host_records` count the records that were changed.
    """

    records: int = 0
    changed: int = 0
    places: int = 0
    rejected: int = 0
    oversized: int = 0
    faults: int = 0
    size: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    rule_records: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)
    host_records: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, block: Block, changes: Changes) -> None:
        """Count a block and what was changed in it."""
        self.records += len(block.records)
        self.rejected += len(block.rejects)
        self.oversized += block.oversized
        self.size += block.size
        self.reasons.update(reject.reason for reject in block.rejects)
        if not changes:
            return
        for record in block.records:
            if record.row not in changes:
                continue
            edits = [edit for change in changes[record.row] for edit in change.edits]
            rules = Counter(rule for edit in edits for rule in edit.rules)
            self.changed += 1
            self.places += len(edits)
            self.rules.update(rules)
            self.rule_records.update(rules.keys())
            host = record.host
            if host is not None:
                self.hosts[host] += len(edits)
                self.host_records[host] += 1

    def add(self, other: Self) -> None:
        """Add the counts of another."""
        for name in _NAMES:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, name, mine + theirs)

    def bounded(self, hosts: int = HOSTS) -> Self:
        """Return the same with the hosts that matter most, so that it is of bounded size."""
        if len(self.hosts) <= hosts:
            return self
        kept = {host for host, _ in ranked(self.hosts)[:hosts]}
        values = {name: getattr(self, name) for name in _NAMES}
        for name in ("hosts", "host_records"):
            counts: Counter[str] = Counter()
            for host, count in values[name].items():
                counts[host if host in kept else OTHERS] += count
            values[name] = counts
        return type(self)(**values)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it, counts in the order of their keys."""
        values = {name: getattr(self, name) for name in _NAMES}
        return {
            name: dict(sorted(value.items())) if isinstance(value, Counter) else value
            for name, value in values.items()
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """Return it from what `plain` has made of it."""
        values: dict[str, Any] = {
            name: Counter(plain[name]) if isinstance(plain[name], dict) else plain[name]
            for name in _NAMES
        }
        return cls(**values)


_NAMES = tuple(field.name for field in fields(Statistics))


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return counts with the greatest first, equal ones by name.

    >>> ranked({"b": 1, "a": 1, "c": 2})
    [('c', 2), ('a', 1), ('b', 1)]
    """
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
