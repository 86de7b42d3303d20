from __future__ import annotations

from collections import Counter

from scrubber.bulk.model import Block, Change, Record, Reject
from scrubber.bulk.statistics import OTHERS, Statistics
from scrubber.model import Edit


def _edit(*rules: str) -> Edit:
    return Edit(0, 1, "a", "b", rules)


def test_clean_records_are_counted_and_no_more() -> None:
    counts = Statistics()
    counts.count(Block([Record(0, "x", ("t",), "h")], size=9), {})
    assert counts == Statistics(records=1, size=9)


def test_places_and_records_by_rule_and_by_host() -> None:
    records = [Record(row, row, ("t", "u"), "https://H.org/x") for row in range(3)]
    block = Block(records, [Reject("p", 4, "broken", b"")], oversized=1, size=10)
    changes = {
        0: [Change(0, (_edit("a/a"), _edit("a/a", "b/b")), ""), Change(1, (_edit("a/a"),), "")],
        2: [Change(1, (_edit("b/b"),), "")],
    }
    counts = Statistics()
    counts.count(block, changes)
    assert (counts.records, counts.changed, counts.places) == (3, 2, 4)
    assert counts.rules == {"a/a": 3, "b/b": 2}
    assert counts.rule_records == {"a/a": 1, "b/b": 2}
    assert counts.hosts == {"h.org": 4}
    assert counts.host_records == {"h.org": 2}
    assert (counts.rejected, counts.oversized, counts.reasons) == (1, 1, {"broken": 1})
    twice = Statistics.of(counts.plain())
    assert twice == counts
    twice.add(counts)
    assert (twice.places, twice.hosts["h.org"], twice.size) == (8, 8, 20)


def test_hosts_are_bounded_and_none_is_lost_from_the_sum() -> None:
    hosts = Counter({f"h{number}": number for number in range(1, 9)})
    short = Statistics(hosts=hosts, host_records=hosts.copy()).bounded(3)
    assert short.hosts == {"h8": 8, "h7": 7, "h6": 6, OTHERS: 15}
    assert short.host_records.total() == hosts.total()
    assert short.bounded(4) is short
