from __future__ import annotations

import re
import time

import pytest
import srt
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st
from wrapping import deadline, dev_texts, in_subtitles

from scrubber import engine, packs
from scrubber.markup import reader
from scrubber.markup.subtitles import view
from scrubber.model import Action, Document

RULES = packs.chosen(packs.built_in().rules)
GLUED = "The mayor of the harbour signed the treatyBut\nthe clerk of the town did not do so."
TIME = "00:00:01,000 --> 00:00:02,000"


def repaired(text: str, actions: frozenset[Action] = engine.SUGGESTED) -> str:
    return engine.settle(Document(text, reader=reader("a.srt")), RULES, actions).text


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT {GLUED}\n\nNOTE {GLUED}\n\nSTYLE\n{GLUED}\n\nREGION\n{GLUED}\n",
        f"WEBVTT\n\nthe treatyBut the the\n{TIME} align:treatyBut the the\nyes\n",
        f"WEBVTT\n\n{TIME}\n<v the mayor signed the treatyBut the clerk>yes</v>\n",
        f"1\n{TIME}\n{{the mayor signed the treatyBut the}}yes\n",
        f"{GLUED}\n\n1\n{TIME}\nyes\n",
        f"1\n{TIME}\nyes\n\n{GLUED}\n",
        f"1\n{TIME}\nRead more\n\n2\n{TIME}\nSource link\n",
        f"1\n{TIME}\nSubscribe to our newsletter\n\n2\n{TIME}\nSource\n\n",
        f"1\n{TIME}\nThat was all of the\n\n2\n{TIME}\nthe boats that we saw.\n",
        f"1\n{TIME}\nthe\nthe\n",
        f"1\n{TIME}\n\n2\n{TIME}\n",
        "1\n--> \n2 -->\n",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"1\n{TIME}\n{GLUED}\n",
        f"\ufeff1\r\n{TIME} X1:1 X2:2\r\n" + GLUED.replace("\n", "\r\n"),
        f"{TIME}\n<i>{GLUED}</i>\n\n",
        f"1\n{TIME}\nyes\n\n \n2\n{TIME}\n{{\\an8}}- {GLUED}\n\n3\n{TIME}\nno\n",
        f"WEBVTT\nKind: captions\nLanguage: en\n\nfirst\n00:01.000 --> 00:02.000\n<v Ann>{GLUED}",
    ],
)
def test_a_cue_is_repaired_in_its_place(text: str) -> None:
    assert repaired(text) == text.replace("treatyBut", "treaty, but")


def test_a_word_doubled_over_a_line_break_goes_and_the_break_stays() -> None:
    text = f"1\n{TIME}\nThat was all of the\nthe boats that we saw.\n"
    assert repaired(text) == text.replace("of the", "of")


def test_what_cues_say_is_read() -> None:
    cues = "<i>He went to</i>\nthe boat&amp;house\n- Yes. \n  No.", "it {\\an8}is"
    text = "\n\n".join(f"{number}\n{TIME}\n{cue}" for number, cue in enumerate(cues))
    assert view(text).text == "He went to the boat&house\n- Yes.\nNo.\n\nit ￼is"
    assert view("WEBVTT\nLanguage: sv-SE\n\n").language == "sv"


_MARKS = re.compile(r"<[^<>]*>|\{[^{}]*\}|\n")


def by_srt(text: str) -> list[object]:
    """All that the srt library reads but what the cues say."""
    cues = srt.parse(text, ignore_errors=False)
    return [
        (cue.index, cue.start, cue.end, cue.proprietary, _MARKS.findall(cue.content))
        for cue in cues
    ]


def by_webvtt(text: str) -> list[object]:
    """All that webvtt-py reads but what the cues say."""
    read = webvtt.from_string(text)
    found: list[object] = [read.header_comments, read.footer_comments, read.styles]
    for cue in read.captions:
        marks = _MARKS.findall("\n".join(cue.lines))
        found.append((cue.identifier, cue.start, cue.end, cue.voice, cue.comments, marks))
    return found


@pytest.mark.parametrize("web", [False, True])
def test_no_edit_of_the_labelled_texts_changes_what_other_readers_see(web: bool) -> None:
    edited = 0
    judge = by_webvtt if web else by_srt
    for number, plain in enumerate(dev_texts(deadline() // 3, seed=31)):
        text = in_subtitles(plain, number, web=web)
        after = repaired(text)
        edited += after != text
        assert judge(after) == judge(text)
        assert view(after).gaps == view(text).gaps
    assert edited > deadline() / 12


_BITS = st.sampled_from(
    [
        *"WEBVTT NOTE <i> </i> <v {\\an8} { } < > &amp; & --> - 1 😀 \ufeff \\N the 00:01".split(),
        *("\n", "\r\n", "\r", "\n\n", " ", f"\n\n2\n{TIME}\n", "the the ", "seaBut "),
    ]
)
_SOUP = st.lists(st.one_of(_BITS, st.text("ab \n", max_size=6)), max_size=30).map("".join)


@settings(max_examples=200, deadline=None)
@given(_SOUP)
def test_every_piece_stands_in_the_text_as_it_is(text: str) -> None:
    read, last = view(text), 0
    for piece in sorted(read.pieces, key=lambda piece: piece.start):
        stop = piece.start + piece.length
        assert read.text[piece.at : piece.at + piece.length] == text[piece.start : stop]
        assert "\n" not in text[piece.start : stop]
        assert piece.start >= last
        last = stop
    after = repaired(text)
    assert view(after).gaps == read.gaps
    assert len(view(after).blocks) == len(read.blocks)
    assert after.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "bit", ["<", "{", "&", "\n", "a\n", "<i>", "-->", "1:", " ", ".  ", "A. ", f"\n{TIME}\na\n"]
)
def test_a_hostile_text_takes_linear_time(bit: str) -> None:
    for head in ("", f"WEBVTT\n\n{TIME}\n"):
        start = time.process_time()
        view(head + bit * (100_000 // len(bit)))
        assert time.process_time() - start < 3
