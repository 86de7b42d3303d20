"""What keys mean, without a terminal: what is shown is what y takes, and nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench import Bench, at, ticking

from scrubber.review.desk import Desk
from scrubber.review.items import ACCEPTED, OPEN, REJECTED
from scrubber.review.terminal import view
from scrubber.review.terminal.keys import KEYS
from scrubber.review.terminal.screen import ASK, CONFIRM, GO, OWN, PAGE, SEARCH, Screen


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path).put({"a.txt": "x-y , q km and x-y q", "b.txt": "x-y , km"})


@pytest.fixture
def desk(bench: Bench) -> Desk:
    return bench.desk()


@pytest.fixture
def screen(desk: Desk) -> Screen:
    return Screen(desk)


def _go(screen: Screen, rule: str, number: int = 0) -> None:
    session = screen.desk.session
    session.go(session.position(at(screen.desk, rule, number)) + 1)


def _drawn(screen: Screen) -> str:
    shown = view.rows(screen, 80, 24, colour=False)
    return "\n".join("".join(text for _, text in row) for row in shown)


def test_tab_and_numbers_choose_and_y_takes_what_is_shown(screen: Screen, desk: Desk) -> None:
    _go(screen, "a/dash")
    screen.key("tab")
    screen.key("tab")
    assert screen.shown() == "x–y"
    screen.key("y")
    assert at(desk, "a/dash").chosen == "x–y"
    _go(screen, "a/dash")
    assert screen.shown() == "x–y"
    screen.key("y")  # what stands there is what y takes
    assert at(desk, "a/dash").chosen == "x–y"
    _go(screen, "a/dash")
    screen.key("2")
    _go(screen, "a/dash")
    assert screen.shown() == "x y"
    screen.key("tab")
    assert screen.shown() == "x–y"
    screen.key("y")
    assert at(desk, "a/dash").chosen == "x–y"
    _go(screen, "a/dash", 1)
    for key in "4", "9":
        screen.key(key)
        assert screen.said == "there are 3 proposals"
    assert at(desk, "a/dash", 1).state == OPEN


def test_a_text_of_ones_own_stays_when_y_or_enter_is_pressed(screen: Screen, desk: Desk) -> None:
    for key in ("y", "enter"):
        _go(screen, "a/dash")
        screen.key("e")
        assert screen.mode == OWN
        screen.typed("mine")
        _go(screen, "a/dash")
        assert screen.shown() == "mine"
        assert "▸  your own: “mine”" in _drawn(screen)
        screen.key(key)
        assert at(desk, "a/dash").chosen == "mine"
    _go(screen, "a/dash")
    screen.key("tab")
    assert screen.shown() == "xy"
    screen.key("y")
    assert at(desk, "a/dash").chosen == "xy"


def test_enter_takes_the_default_that_is_shown_and_changes_no_answer(
    screen: Screen, desk: Desk
) -> None:
    _go(screen, "a/dash")
    assert "Enter: skip" in _drawn(screen)
    screen.key("enter")
    assert at(desk, "a/dash").state == "left"
    _go(screen, "a/mark")
    assert "Enter: accept" in _drawn(screen)
    screen.key("enter")
    assert at(desk, "a/mark").state == ACCEPTED
    _go(screen, "a/mark", 1)
    screen.key("n")
    _go(screen, "a/mark", 1)
    assert "Enter: go on" in _drawn(screen)
    screen.key("enter")
    assert at(desk, "a/mark", 1).state == REJECTED
    assert screen.item is not at(desk, "a/mark", 1)


def test_a_typed_text_given_up_changes_nothing(screen: Screen, desk: Desk) -> None:
    for key, mode in (("e", OWN), ("g", GO), ("/", SEARCH)):
        item = screen.item
        screen.key(key)
        assert screen.mode == mode
        screen.typed(None)
        assert (screen.mode, screen.item) == (ASK, item)
    assert desk.session.counts() == {OPEN: len(desk.session.items)}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("99", "there are 13 findings"),
        ("x", "not a number"),
        ("-1", "not a number"),
        ("9" * 5_000, "not a number"),
        ("", ""),
        (" 3 ", ""),
        ("٣", ""),
        ("0", "there are"),
    ],
)
def test_going_to_a_number(screen: Screen, typed: str, said: str) -> None:
    screen.key("g")
    screen.typed(typed)
    assert screen.said.startswith(said)
    if typed.strip() in ("3", "٣"):
        assert screen.desk.session.order[2] is screen.item


def test_searching_says_what_it_does_not_find(screen: Screen) -> None:
    screen.key("/")
    screen.typed("seam")
    assert screen.item
    assert screen.item.finding.rule == "b/seam"
    screen.key("/")
    screen.typed("nowhere")
    assert screen.said == "not found"
    screen.key("/")
    screen.typed("")
    assert screen.said == ""


def test_moving_ends_in_words(screen: Screen) -> None:
    screen.key("K")
    assert screen.said == "no earlier one"
    screen.key("k")
    assert screen.said == "no earlier undecided one"
    screen.desk.session.go(13)
    screen.key("J")
    assert screen.said == "no further one"
    screen.key("j")
    assert screen.said == "no further undecided one"


def test_orders_while_deciding_lose_nothing(screen: Screen, desk: Desk) -> None:
    for _ in range(3):
        item = screen.item
        screen.key("o")
        assert screen.item is item
        screen.key("n")
    assert screen.mode == ASK
    assert desk.session.counts()[REJECTED] == 3


def test_every_key_of_the_help_means_something(screen: Screen) -> None:
    for key in KEYS:
        for name in key.key.split():
            if name in ("q", "Q"):
                continue
            screen.mode, screen.finished = ASK, False
            name = {"Tab": "tab", "Enter": "enter", "1-9": "1"}.get(name, name)
            screen.key(name)
            assert screen.said != "? shows the keys", name
            screen.typed(None)
    screen.mode = ASK
    screen.key("f7")
    assert screen.said == "? shows the keys"


def test_a_page_scrolls_within_its_text_and_goes_back(screen: Screen) -> None:
    screen.key("?")
    assert screen.mode == PAGE
    for key in ("k", "pageup", "j", " ", " ", " ", "pagedown", "down", "up"):
        screen.key(key)
        assert screen.mode == PAGE
        assert "help" not in _drawn(screen).split("\n")[0]
    assert screen.page
    assert 0 < screen.page.top < screen.page.text.count("\n")
    screen.key("x")
    assert screen.mode == ASK


# The end of a file, and of all


def _reject_all(screen: Screen) -> None:
    while screen.mode == ASK and not screen.finished:
        screen.key("n")


def test_a_file_is_written_when_its_end_is_confirmed(bench: Bench, screen: Screen) -> None:
    screen.key("y")
    _reject_all(screen)
    assert screen.mode == CONFIRM
    assert "Write 1 repair to" in _drawn(screen)
    before = bench.text()
    screen.key("x")
    assert (screen.said[:8], bench.text()) == ("y writes", before)
    screen.key("p")
    assert screen.mode == PAGE
    assert "-x-y , q km" in _drawn(screen)
    screen.key("z")
    assert screen.mode == CONFIRM
    screen.key("enter")
    assert bench.text() == "x-y, q km and x-y q"
    assert screen.report
    _reject_all(screen)
    assert screen.finished
    assert bench.text("b.txt") == "x-y , km"


def test_what_is_not_to_be_written_is_not(bench: Bench, screen: Screen) -> None:
    screen.key("y")
    _reject_all(screen)
    screen.key("n")
    assert (screen.mode, screen.finished) == (ASK, False)
    _reject_all(screen)
    assert screen.mode == CONFIRM  # all is answered: asked once more
    screen.key("n")
    assert screen.finished
    assert bench.text() == "x-y , q km and x-y q"
    assert bench.kept


def test_undo_at_the_end_of_a_file(screen: Screen, desk: Desk) -> None:
    screen.key("y")
    _reject_all(screen)
    last = [i for i in desk.session.order if i.file == 0][-1]
    screen.key("u")
    assert (screen.mode, screen.said) == (ASK, "undone: rejected")
    assert screen.item is last
    assert last.open


def test_quitting_writes_and_leaving_does_not(bench: Bench, screen: Screen) -> None:
    screen.key("y")
    screen.key("Q")
    assert screen.finished
    assert bench.text() == "x-y , q km and x-y q"
    again = Screen(bench.desk())
    again.key("q")
    assert again.finished
    assert bench.text() == "x-y, q km and x-y q"
    assert "1 repair written" in again.report[0]


def test_quitting_where_a_file_cannot_be_written_says_so(bench: Bench, screen: Screen) -> None:
    screen.key("y")
    bench.put({"a.txt": "another text"})
    screen.key("q")
    assert screen.finished
    assert "not written: changed" in screen.report[0]
    assert list(screen.desk.failed) == [0]
    assert (bench.text(), bench.kept.count(b"\n")) == ("another text", 1)


def test_a_file_that_cannot_be_written_does_not_hold_up_the_rest(
    bench: Bench, screen: Screen
) -> None:
    screen.key("y")
    _reject_all(screen)
    bench.put({"a.txt": "another text"})
    screen.key("y")
    assert "not written" in screen.said
    assert (screen.mode, screen.finished) == (ASK, False)
    screen.key("y")
    for _ in range(20):
        screen.key("n" if screen.mode == ASK else "y")
    assert screen.finished
    assert bench.text("b.txt") == "x-y, km"
    assert bench.text() == "another text"


def test_an_answer_that_cannot_be_kept_says_so(
    screen: Screen, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    item = screen.item
    monkeypatch.setattr(os, "fsync", full)
    for key in ("y", "n", "b", "R", "a"):
        screen.key(key)
        assert screen.said.startswith("not decided: ")
        assert screen.said.endswith("cannot be written: no space left on device")
        assert screen.item is item
    assert desk.session.counts() == {OPEN: 13}


def test_a_later_session_goes_on_where_this_one_stopped(bench: Bench, screen: Screen) -> None:
    screen.key("n")
    screen.key("s")
    screen.key("n")
    later = Screen(bench.desk(clock=ticking(90)))
    assert later.item
    assert later.desk.session.position(later.item) == 1
    while not later.finished:
        later.key("n" if later.mode == ASK else "y")
    assert Screen(bench.desk()).finished


def test_nothing_to_ask_is_finished_at_once(tmp_path: Path) -> None:
    desk = Bench(tmp_path).put({"a.txt": "clean", "b.txt": ""}).desk()
    screen = Screen(desk)
    assert screen.finished
    assert "0 accepted" in _drawn(screen)
    screen.finished = False
    for key in ("y", "n", "tab", "j", "J", "g", "/", "o", "p", "e", "u", "?", "1"):
        screen.mode = ASK
        screen.key(key)
        screen.typed("1")


def test_what_was_accepted_before_is_offered_to_be_written(bench: Bench) -> None:
    desk = bench.desk()
    for item in list(desk.session.items):
        if item.open:
            desk.session.write_own(item, "z") if not item.finding.proposals else (
                desk.session.accept(item)
            )
    screen = Screen(bench.desk())
    assert screen.mode == CONFIRM
    assert "Write 7 repairs to 2 files?" in _drawn(screen)
    screen.key("y")
    assert bench.text() == "x-y, z k m and xy z"
    assert bench.text("b.txt") == "x-y, k m"
