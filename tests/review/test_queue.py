"""The queue: where one is, where one goes, and that nothing asked is lost on the way."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bench import Bench, at

from scrubber.review.desk import Desk
from scrubber.review.queue import RefusedError


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    texts = {"a.txt": "x-y q km Straße", "b.txt": "q x-y ,", "c.txt": "clean", "d.txt": ""}
    return Bench(tmp_path).put(texts).desk()


def _place(desk: Desk) -> str:
    item = desk.session.at
    assert item
    return f"{desk.session.position(item) + 1}{item.finding.rule[2:]}"


def test_it_begins_at_the_first_and_steps_both_ways(desk: Desk) -> None:
    session = desk.session
    assert _place(desk) == "1dash"
    assert not session.step(-1)
    assert session.step(1)
    assert session.step(1)
    assert _place(desk) == "3seam"
    assert session.step(-1)
    assert _place(desk) == "2odd"
    while session.step(1):
        pass
    assert session.position(session.order[-1]) + 1 == len(session.order)


def test_steps_to_the_undecided_pass_over_the_rest(desk: Desk) -> None:
    session = desk.session
    session.reject(session.order[1])
    session.reject(session.order[3])
    session.go(1)
    assert session.step(1, open_only=True)
    assert _place(desk) == "3seam"
    assert session.step(-1, open_only=True)
    assert _place(desk) == "1dash"


def test_going_to_a_number(desk: Desk) -> None:
    desk.session.go(3)
    assert _place(desk) == "3seam"
    for number in (0, -1, 99):
        with pytest.raises(RefusedError, match="there are "):
            desk.session.go(number)
    assert _place(desk) == "3seam"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("SEAM", "3seam"), ("b.txt", "4odd"), ("strasse", "2odd"), ("q", "2odd"), ("KM", "2odd")],
)
def test_searching_in_rules_files_and_texts(desk: Desk, wanted: str, found: str) -> None:
    assert desk.session.search(wanted)
    assert _place(desk) == found


def test_what_is_not_found_moves_nothing_and_the_search_goes_round(desk: Desk) -> None:
    assert not desk.session.search("nowhere")
    assert _place(desk) == "1dash"
    desk.session.go(4)
    assert desk.session.search("seam")
    assert _place(desk) == "3seam"


def test_another_order_keeps_the_question(desk: Desk) -> None:
    desk.session.go(3)
    item = desk.session.at
    for by in ("rule", "change", "doubt", "file"):
        desk.session.sort(by)
        assert desk.session.at is item
        assert sorted(map(id, desk.session.order)) == sorted(map(id, desk.session.items))


def test_answers_in_every_order_go_on_to_what_is_open(desk: Desk) -> None:
    chance = random.Random(3)
    session = desk.session
    while (item := session.at) and item.open:
        session.sort(chance.choice(["file", "rule", "change", "doubt"]))
        session.reject(item)
    assert session.counts() == {"rejected": len(session.items)}


def test_nothing_to_ask(tmp_path: Path) -> None:
    session = Bench(tmp_path).put({"a.txt": "clean", "b.txt": ""}).desk().session
    assert session.at is None
    assert not session.step(1)
    assert not session.next_open()
    assert not session.search("a")
    with pytest.raises(RefusedError, match="there are 0 findings"):
        session.go(1)


def test_what_was_written_is_stepped_over(tmp_path: Path) -> None:
    desk = Bench(tmp_path).put({"a.txt": "km q", "b.txt": "q"}).desk()
    session = desk.session
    session.accept(at(desk, "b/seam"))
    desk.write(0)
    assert [item.written for item in session.order] == [True, False, False]
    assert session.at is session.order[1]
    assert not session.step(-1)
    session.go(1)
    with pytest.raises(RefusedError, match="written already"):
        session.reject(session.order[0])
    assert not session.search("seam")
