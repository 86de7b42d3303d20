"""What a run did, all in all: by rule and by host, for people and for programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scrubber.bulk.layout import FOLDER
from scrubber.bulk.statistics import OTHERS, Statistics, ranked
from scrubber.report.text import counted, printable

SHOWN = 20
"""Hosts in a table."""

HELD = 100_000
"""Hosts that are counted at a time, about 20 MB; what has the fewest places goes to the others."""


@dataclass
class Sum:
    """What was done to `all` shards: to so many of them before, now, and with a change."""

    all: int
    before: int = 0
    now: int = 0
    changed: int = 0
    counts: Statistics = field(default_factory=Statistics)

    @property
    def done(self) -> int:
        """How many shards are done."""
        return self.before + self.now

    def add(self, counts: Statistics, *, before: bool = False) -> None:
        """Add a shard that is done."""
        self.before += before
        self.now += not before
        self.changed += counts.changed > 0
        self.counts.add(counts)
        if len(self.counts.hosts) > HELD:
            self.counts = self.counts.bounded(HELD // 2)


def table(counts: Statistics) -> list[str]:
    """Return lines that say how many places each rule and each host had, most first."""
    lines = [
        f"{places:9,}  {rule}{_in(counts.rule_records[rule], places)}"
        for rule, places in ranked(counts.rules)
    ]
    hosts = [pair for pair in ranked(counts.hosts) if pair[0] != OTHERS]
    lines += [
        f"{places:9,}  {printable(host)}{_in(counts.host_records[host], places)}"
        for host, places in hosts[:SHOWN]
    ]
    rest = sum(counts.hosts.values()) - sum(places for _, places in hosts[:SHOWN])
    if rest:
        lines.append(f"{rest:9,}  on other hosts")
    return lines


def _in(records: int, places: int) -> str:
    """In how many records some places are, where it is not one in each."""
    return f" ({counted(records, 'record')})" if records != places else ""


def sentences(whole: Sum, out: str | None) -> list[str]:
    """Return what there is to say of a run, the sum last; `out` is None where nothing was written.

    >>> sentences(Sum(2, now=1, changed=1, counts=Statistics(records=1, changed=1, places=3)), None)
    ['1 of 2 files not done.', '3 places would be repaired in 1 of 1 file.']
    """
    counts, lines = whole.counts, []
    if counts.rejected:
        kept = f"; see {out}/{FOLDER}/rejects" if out else ""
        large = f", {counts.oversized:,} of them too large" if counts.oversized else ""
        lines.append(f"{counted(counts.rejected, 'record')} passed through unread{large}{kept}.")
    if whole.done < whole.all:
        left = whole.all - whole.done
        again = "; the same command does what is left" if out else ""
        lines.append(f"{left:,} of {counted(whole.all, 'file')} not done{again}.")
    if whole.before:
        lines.append(f"{whole.before:,} of {counted(whole.all, 'file')} had been done before.")
    where = f"{whole.changed:,} of {counted(whole.done, 'file')}"
    if counts.records != whole.done:
        where += f" ({counts.changed:,} of {counted(counts.records, 'record')})"
    if out is None:
        return [*lines, f"{counted(counts.places, 'place')} would be repaired in {where}."]
    see = f"; see {out}" if whole.done else ""
    return [*lines, f"{counted(counts.places, 'place')} repaired in {where}{see}."]


def data(
    whole: Sum, settings: Iterable[Mapping[str, str]], missing: Mapping[str, str] | None = None
) -> bytes:
    """Return it all as JSON: counts by rule and by host, most first.

    `missing` are shards that are not done, and why, where that was asked for.
    """
    plain = whole.counts.plain()
    for name, records in (("rules", "rule_records"), ("hosts", "host_records")):
        own = plain.pop(records)
        plain[name] = {
            key: {"places": places, "records": own.get(key, 0)}
            for key, places in ranked(getattr(whole.counts, name))
        }
    shards: dict[str, object] = {
        "all": whole.all,
        "done": whole.done,
        "changed": whole.changed,
    }
    if missing is not None:
        shards["missing"] = dict(missing)
    value = {"shards": shards, **plain, "settings": list(map(dict, settings))}
    return json.dumps(value, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
