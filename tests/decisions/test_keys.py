"""What a decision is about: keys outlive line breaks, blanks and repairs beside a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.decisions.keys import (
    REACH,
    Key,
    Scope,
    key_of,
    keys_of,
    near,
    stands,
    surroundings,
    word_at,
)
from scrubber.model import Action, Document, Finding


def _found(text: str, what: str, rule: str = "links/glued") -> tuple[Document, Finding]:
    at = text.index(what)
    finding = Finding(rule, at, at + len(what), what, ("x",), Action.FIX, "")
    return Document(text), finding


def test_a_key_holds_what_its_scope_asks_for() -> None:
    document, finding = _found("The boat lay at the pierWho knew it?", "pierWho")
    here, change, word, rule = keys_of(document, finding, "a.txt")
    assert here == Key(
        Scope.HERE, "links/glued", "pierWho", "The boat lay at the ", " knew it?", "a.txt"
    )
    assert change == Key(Scope.CHANGE, "links/glued", "pierWho")
    assert word == Key(Scope.WORD, "links", "pierWho")
    assert rule == Key(Scope.RULE, "links/glued")


def test_the_nearest_scope_is_the_one_that_reaches_least() -> None:
    assert [a.nearer(b) for a, b in zip(Scope, list(Scope)[1:], strict=False)] == [True] * 3
    assert not Scope.HERE.nearer(Scope.HERE)


def test_line_breaks_and_blanks_make_no_other_place() -> None:
    one, found = _found("One two\nthree aB four\nfive", "aB")
    other, moved = _found("One  two\r\nthree aB four\r\n\r\nfive", "aB")
    assert key_of(Scope.HERE, one, found, "a") == key_of(Scope.HERE, other, moved, "a")
    text, line = _found("x\nfoot\ny", "\nfoot\n")
    crlf, same = _found("x\r\nfoot\r\ny", "\r\nfoot\r\n")
    assert key_of(Scope.CHANGE, text, line, "a") == key_of(Scope.CHANGE, crlf, same, "a")


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 9))
def test_surroundings_are_short_and_in_one_line(text: str, start: int, size: int) -> None:
    start = min(start, len(text))
    prefix, suffix = surroundings(text, start, min(len(text), start + size))
    assert len(prefix) <= REACH
    assert len(suffix) <= REACH
    assert "\n" not in prefix + suffix
    assert "  " not in prefix + suffix


@pytest.mark.parametrize(
    ("text", "found", "word"),
    [
        ("seen by (DeSantis), who", "San", "DeSantis"),
        ("in The spring", " The", "The"),
        ("he came , late", " ,", ""),
        ("in *bold* type", "bold", "bold"),
        ("um 8Uhr", "8", "8Uhr"),
    ],
)
def test_the_word_of_a_place(text: str, found: str, word: str) -> None:
    at = text.index(found)
    assert word_at(text, at, at + len(found)) == word


def test_the_word_of_an_insertion_between_blanks_is_none() -> None:
    assert word_at("a  b", 2, 2) == ""
    assert word_at("ab cd", 1, 1) == "ab"


def _key(prefix: str, suffix: str) -> Key:
    return Key(Scope.HERE, "a/b", "x", prefix, suffix, "a.txt")


def test_near_is_one_side_unchanged_or_the_letters_of_both() -> None:
    long = "the harbour board met on Monday "
    assert near(_key(long, " and left"), _key(long, " was closed"))
    assert near(_key("he met ", long), _key("quite other", long))
    # Repairs on both sides: a capital, a comma and a blank.
    assert near(
        _key("the boat cameBut of ", " looks. And a pier"),
        _key("the boat came, but of ", " looks, and a pier"),
    )
    assert not near(_key("one ", " two"), _key("six ", " ten"))
    assert not near(_key(long, "y"), _key(long.replace("Monday", "Friday"), "z"))


def test_a_place_stands_as_long_as_its_surroundings_do() -> None:
    key = Key(Scope.HERE, "a/b", "aB", "two three ", " four", "a")
    assert stands("One\ntwo  three aB\r\nfour", key)
    assert not stands("One two three aB five", key)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Last words.\n\nSource link\n", "\nSource link\n"),
        ("Last words.\nSource link\n\nMore of it.\n", "Source link\n\n"),
        ("Last words.\r\nSource link\r\nMore of it.", "Source link\r\n"),
        ("Last words.\n\nSource link", "\n\nSource link"),
    ],
)
def test_a_line_is_itself_whichever_breaks_go_with_it(text: str, found: str) -> None:
    start = text.index(found)
    finding = Finding("x/y", start, start + len(found), found, ("",), Action.FIX, "")
    here, change, *_ = keys_of(Document(text), finding, "d")
    assert (here.exact, change.exact, here.prefix) == ("Source link", "Source link", "Last words. ")
