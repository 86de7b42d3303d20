"""Answers from a file: they do what a person would have done, and name what fits nothing."""

from __future__ import annotations

import json
from pathlib import Path

from bench import Bench, at

from scrubber.decisions.lines import Entry, parsed
from scrubber.review import answers
from scrubber.review.items import REJECTED


def _entries(*lines: dict[str, object]) -> list[Entry]:
    content = parsed("\n".join(json.dumps(line) for line in lines).encode())
    assert content.problems == []
    return list(content.entries)


def _replayed(bench: Bench, *lines: dict[str, object]) -> list[int]:
    return [entry.line for entry in answers.replay(bench.desk(), _entries(*lines))]


DASH: dict[str, object] = {"rule": "a/dash", "exact": "x-y"}


def test_a_text_alone_holds_for_every_such_place(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y and x-y", "b.txt": "no x-y"})
    assert _replayed(bench, {"verdict": "accept", **DASH}) == []
    assert (bench.text(), bench.text("b.txt")) == ("xy and xy", "no xy")
    kept = [json.loads(line) for line in bench.kept.splitlines()]
    assert {line["document"] for line in kept} == {"a.txt", "b.txt"}
    assert {line["chosen"] for line in kept} == {"xy"}
    assert {line["who"] for line in kept} == {"Ines"}


def test_what_fits_nothing_is_returned_and_changes_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y q"})
    unfit = _replayed(
        bench,
        {"verdict": "accept", "rule": "a/dash", "exact": "gone"},
        {"verdict": "accept", "scope": "rule", "rule": "no/rule"},
        {"verdict": "accept", "rule": "b/odd", "exact": "q"},  # nothing is offered there
        {"verdict": "accept", "scope": "rule", "rule": "b/odd"},
        {"verdict": "accept", "scope": "change", **DASH, "chosen": "not on offer"},
        {"verdict": "reject", **DASH, "document": "b.txt", "prefix": "", "suffix": " q"},
        {"sample": "s", "rule": "a/dash", "size": 1, "population": 1, "seed": 0, "data": []},
    )
    assert unfit == [1, 2, 3, 4, 5, 6]
    assert bench.text() == "x-y q"
    assert bench.kept == b""


def test_an_edited_place_is_meant_where_no_other_can_be(tmp_path: Path) -> None:
    said: dict[str, object] = {
        "verdict": "accept",
        **DASH,
        "chosen": "xy",
        "document": "a.txt",
        "prefix": "ng, long before the war that the ",
        "suffix": " stood on the quay",
    }
    line = "It was long, long before the war that the x-y was here.\n"
    bench = Bench(tmp_path / "one").put({"a.txt": line})
    assert _replayed(bench, said) == []
    assert bench.text() == line.replace("x-y", "xy")
    assert json.loads(bench.kept)["suffix"] == " stood on the quay"  # as it was said
    twice = Bench(tmp_path / "two").put({"a.txt": line + line.replace("here", "there")})
    assert _replayed(twice, said) == [1]


def test_what_stands_only_in_the_repaired_text_is_answered_there(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "km , and it was so"})
    first: dict[str, object] = {
        "verdict": "accept",
        "scope": "change",
        "rule": "a/mark",
        "exact": " ,",
        "chosen": ",",
    }
    then: dict[str, object] = {
        "verdict": "accept",
        "rule": "b/seam",
        "exact": "",
        "prefix": "k",
        "suffix": "m, and it was so",
        "document": "a.txt",
        "chosen": "-",
    }
    assert _replayed(bench, then, first) == []
    assert bench.text() == "k-m, and it was so"


def test_answers_that_undo_each_other_come_to_an_end(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y"})
    unfit = _replayed(
        bench,
        {"verdict": "replace", "scope": "change", **DASH, "chosen": "q"},
        {"verdict": "replace", "scope": "change", "rule": "b/odd", "exact": "q", "chosen": "x-y"},
    )
    assert unfit == [] or unfit == [2]
    assert bench.text() in ("x-y", "q")


def test_a_file_that_cannot_be_written_keeps_the_decisions(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y"})
    desk = bench.desk()
    bench.put({"a.txt": "x-y changed"})
    assert answers.replay(desk, _entries({"verdict": "accept", **DASH})) == []
    assert list(desk.failed) == [0]
    assert bench.text() == "x-y changed"
    assert bench.kept.count(b"\n") == 1


def test_withdrawals_and_overlaps_replay_as_they_were(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y , q"})
    desk = bench.desk()
    desk.session.accept(at(desk, "a/dash"))
    desk.session.accept(at(desk, "b/wide"), 1)
    desk.session.reject(at(desk, "b/odd"))
    desk.session.leave(at(desk, "b/odd"))
    other = Bench(tmp_path / "copy").put({"a.txt": "x-y , q"})
    again = other.desk("nobody")
    assert answers.replay(again, bench.ledger.read().entries) == []
    assert other.kept == bench.kept
    assert other.text() == " q"
    assert at(again, "b/odd").open
    assert REJECTED not in {item.state for item in other.desk().session.items}
