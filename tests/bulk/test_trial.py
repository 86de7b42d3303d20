from __future__ import annotations

from pathlib import Path

from disturbed import make

from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.model import Reading, Record
from scrubber.bulk.plan import Planned
from scrubber.bulk.trial import Draw, Trial, lines
from scrubber.bulk.ways import Way
from scrubber.model import Edit
from scrubber.rules import Rule


def _edit(at: int, *rules: str) -> Edit:
    return Edit(at, at + 1, "x", "", rules)


def _offered(draw: Draw, numbers: range) -> Draw:
    for number in numbers:
        draw.offer(
            "s", Record(number, number, ("axb\n" * 3,)), 0, _edit(1 + 4 * (number % 3), "a/b")
        )
    return draw


def test_nothing_offered_is_nothing_drawn() -> None:
    assert list(lines(Draw(3, 0), {})) == []


def test_a_draw_does_not_depend_on_who_drew_what() -> None:
    one = _offered(Draw(4, 7), range(100))
    two = _offered(Draw(4, 7), range(60, 100))
    two.add(_offered(Draw(4, 7), range(60)))
    shown = list(lines(one, {"a/b": 100}))
    assert shown == list(lines(two, {"a/b": 100}))
    assert shown[0] == ("a/b: 4 of 100", "rule")
    assert len(shown) == 1 + 4 * 3
    assert shown != list(lines(_offered(Draw(4, 8), range(100)), {"a/b": 100}))
    larger = list(lines(_offered(Draw(6, 7), range(100)), {"a/b": 100}))
    assert larger[1 : len(shown)] == shown[1:], "a larger draw holds the smaller"


def test_all_rules_behind_a_change_show_it() -> None:
    draw = Draw(2, 0)
    draw.offer("s", Record(0, "id", ("one axb two\n",)), 0, _edit(5, "a/b", "c/d"))
    assert [line for line, role in lines(draw, {"a/b": 1, "c/d": 3}) if role == "rule"] == [
        "c/d: 1 of 3",
        "a/b: 1 of 1",
    ]
    assert ("- one axb two", "-") in list(lines(draw, {}))
    assert ("+ one ab two", "+") in list(lines(draw, {}))


def test_a_shard_is_tried_and_nothing_written(tmp_path: Path, rules: tuple[Rule, ...]) -> None:
    make(tmp_path / "data", 1, 20)
    source = tmp_path / "data" / "part-000.jsonl.gz"
    chosen = [rule for rule in rules if rule.id == "links/glued-capital"]
    tried = Trial((Way(Cleaner(chosen), Reading(), ""),), 3, 0)(
        Planned(source, "p", 1), lambda at: None
    )
    assert tried.statistics.records == 20
    assert tried.statistics.changed == tried.statistics.rules["links/glued-capital"] > 0
    assert list((tmp_path / "data").iterdir()) == [source]
