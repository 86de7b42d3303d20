from __future__ import annotations

from scrubber.model import Action, Document, Finding
from scrubber.report import text


def _lines(source: str, start: int, end: int, *proposals: str) -> list[str]:
    finding = Finding("x/y", start, end, source[start:end], proposals, Action.SUGGEST, "why")
    return text.finding_lines(Document(source, path="a.txt"), finding).split("\n")


def test_the_place_is_marked_below_the_line() -> None:
    assert _lines("one\ntwo three", 8, 13, "3") == [
        "a.txt:2:5: suggest x/y: why",
        "    two three",
        "        ^^^^^",
        "    → “3”",
    ]


def test_wide_and_combining_characters_do_not_shift_the_mark() -> None:
    shown = _lines("漢e\u0301 bad", 4, 7)
    assert shown[2] == "        ^^^"


def test_a_line_taken_out_is_shown_itself_and_not_the_break_before_it() -> None:
    shown = _lines("one\n\nSource link\n", 4, 17, "")
    assert shown[0].startswith("a.txt:3:1: ")
    assert shown[1:] == ["    Source link", "    ^^^^^^^^^^^", "    → (taken out)"]


def test_long_lines_are_cut_around_the_place() -> None:
    shown = _lines("a" * 500 + " bad " + "b" * 500, 501, 504, "good")
    assert len(shown[1]) < 120
    assert "bad" in shown[1]
    assert shown[1].index("bad") == shown[2].index("^")


def test_what_a_terminal_would_act_on_is_made_visible() -> None:
    assert "\x1b" not in "".join(_lines("a \x1b[31mbad\x1b[0m", 2, 10, "\x1b"))


def test_an_empty_text() -> None:
    assert _lines("", 0, 0, "x")[0] == "a.txt:1:1: suggest x/y: why"
