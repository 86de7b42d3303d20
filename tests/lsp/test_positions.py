"""Places as editors count them, and changes as they make them, on whatever a text may hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from scrubber.edits import apply
from scrubber.lsp.positions import ENCODINGS, Lines, placeable
from scrubber.lsp.protocol import changed
from scrubber.model import Edit

TEXTS = st.text(st.sampled_from("ab é\u0301\u2028\u0085\f🙂𝄞\r\n\x1c"), max_size=30)


def _reference(text: str, offset: int, encoding: str) -> tuple[int, int]:
    """Line and character, straight from what the protocol says."""
    line, start = 0, 0
    for found in re.finditer("\r\n|\r|\n", text):
        if found.end() > offset:
            break
        line, start = line + 1, found.end()
    code, width = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[
        encoding
    ]
    return line, len(text[start:offset].encode(code)) // width


@given(TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_a_place_is_found_again(text: str, encoding: str, data: st.DataObject) -> None:
    lines = Lines(text, encoding)
    offset = data.draw(st.integers(0, len(text)))
    place = lines.position(offset)
    assert place == _reference(text, offset, encoding)
    if text[max(0, offset - 1) : offset + 1] != "\r\n":
        assert lines.offset(*place) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_places_that_are_none_fall_back_as_the_protocol_says(encoding: str) -> None:
    lines = Lines("a🙂\r\nb", encoding)
    assert [lines.offset(0, 99), lines.offset(1, 99), lines.offset(7, 0)] == [2, 5, 5]
    if encoding != "utf-32":
        assert lines.offset(0, 2) == 1  # within the emoji


@given(TEXTS, TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_a_change_is_made_where_the_editor_made_it(
    text: str, new: str, encoding: str, data: st.DataObject
) -> None:
    places = [n for n in range(len(text) + 1) if text[max(0, n - 1) : n + 1] != "\r\n"]
    start, end = sorted(data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2)))
    ends = [types.Position(*_reference(text, at, encoding)) for at in (start, end)]
    change = types.TextDocumentContentChangePartial(text=new, range=types.Range(*ends))
    assert changed(text, change, encoding) == text[:start] + new + text[end:]
    whole = types.TextDocumentContentChangeWholeDocument(text=new)
    assert changed(text, whole, encoding) == new


@given(TEXTS, TEXTS, st.data())
def test_no_edit_ends_within_a_line_break(text: str, new: str, data: st.DataObject) -> None:
    numbers = st.integers(0, len(text))
    start, end = sorted((data.draw(numbers), data.draw(numbers)))
    edit = Edit(start, end, text[start:end], new, ())
    placed = placeable(text, edit)
    assert apply(text, [placed]) == apply(text, [edit])
    for at in (placed.start, placed.end):
        assert not (at and text[at - 1 : at + 1] == "\r\n")
