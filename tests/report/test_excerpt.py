from __future__ import annotations

import pytest

from scrubber.model import Action, Document, Finding
from scrubber.report.excerpt import CHANGE, CONTEXT, Words, excerpt


def _excerpt(text: str, old: str, *new: str) -> tuple[str, Words, Words | None, str, bool]:
    start = text.index(old)
    finding = Finding("x/y", start, start + len(old), old, new, Action.FIX, "")
    found = excerpt(Document(text), finding)
    return found.lead, found.old, found.new, found.tail, found.lines


@pytest.mark.parametrize(
    ("text", "old", "new", "gone", "comes"),
    [
        ("the seaBut he", "seaBut", "sea, but", ("sea", "B", "ut"), ("sea", ", b", "ut")),
        ("to the sea,but he", ",but", ", but", ("sea,", "", "but"), ("sea,", " ", "but")),
        ("to the seaand.", "seaand", "sea and", ("sea", "", "and"), ("sea", " ", "and")),
        ("the the sea", "the the", "the", ("", " the", ""), ("", "", "")),
        ("a quay , a boat", " ,", ",", ("quay", " ", ","), ("quay", "", ",")),
    ],
)
def test_a_change_is_shown_by_words(
    text: str, old: str, new: str, gone: tuple[str, ...], comes: tuple[str, ...]
) -> None:
    _, found, offered, _, lines = _excerpt(text, old, new)
    assert (found, offered, lines) == (gone, comes, False)


@pytest.mark.parametrize("breaks", [("", ""), ("\n\n", ""), ("", "\n"), ("\n", "\n")])
def test_a_line_taken_out_is_shown_with_its_neighbours(breaks: tuple[str, str]) -> None:
    text = "One sentence.\n\nSource link\nAnother.\n"
    assert _excerpt(text, "Source link".join(breaks), "") == (
        "One sentence.",
        Words("", "Source link", ""),
        None,
        "Another.",
        True,
    )


def test_the_end_of_a_line_is_no_line() -> None:
    lead, gone, comes, _, lines = _excerpt("It rained. Source link\nx", " Source link", "")
    assert (lead, gone.changed, comes, lines) == ("It rained.", " Source link", ("", "", ""), False)


def test_what_is_only_reported_is_marked() -> None:
    assert _excerpt("a bad b", "bad") == ("a ", Words("", "bad", ""), None, " b", False)


def test_excerpts_are_short_whatever_the_text() -> None:
    text = "a" * 9999 + " " + "b" * 9999 + "\n" + "c" * 9999
    found = excerpt(
        Document(text),
        Finding("x/y", 9000, 12000, text[9000:12000], ("d" * 5000,), Action.FIX, ""),
    )
    assert found.new is not None
    assert max(map(len, (found.lead, found.tail))) <= CONTEXT + 1
    assert max(len("".join(words)) for words in (found.old, found.new)) <= CHANGE + 80
