from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from wrapping import deadline, dev_texts, in_markdown

from scrubber import engine, packs
from scrubber.markup import reader
from scrubber.markup.markdown import view
from scrubber.markup.markdown_glance import text as glanced
from scrubber.model import Action, Document

RULES = packs.chosen(packs.built_in().rules)
PLAIN = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(front_matter_plugin)
    .use(deflist_plugin)
)


def repaired(text: str, actions: frozenset[Action] = engine.UNATTENDED) -> str:
    return engine.settle(Document(text, reader=reader("a.md")), RULES, actions).text


def tree(text: str) -> list[object]:
    """All that is no prose, by the parser as it comes, without paragraphs of nothing but prose."""
    found: list[object] = []
    tokens = PLAIN.parse(text)
    for number, token in enumerate(tokens):
        if token.type == "paragraph_close":
            continue
        if token.type == "paragraph_open":
            inside = tokens[number + 1].children or []
            if any(child.type not in ("text", "softbreak") for child in inside):
                found.append(("paragraph", token.level))
        elif token.type == "inline":
            for child in token.children or []:
                if child.type not in ("text", "softbreak"):
                    held = child.content if child.type != "image" else ""
                    found.append((child.type, child.attrs, held, child.markup))
        elif token.type == "front_matter":
            lines = token.content.split("\n")
            found.append([line for line in lines if not line.startswith("title:")])
        else:
            found.append((token.type, token.tag, token.level, token.info, token.content))
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by [Ann Lee](u)who saw it land.", "by [Ann Lee](u) who saw it land."),
        ("by [Ann Lee](u)Who saw it land.", "by [Ann Lee](u), who saw it land."),
        ("with the[harbour union](u) there.", "with the [harbour union](u) there."),
        ("of[`run`](u) and [`go`](u)is fine.", "of [`run`](u) and [`go`](u) is fine."),
        ("by [**Ann Lee**](u)who saw it land.", "by [**Ann Lee**](u) who saw it land."),
        ("by <a href=u>Ann Lee</a>who saw it.", "by <a href=u>Ann Lee</a> who saw it."),
        ("by [Ann Lee][1]who saw.\n\n[1]: /u\n", "by [Ann Lee][1] who saw.\n\n[1]: /u\n"),
    ],
)
def test_a_word_that_touches_a_link_is_parted_from_it(before: str, after: str) -> None:
    assert repaired(f"It was written {before}") == f"It was written {after}"
    assert repaired(f"It was written {after}") == f"It was written {after}"


@pytest.mark.parametrize(
    "text",
    [
        "All [ferry](u)s are late, and [Ann](u)’s too; we re[start](u) them.",
        "As he says[1](u) and they said[^2] there.\n\n[^2]: A note.\n",
        "It is an [Expression](e)<sub>without a block</sub> of H<sub>2</sub>O in the grammar.",
        "All of the [sea-](s) and [harbour-](h)specific rules are kept in the same room.",
        "Use [Java](u)Script and [You](u)Tube with it.",
        "The `treatyBut` and ``sea`But`` of them.",
        "```\nthe mayor signed the treatyBut\n```\n",
        "~~~ treatyBut\nthe the\n~~~\n",
        "A list:\n\n1. one\n\n        the treatyBut of the the\n",
        "See <https://seaBut.example/theMayor> and [it](https://seaBut.example 'the the').",
        "<div title='treatyBut'>\nthe mayor signed the treatyBut\n</div>\n",
        "<!-- the mayor signed the treatyBut -->\n",
        "import {treatyBut} from './the the'\n",
        "The {{ treatyBut }} and {% if treatyBut %} of it, $treatyBut the the$.",
        "---\ntags: [treatyBut]\nslug: the the\n---\n",
        "[note]: https://a.example/treatyBut 'the the'\n",
        "The <kbd>treatyBut</kbd> key and <code>the the</code> of it.",
        "We saw two  blanks in one line, and only once in this long line of text here.",
    ],
)
def test_what_is_no_prose_stays(text: str) -> None:
    found, _ = engine.find(Document(text, reader=reader("a.md")), RULES)
    assert found == []


def test_prose_of_all_kinds_is_read() -> None:
    text = (
        "---\ntitle: One *page*\n---\n# Two `x` *heads*\n\n- three &amp; \\* more\n\n> four\n"
        "> **fi**ve\n\n"
        "| six | seven |\n|---|---|\n| eight | [nine](u) |\n\n![ten](u) end\n\nTerm\n: eleven\n"
    )
    prose = view(text).text
    for words in ("One *page*", "Two \ufffc heads", "three & * more", "four\nfive", "six", "nine"):
        assert words in prose
    for words in ("eight", "ten", "eleven"):
        assert words in prose.split("\n\n")


def test_a_line_is_taken_out_with_its_break() -> None:
    text = "The ferry leaves at nine in the morning.\n\nSource link\n\nIt comes back at ten.\n"
    assert repaired(text) == text.replace("Source link\n\n", "")
    listed = "# Source link\n\nThe ferry leaves at nine in the morning.\n"
    assert repaired(listed, engine.SUGGESTED) == listed


def test_a_repair_never_makes_markup() -> None:
    for text in ("Nobody was hurtBut\n---\n", "- the\n- the\n", "Source link\n---\n"):
        after = repaired(text, engine.SUGGESTED)
        assert [kind for kind, *_ in map(_first, tree(after))] == [
            kind for kind, *_ in map(_first, tree(text))
        ]


def _first(item: object) -> tuple[object, ...]:
    return item if isinstance(item, tuple) else (item,)


MARKS = st.sampled_from(
    [
        *"* ** _ ` [ ](u) ![ <b> </b> <!-- --> &amp; \\ ~~ $ {{ }} é 😀".split(),
        *("```\n", "\n", "\n\n", "> ", "- ", "1. ", "    ", "# ", "| a | b |\n|---|---|\n", "\r\n"),
        *("\t", "\ufeff", "---\n", "title: a b\n", "[x]: y\n", "the the ", "seaBut "),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(MARKS, st.text("ab \n", max_size=6)), max_size=30).map("".join))
def test_every_piece_stands_in_the_text_as_it_is(text: str) -> None:
    seen = view(text)
    last = 0
    for piece in sorted(seen.pieces, key=lambda piece: piece.start):
        stop = piece.start + piece.length
        assert seen.text[piece.at : piece.at + piece.length] == text[piece.start : stop]
        assert piece.start >= last
        last = stop
    glanced(text)
    assert tree(repaired(text, engine.SUGGESTED)) == tree(text)


def test_no_edit_of_the_labelled_texts_lands_outside_the_prose() -> None:
    edited = 0
    for number, plain in enumerate(dev_texts(deadline(), seed=5)):
        text = in_markdown(plain, number)
        after = repaired(text, engine.SUGGESTED)
        edited += after != text
        assert tree(after) == tree(text)
        assert view(after).gaps == view(text).gaps
    assert edited > 20


@pytest.mark.parametrize(
    "mark",
    ["`", "*", "[", "](", "<a ", "> ", "- ", "![", "{{", "$$", "&#", "<!--", "``a`", "[a](", "]a"],
)
def test_a_hostile_text_takes_linear_time(mark: str) -> None:
    text = mark * (20_000 // len(mark))
    start = time.process_time()
    view(text)
    glanced(text)
    glanced(f"[a\n{text * 9}\n\n[b]: c\n")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("tag", ["</p><p>", "<li>", "</div>", "<br>", "<hr/>"])
def test_words_of_two_paragraphs_in_one_cell_are_not_run_together(tag: str) -> None:
    assert re.search(r"default\n+The", view(f"| a |\n|--|\n| By default{tag}The crew |\n").text)
    assert "defaultThe" in view("| a |\n|--|\n| By default<b>The crew</b> |\n").text


@pytest.mark.parametrize(
    "text",
    [
        "The first is argv[0] here.\n\n[1]: https://a.example\n",
        "The first is argv[0] of `def of(row: list[int]):` here, and list[0]: none.\n",
        "All[of it]s parts [do so]: they do.\n\n* [it]: u\n",
    ],
)
def test_what_no_line_defines_is_no_link(text: str) -> None:
    assert glanced(text)
    assert all(text[link] not in ("0", "of it") for link in _links(text))


@pytest.mark.parametrize(
    "defined",
    [
        "[the Fleet]: u", "> [the fleet]: u", "1. - [the fleet]: u", "A\n: [the fleet]:\n  u",
        "> [the\n> fleet]: u", "[a]: u\r\r[ the\tfleet ]:u",
    ],
)  # fmt: skip
def test_a_word_that_touches_what_a_line_defines_is_seen_at_a_glance(defined: str) -> None:
    for text in ("Of[the fleet] here.", "It is [the\nfleet]who sailed."):
        page = f"{text}\n\n{defined}\n"
        assert [page[link].split() for link in _links(page)] == [["the", "fleet"]]
        assert glanced(page) is None


def _links(text: str) -> list[slice]:
    read = view(text)
    places = {at + n: start + n for at, start, length, _ in read.pieces for n in range(length)}
    return [slice(places[start], places[end - 1] + 1) for start, end in read.links]
