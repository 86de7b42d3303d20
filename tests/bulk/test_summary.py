from __future__ import annotations

import json
from collections import Counter

from scrubber.bulk import summary
from scrubber.bulk.statistics import OTHERS, Statistics
from scrubber.bulk.summary import SHOWN, Sum, data, sentences, table


def test_of_nothing_there_is_little_to_say() -> None:
    assert table(Statistics()) == []
    assert sentences(Sum(0), "out") == ["0 places repaired in 0 of 0 files."]


def test_records_are_told_where_they_are_not_the_places() -> None:
    counts = Statistics(
        rules=Counter({"b/b": 2, "a/a": 2, "c/c": 3}),
        rule_records=Counter({"b/b": 1, "a/a": 2, "c/c": 3}),
        hosts=Counter({"h.org": 7, OTHERS: 4}),
        host_records=Counter({"h.org": 6, OTHERS: 1}),
    )
    assert table(counts) == [
        "        3  c/c",
        "        2  a/a",
        "        2  b/b (1 record)",
        "        7  h.org (6 records)",
        "        4  on other hosts",
    ]


def test_many_hosts_are_a_bounded_table_and_a_bounded_sum() -> None:
    counts = Statistics(hosts=Counter({f"h{n}": 1 for n in range(SHOWN + 5)}))
    assert len(table(counts)) == SHOWN + 1
    assert table(counts)[-1] == "        5  on other hosts"
    whole = Sum(2)
    many = {f"h{n}": 1 for n in range(summary.HELD + 1)}
    whole.add(Statistics(hosts=Counter(many), host_records=Counter(many)))
    assert whole.counts.hosts.total() == summary.HELD + 1
    assert len(whole.counts.hosts) == summary.HELD // 2 + 1


def test_what_was_done_before_and_what_is_left_are_told() -> None:
    whole = Sum(4)
    whole.add(Statistics(records=5, changed=1, places=2), before=True)
    whole.add(Statistics(records=5, rejected=2, oversized=1))
    assert sentences(whole, "out") == [
        "2 records passed through unread, 1 of them too large; see out/_scrubber/rejects.",
        "2 of 4 files not done; the same command does what is left.",
        "1 of 4 files had been done before.",
        "2 places repaired in 1 of 2 files (1 of 10 records); see out.",
    ]
    plain = json.loads(data(whole, [{"version": "1"}]))
    assert plain["shards"] == {"all": 4, "done": 2, "changed": 1}
    assert (plain["records"], plain["settings"]) == (10, [{"version": "1"}])
