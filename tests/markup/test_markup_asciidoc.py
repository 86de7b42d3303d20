from __future__ import annotations

import io
import re
import time
import warnings

import pytest
from html_skeletons import skeleton
from hypothesis import given, settings
from hypothesis import strategies as st
from wrapping import deadline, dev_texts, in_asciidoc

from scrubber import engine, packs
from scrubber.markup import reader
from scrubber.markup.asciidoc import view
from scrubber.model import Action, Document

RULES = packs.chosen(packs.built_in().rules)
GLUED = "The mayor of the harbour signed the treatyBut the clerk of the town did not do so."
PARTED = GLUED.replace("treatyBut", "treaty, but")

READ = {
    "titles": (
        "= One\nAnn Lee\n:a: b\n\n== Two\n\n## Three\n\nFour\n----\nx",
        "One|Two|Three|Four|x",
    ),
    "an underline that is off": ("Four\n======\n\nFive\n-------\n\nSix", "Five"),
    "no underline": (
        "* one\n----\ntwo\n----\nthree\n\n====\nfour\n----\nfive\n----\n====",
        "one|three|four",
    ),
    "lists": (
        "* one\n  more\n** two\n. three\n4. four\n+\nfive\n<1> six\n* [ ] seven",
        "one\n  more|two|three|four|five|six|seven",
    ),
    "terms": ("one:: two\n three\n-f:: four\nsix::\n\tseven\n", "two\n three|four|seven"),
    "verbatim": (
        "----\na\n----\n....\nb\n....\n++++\nc\n++++\n////\nd\n////\n```x\ne\n```\nf",
        "f",
    ),
    "verbatim by style": (
        "[source]\na\nb\n\n[verse]\nc\n\n[listing]\n--\nd\n--\n\n[x]\n====\ne\n====\n\n[quote]\nf",
        "f",
    ),
    "a block that never ends": ("a\n\n----\nb\n\nc", "a"),
    "longer delimiters": ("-----\na\n----\nb\n-----\nc", "c"),
    "compound blocks": ("====\na\n\n****\nb\n****\n====\n\n____\nc\n____\n\n--\nd\n--", "a|b|c|d"),
    "literal": ("a\n\n b\nc\n\nd", "a|d"),
    "structure": (
        ":a: b \\\n  c\n// d\ninclude::e[]\nifdef::f[]\n"
        "g\nendif::[]\n\n'''\n<<<\n[[h]]\n[.i]\ntoc::[]\nj",
        "g|j",
    ),
    "captions": (".One\n[source]\n----\na\n----\n\n.Two\nb", "One|Two|b"),
    "admonitions": ("NOTE: One.\n\n[TIP]\n====\ntwo\n====", "One.|two"),
    "comment within": ("one\n// two\nthree", "one\nthree"),
    "hard break": ("one +\ntwo", "one\ntwo"),
    "tables": (
        "[cols=2]\n|===\n|One |two 2+|three\na|* four\n.2+^|five\nsix\n\nseven\nl|eight\n|===",
        "One|two|three|five\nsix|seven",
    ),
    "tables left alone": (
        "[format=csv]\n|===\na,b\n|===\n\n[cols='1,a']\n"
        "|===\n|c|d\n|===\n\n,===\ne\n,===\n|===\n|f",
        "",
    ),
    "inline": (
        "a *b* _c_ **d**e #f# [.g]#h# x^2^ `i j` +k+ ++l++ pass:[m] {n} &amp; \\{o} \\*p*",
        "a b c de f h x￼ ￼ ￼ ￼ ￼ ￼ & ￼ *p",
    ),
    "links": (
        "https://a.b[c]d link:e[f *g*,role=h] <<i,j>> "
        'xref:k[] https://l.m mailto:n["o, p"] linkgit:q[1]',
        "cd f g j ￼ ￼ o, p ￼",
    ),
    "quotation marks": ("\"`a`\" '`b`' ``c'' d`'s", "“a” ‘b’ “c” d’s"),
    "hidden": ("a((b)) (((c,d)))e[[f]]g footnote:[h] stem:[i] kbd:[j]", "ab eg ￼ ￼ ￼"),
    "alternative texts": ('image::a.png[b c,100]\n\nd image:e[f] image:g["h"]', "d ￼ ￼|b c|f"),
    "front matter": ("---\ntitle: The boat\nid: x\n---\na", "The boat|a"),
    "a mark": ("\ufeffa", "a"),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_what_is_prose(text: str, expected: str) -> None:
    assert view(text).text.replace("\n\n", "|") == expected
    windows = view(text.replace("\n", "\r\n")).text.replace("\r\n", "\n")
    assert windows.replace("\n\n", "|") == expected


def repaired(text: str, actions: frozenset[Action] = engine.SUGGESTED) -> str:
    return engine.settle(Document(text, reader=reader("a.adoc")), RULES, actions).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by https://a.b[Ann Lee]who saw it land.", "by https://a.b[Ann Lee] who saw it land."),
        ("by link:u[Ann Lee]Who saw it land.", "by link:u[Ann Lee], who saw it land."),
        ("with the<<u,harbour union>> there.", "with the <<u,harbour union>> there."),
        ("by link:u[*Ann Lee*,role=x]who saw it.", "by link:u[*Ann Lee*,role=x] who saw it."),
        ("by link:u[*Ann Lee*]s, link:u[it]’s.", "by link:u[*Ann Lee*]s, link:u[it]’s."),
    ],
)  # fmt: skip
def test_a_word_that_touches_a_link_is_parted_from_it(before: str, after: str) -> None:
    assert repaired(f"It was written {before}") == f"It was written {after}"
    assert repaired(f"It was written {after}") == f"It was written {after}"


@pytest.mark.parametrize(
    "text",
    [
        f"= T\n{GLUED}\n\n:a: {GLUED}\n// {GLUED}\n\n----\n{GLUED}\n----\n",
        f"image::{GLUED}[]\n\n {GLUED}\n\nifeval::[{GLUED}]\n\n[quote,{GLUED}]\nyes\n",
        f"`{GLUED}` and stem:[{GLUED}] of +{GLUED}+ for {{treatyBut}} it.\n",
        "See https://a.b/seaBut and https://a.b/treatyBut[it] and <<treatyBut,it>>.\n",
        f"{GLUED}:: yes\n",
        f"[cols='1,m']\n|===\n|a |{GLUED}\n|===\n\n|===\n|a l|{GLUED}\n|===\n",
        "[%hardbreaks]\n.Caption\nSource link\n",
        "* one of them\n\nSource link\n\n* two of them\n",
        "A tab:\n\n==== Source\n\nThe _Source_ tab is used to assign\na signal source.\n",
        "It is said[[a]]link:#n[^1^]The boats link:#m[1)]The harbour.\n",
        "url.insteadOf::\n\tWhen more than one insteadOf strings match, it is used.\n",
        "* one of them\n+\nSource link\n\nand so on\n",
    ],
)
def test_what_is_no_prose_stays(text: str) -> None:
    assert repaired(text) == text


def test_a_repair_never_makes_markup() -> None:
    for text in (
        "The boat the\nthe\n----\n",
        "* the\n* the\n",
        "Source link\n====\nx\n",
        "x\n\nthe the\n---\n",
    ):
        assert [b.kind for b in view(repaired(text)).blocks] == [b.kind for b in view(text).blocks]


def test_a_line_is_taken_out_with_its_break() -> None:
    text = "The ferry leaves at nine in the morning.\n\nSource link\n\nIt comes back at ten.\n"
    assert repaired(text) == text.replace("Source link\n\n", "")


_PARAGRAPH = re.compile(r'<div class="paragraph"><p>[^<]*</p></div>')


def by_asciidoc(text: str) -> list[object]:
    """The HTML that AsciiDoc.py makes of a text, without its prose and what is nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from asciidoc.api import AsciiDocAPI

        made = io.StringIO()
        judge = AsciiDocAPI()
        judge.options("--no-header-footer")
        text = text.replace("[source,python]", "[listing]")  # else it starts a highlighter
        judge.execute(io.StringIO(f":sectids!:\n{text}"), made, backend="html5")
    return skeleton(_PARAGRAPH.sub("", made.getvalue()))


def test_no_edit_of_the_labelled_texts_changes_what_asciidoc_reads_beside_them() -> None:
    before, after = [], []
    for number, plain in enumerate(dev_texts(deadline() // 4, seed=41)):
        text = in_asciidoc(plain, number)
        before.append(text)
        after.append(repaired(text))
        assert view(after[-1]).gaps == view(text).gaps
    edited = sum(one != other for one, other in zip(before, after, strict=True))
    assert edited > deadline() / 16
    assert by_asciidoc("\n".join(after)) == by_asciidoc("\n".join(before))


_BITS = st.sampled_from(
    [
        *"* ** _ ` + ++ # ^ ~ [ ] < > << >> { } ( ) (( \" ' ``  ''".split(),
        *"\\ | a| :: link: https://a &amp; 😀".split(),
        *("----\n", "....\n", "====\n", "____\n", "|===\n", "--\n", "```\n", "////\n"),
        *("\n", "\n\n", "\r\n", " ", ".T\n", "* ", ". ", "= ", "+\n", "// c\n", ":a: b\n"),
        *("[source]\n", "a::\n", " +\n", "\ufeff", "---\n"),
        *("the the ", "seaBut ", "https://a.b[c]", "image::a[b]\n", "ifdef::a[]\n"),
    ]
)  # fmt: skip
_SOUP = st.lists(st.one_of(_BITS, st.text("ab \n", max_size=6)), max_size=30).map("".join)


@settings(max_examples=200, deadline=None)
@given(_SOUP)
def test_every_piece_stands_in_the_text_as_it_is(text: str) -> None:
    read, last = view(text), 0
    for piece in sorted(read.pieces, key=lambda piece: piece.start):
        stop = piece.start + piece.length
        assert read.text[piece.at : piece.at + piece.length] == text[piece.start : stop]
        assert piece.start >= last
        last = stop
    assert view(repaired(text)).gaps == read.gaps


@pytest.mark.parametrize(
    "bit",
    [
        *"` + ++ $$ [ ] < << { ( (( (((  \" ' `` | ^ ~ * _ # \\ & ".split(),
        *": :: a: link: link:a[ image:a[ [[ a:: ====".split(),
        *("a\n", "----\n", "|===\n|", "* a\n", "a::\n", "[a]\n", "\n", "a\n-\n"),
        *(" +\n", "//a\n", "[a,", "<<a,", "`a", "+a ", "a `", "image::a["),
        *(". ", "---\n", "====\n\n", ":a: \\\n"),
    ],
)  # fmt: skip
def test_a_hostile_text_takes_linear_time(bit: str) -> None:
    start = time.process_time()
    view(bit * (100_000 // len(bit)))
    assert time.process_time() - start < 3
