"""What is told to be inert leaves every markup as it is."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scrubber import edits
from scrubber.inert import inert
from scrubber.markup import named
from scrubber.model import Action, Edit, Finding

sys.path.insert(0, str(Path(__file__).parent / "markup"))

import wrapping

PROSE = """The ferry left at noon. Who Was on board, and why, nobody could say for certain.

A man of The harbour said: it is late. B. Jansen and e.g. others stayed.
a The second line, option x Of three
Words that Begin with less - or more - go on

Some title of a chapter
-----------------------
- One of The points
- another, with *marks* around The words and `code` beside it
1. first Of all
-v FILE  shows More
term
    What it Means, in a few words.
"""
AFTER = ("the", "The", " ", ". ", ".", ", ", "", "who", "a", "one two")
WRAPPED: dict[str, Callable[[str, int], str]] = {
    "markdown": wrapping.in_markdown,
    "rst": wrapping.in_rst,
    "asciidoc": wrapping.in_asciidoc,
}


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("we saw The sea", Edit(7, 8, "T", "t", ())),
        ("as far as the seaBut he", Edit(17, 17, "", " ", ())),
        ("as far as the sea But he", Edit(17, 17, "", ".", ())),
        ("as far as the the sea", Edit(14, 18, "the ", "", ())),
        ("as far as [it](u): of The sea", Edit(22, 23, "T", "t", ())),
    ],
)
def test_words_within_a_line_are_inert(text: str, edit: Edit) -> None:
    assert inert(text, [edit])


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("The sea", Edit(0, 1, "T", "t", ())),
        ("a The sea", Edit(1, 1, "", ".", ())),  # an item of a list
        ("saw *The sea*", Edit(5, 6, "T", "t", ())),  # touches a mark
        ("saw the sea\nBut", Edit(11, 12, "\n", " ", ())),
        (".. note:: a The second", Edit(11, 11, "", ".", ())),
        ("saw the Title\n-------------", Edit(8, 8, "", "t ", ())),  # longer than its line
        ("saw the sea", Edit(7, 7, "", " ", ())),  # two blanks
        ("saw the sea", Edit(8, 9, "s", "*", ())),
        ("see [saw The sea][]", Edit(9, 10, "T", "t", ())),
        ("see the <b title='saw The sea'>", Edit(22, 23, "T", "t", ())),
        ("saw the sea &amp; me", Edit(15, 15, "", " ", ())),
    ],
)
def test_what_markup_might_see_is_not(text: str, edit: Edit) -> None:
    assert not inert(text, [edit])


@pytest.mark.parametrize("kind", WRAPPED)
def test_inert_edits_leave_the_markup_as_it_is(kind: str) -> None:
    reader, dice = named(kind), random.Random(7)
    told = 0
    for seed in range(12):
        text = WRAPPED[kind](PROSE, seed)
        view = reader.view(text)
        places = [found.span() for found in re.finditer(r"\b\w|(?<=\w)(?=\W)|\w+ ", view.text)]
        for start, end in dice.sample(places, min(len(places), 150)):
            after, before = dice.choice(AFTER), view.text[start:end]
            found = view.back(Finding("", start, end, before, (after,), Action.FIX, ""))
            if before == after or not found or not found.proposals:
                continue
            edit = edits.minimal(found, after)
            if not inert(text, [edit]):
                continue
            told += 1
            read = reader.view(edits.apply(text, [edit]))
            assert read.gaps == view.gaps, (text[edit.start - 30 : edit.end + 30], edit)
            assert [b.kind for b in read.blocks] == [b.kind for b in view.blocks], edit
            assert read.flaws == view.flaws
    assert told > 50
