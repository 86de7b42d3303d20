"""What is drawn: never wider or higher than the terminal, whatever a text holds, and in time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import Bench, at
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.utils import get_cwidth

from scrubber.decisions.keys import Scope
from scrubber.model import Action, Document, Finding
from scrubber.review.terminal import view
from scrubber.review.terminal.place import Row, excerpt, fitted
from scrubber.review.terminal.screen import CONFIRM, PAGE, Screen

ODD = {
    "plain": "The boat lay at the x-y on that day.",
    "wide": "港の船は" * 60 + " x-y " + "防波堤に" * 60,
    "right to left": "הסירה עמדה " * 30 + "x-y" + " ליד המזח" * 30 + " \u202eabc\u202c",
    "combining": "e\u0301a\u0308" * 90 + " x-y " + "o\u0302\u0323" * 90,
    "joined": "👩‍👩‍👧‍👦" * 40 + " x-y " + "🇳🇴" * 40,
    "control": "a\x1b[31mb\x07\x00c\td\x85e\u2028f\u200bg x-y \x1b]0;title\x07" + "\x08" * 20,
    "one word": "w" * 9_000 + " x-y " + "w" * 9_000,
    "lines": "line\n" * 500 + "x-y\r\n" + "\r\n" * 500 + "\rlast",
    "surrogate": "a\ud800 x-y b\udfff",
    "first": "x-y",
}


def _columns(row: Row) -> int:
    return sum(get_cwidth(text) for _, text in row)


def _text(shown: list[Row]) -> str:
    return "\n".join("".join(text for _, text in row) for row in shown)


def _check(shown: list[Row], width: int, height: int) -> None:
    assert len(shown) == height
    for row in shown:
        assert _columns(row) <= width, row
        for _, text in row:
            assert text.isprintable(), text


def _screen(tmp_path: Path, text: str) -> Screen:
    bench = Bench(tmp_path).put({"a.txt": "x-y"})
    desk = bench.desk()
    document = Document(text, "r\x1b\u202e" * 30, "a.txt")
    start = text.index("x-y")
    found = Finding(
        "a/dash",
        start,
        start + 3,
        "x-y",
        ("xy\n", "", text[:500], "z\x1b"),
        Action.SUGGEST,
        "Message " * 40 + text[:300],
    )
    item = desk.session.items[0]
    item.document, item.finding = document, found
    return Screen(desk)


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    "size", [(80, 24), (40, 12), (20, 8), (200, 60), (14, 24), (1, 3), (80, 2)]
)
def test_rows_are_never_wider_than_the_screen(
    tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    screen = _screen(tmp_path, ODD[name])
    for colour in (True, False):
        _check(view.rows(screen, *size, colour=colour), *size)
        screen.context = 30
    screen.said = ODD[name]
    screen.key("tab")
    _check(view.rows(screen, *size, colour=False), *size)
    for key in "?", "p", "w":
        screen.mode = "ask"
        screen.key(key)
        assert screen.mode == PAGE
        assert screen.page
        screen.page.text += ODD[name]
        _check(view.rows(screen, *size, colour=True), *size)
        screen.key("z")
    screen.mode, screen.confirming = CONFIRM, [0]
    _check(view.rows(screen, *size, colour=True), *size)


def test_without_colour_everything_that_colour_says_stands_there(tmp_path: Path) -> None:
    screen = _screen(tmp_path, ODD["plain"])
    shown = _text(view.rows(screen, 80, 24, colour=False))
    assert "[-x-y-]{+xy⏎" in shown
    assert "suggest" in shown
    assert "▸1" in shown
    assert "(taken out)" in shown


def test_what_is_displaced_is_said_and_reports_displace_nothing(tmp_path: Path) -> None:
    desk = Bench(tmp_path).put({"a.txt": "x-y , q"}).desk()
    desk.session.at = at(desk, "b/wide")
    screen = Screen(desk)
    assert "Taking it displaces: a/dash, b/inner, a/mark" in _text(
        view.rows(screen, 80, 24, colour=False)
    )
    desk.session.at = at(desk, "b/odd")
    shown = _text(view.rows(screen, 80, 24, colour=False))
    assert "displaces" not in shown
    assert "Nothing is offered; e types a replacement." in shown


def test_who_decided_and_how_far_it_reaches_is_shown(tmp_path: Path) -> None:
    bench = Bench(tmp_path).put({"a.txt": "x-y and x-y"})
    orla = bench.desk("Orla")
    orla.session.accept(at(orla, "a/dash"), 0, Scope.CHANGE)
    screen = Screen(bench.desk("Ines"))
    screen.mode = "ask"
    screen.key("g")
    screen.typed("2")
    shown = _text(view.rows(screen, 80, 24, colour=False))
    assert "accepted (this change, everywhere) by Orla" in shown
    assert "2 of this change (b B), 2 of this rule (r R)" in shown
    assert "a.txt:1:9" in shown


# The excerpt


def _excerpt(
    text: str, start: int, end: int, chosen: str | None, *, room: int = 9, width: int = 40
) -> list[Row]:
    found = Finding("a/b", start, end, text[start:end], (), Action.REPORT, "")
    return excerpt(Document(text), found, chosen, width=width, room=room, context=3, colour=False)


@settings(max_examples=150)
@given(
    st.text(max_size=60),
    st.integers(0, 60),
    st.integers(0, 20),
    st.one_of(st.none(), st.text(max_size=9)),
    st.integers(2, 30),
    st.integers(3, 12),
)
def test_any_place_is_shown_in_its_room(
    text: str, start: int, size: int, chosen: str | None, width: int, room: int
) -> None:
    start = min(start, len(text))
    end = min(len(text), start + size)
    shown = _excerpt(text, start, end, chosen, room=room, width=max(width, 10))
    assert 1 <= len(shown) <= room
    assert all(_columns(row) <= max(width, 10) for row in shown)
    assert all(piece.isprintable() for row in shown for _, piece in row)


def test_the_change_is_marked_in_whole_words() -> None:
    assert (
        _text(_excerpt("a treatyBut b", 2, 11, "treaty, but")) == "a [-treatyBut-]{+treaty, but+} b"
    )
    assert _text(_excerpt("one  two", 3, 5, " ")) == "one [-␣-]two"
    assert _text(_excerpt("onetwo", 3, 3, " ")) == "one{+␣+}two"
    assert _text(_excerpt("see this", 4, 8, None)) == "see [this]"
    assert _text(_excerpt("", 0, 0, "new")) == "{+new+}"
    assert _text(_excerpt("", 0, 0, None)) == ""


def test_a_line_taken_out_is_seen_with_its_break() -> None:
    assert _text(_excerpt("One\nfoot\ntwo", 3, 9, "\n")) == "One\n[-foot⏎\n-]two"
    assert _text(_excerpt("One\r\nfoot\r\ntwo", 3, 11, "\r\n")) == "One\n[-foot⏎\n-]two"


def test_a_long_mark_shows_its_head_and_its_tail() -> None:
    text = "start " + "word " * 3_000 + "end"
    shown = _excerpt(text, 6, len(text) - 4, None, room=7)
    assert len(shown) == 7
    assert "more rows of this" in _text(shown)
    assert "[word" in _text(shown)
    assert "word]" in _text(shown)


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("one two", 7, "one two"),
        ("one two", 5, "one …"),
        ("港の船", 5, "港の…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("e\u0301" * 5, 3, "e\u0301e\u0301…"),
        ("a\x1bb", 4, "a…"),
        ("", 0, ""),
    ],
)
def test_fitted_to_its_columns(text: str, width: int, cut: str) -> None:
    assert fitted(text, width) == cut
    assert get_cwidth(fitted(text, width)) <= width


def test_a_text_of_a_million_characters_is_fitted_at_once() -> None:
    started = time.process_time()
    fitted("word " * 200_000, 80)
    assert time.process_time() - started < 0.5


# How long a key takes


def _quickest(run: Callable[[], object], times: int = 3) -> float:
    took = []
    for _ in range(times):
        started = time.process_time()
        run()
        took.append(time.process_time() - started)
    return min(took)


def test_five_thousand_findings_are_answered_within_fifty_milliseconds(tmp_path: Path) -> None:
    line = "Row {} of the table says x-y of the boat and km of the quay in year {} ,\n"
    texts = {
        f"{name:02}.txt": "".join(line.format(row, 1000 + name) for row in range(67))
        for name in range(25)
    }
    bench = Bench(tmp_path).put(texts)
    desk = bench.desk()
    gc.collect()
    started = time.process_time()
    screen = Screen(desk)
    view.rows(screen, 80, 24, colour=True)
    assert time.process_time() - started < 1
    items = list(desk.session.items)
    assert len(items) >= 5_000

    def pressed(key: str) -> Callable[[], None]:
        def press() -> None:
            screen.mode = "ask"
            screen.key(key)
            view.rows(screen, 80, 24, colour=True)

        return press

    for key in ("y", "n", "s", "1", "tab", "j", "k", "J", "K", "m", "o", "w", "p", "?"):
        assert _quickest(pressed(key)) < 0.05, key
    for key in ("b", "B", "r", "R", "i", "a", "d"):
        took = []
        for _ in range(3):
            took.append(_quickest(pressed(key), 1))
            took.append(_quickest(pressed("u"), 1))
        assert min(took[::2]) < 0.05, key
        assert min(took[1::2]) < 0.05, f"u after {key}"
    for wanted in ("nowhere", "row 66"):
        assert _quickest(lambda wanted=wanted: desk.session.search(wanted)) < 0.05  # type: ignore[misc]
