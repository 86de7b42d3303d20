from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest

from scrubber.documents.jsonl import Slot
from scrubber.documents.source import Source, from_bytes
from scrubber.model import Action, Document, Finding
from scrubber.report import samples
from scrubber.report.tally import TOP, Tally


def _plain(path: str, text: str) -> Source:
    return Source(path, text, [Document(text, None, path)])


def _at(text: str, start: int, rule: str = "x/y", action: Action = Action.FIX) -> Finding:
    return Finding(rule, start, start + 3, text[start : start + 3], ("new",), action, "why")


def _filled(files: int, each: int, *, order: int = 1, rules: int = 1, seed: int = 0) -> Tally:
    tally = Tally(seed)
    for number in range(files)[::order]:
        text = f"{number:05} " + "bad " * each
        found = [_at(text, 6 + 4 * i, f"x/r{i % rules}") for i in range(each)]
        tally.begin(_plain(f"top/s{number % 7}/f{number}.txt", text))
        tally.add(0, found)
    tally.end()
    return tally


def test_counts_by_rule_file_and_site() -> None:
    tally = _filled(70, 3, rules=2)
    tally.begin(_plain("top/clean.txt", "fine"))
    tally.add(0, [])
    tally.end()
    assert (tally.files, tally.touched_files, tally.all.total) == (71, 70, 210)
    assert (tally.all.texts, tally.all.touched) == (71, 70)
    assert tally.all.rules == Counter({"x/r0": 140, "x/r1": 70})
    assert tally.rules["x/r1"].texts == 70
    assert len(tally.top_files) == TOP
    assert {place.count.total for place in tally.top_files} == {3}
    assert [(site.name, site.count.total) for site in tally.sites[:2]] == [
        ("top/s0", 30),
        ("top/s1", 30),
    ]
    assert [site.name for site in tally.sites if not site.count.total] == ["top"]
    assert tally.loads == {2: 70, 0: 1}


def test_the_files_with_most_findings_are_kept() -> None:
    tally = Tally()
    for number in range(100):
        text = "bad " * number
        tally.begin(_plain(f"f{number:03}.txt", text))
        tally.add(0, [_at(text, 4 * i) for i in range(number)])
    tally.end()
    tops = [(place.name, place.count.total) for place in tally.top_files]
    assert tops == [(f"f{99 - i:03}.txt", 99 - i) for i in range(TOP)]


def test_records_are_counted_by_the_host_of_their_address() -> None:
    data = (
        '{"id": "https://www.tide.example/a", "text": "bad"}\n'
        '{"id": "http://tide.example:81/b", "text": "bad"}\n\n'
        '{"id": 7, "text": "bad"}\n{"id": "https://calm.example/", "text": "fine"}\n'
    )
    tally = Tally()
    source = from_bytes("d.jsonl", data.encode())
    tally.begin(source)
    for number in range(3):
        tally.add(number, [_at("bad", 0)])
    tally.add(3, [])
    tally.end()
    assert [(site.name, site.count.total) for site in tally.sites] == [
        ("tide.example", 2),
        ("d.jsonl", 1),
        ("calm.example", 0),
    ]
    assert (tally.of_records.texts, tally.of_records.touched, tally.touched_files) == (4, 3, 1)
    rows = {(it.record, it.row) for it in tally.rules["x/y"].samples.drawn}
    assert rows == {("https://www.tide.example/a", 1), ("http://tide.example:81/b", 2), ("7", 4)}


def test_adding_before_a_source_was_begun() -> None:
    with pytest.raises(ValueError, match="begin"):
        Tally().add(0, [])


def test_samples_are_the_same_whatever_the_order_and_the_other_rules() -> None:
    drawn = _filled(300, 4).rules["x/r0"].samples.drawn
    assert len(drawn) == samples.SIZE
    assert drawn == _filled(300, 4, order=-1).rules["x/r0"].samples.drawn
    assert drawn != _filled(300, 4, seed=1).rules["x/r0"].samples.drawn


def test_samples_are_spread_over_texts_and_filled_up_from_any() -> None:
    assert len({it.path for it in _filled(300, 50).rules["x/r0"].samples.drawn}) == samples.SIZE
    few = _filled(2, 50).rules["x/r0"].samples.drawn
    assert len(few) == samples.SIZE
    assert {it.path for it in few} == {"top/s0/f0.txt", "top/s1/f1.txt"}
    assert len({(it.path, it.column) for it in few}) == samples.SIZE
    assert len(_filled(1, 3).rules["x/r0"].samples.drawn) == 3


def test_each_place_is_as_likely_as_any_other() -> None:
    """Of 40 texts 5 are drawn by each of 400 seeds: each about 50 times."""
    times = Counter(
        it.path
        for seed in range(400)
        for it in _filled(40, 1, seed=seed).rules["x/r0"].samples.drawn
    )
    assert len(times) == 40
    assert 25 < min(times.values()) <= max(times.values()) < 80


def test_memory_does_not_grow_with_the_findings() -> None:
    def held(files: int) -> int:
        tracemalloc.start()
        tally = _filled(files, 40, rules=3)
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert tally.all.total == 40 * files
        return size

    held(10)
    assert held(1000) < held(100) + 20_000


def test_the_row_of_a_record_counted_back_and_forth() -> None:
    text = '"a"\n"b"\n"c"'
    slots = [Slot(0, 3), Slot(4, 7), Slot(8, 11)]
    source = Source("d.jsonl", text, [Document("bad", str(i), "d.jsonl") for i in range(3)], slots)
    tally = Tally()
    tally.begin(source)
    for number in (2, 0, 1):
        tally.add(number, [_at("bad", 0)])
    rows = {(it.record, it.row) for it in tally.rules["x/y"].samples.drawn}
    assert rows == {("0", 1), ("1", 2), ("2", 3)}
