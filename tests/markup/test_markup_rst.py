from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rst_skeletons import prose, skeleton
from wrapping import deadline, dev_texts, in_rst

from scrubber import engine
from scrubber.markup import reader
from scrubber.markup.rst import view
from scrubber.model import Document
from scrubber.rules import Rule
from scrubber.view import View

READ = {
    "titles": ("====\nOne\n====\n\nTwo *a*\n-------\n\nThree\n", "One|Two a|Three"),
    "no title": ("One more\n---\n\n- Two more\n  ---\n", "One more\n---|Two more\n  ---"),
    "misplaced titles": ("- One\n  -----\n\n  =====\n\n----\n\nTwo\n", "Two"),
    "items": (
        "- One\n  two\n\n  three\n- four\n\n#. Five\n\n1) Six\n",
        "One\n  two|three|four|Five|Six",
    ),
    "no items": ("1. One\nran\n\nmild. Two\n\n2009. Three\n", "1. One\nran|mild. Two|Three"),
    "terms": ("One\n  Two\n\nthree : four\n  Five\n", "One|Two|Five"),
    "quotations": ("One\n\n  Two\n\n  -- Three\n\n  Four\n", "One|Two|Four"),
    "fields": (":one: Two\n:type x: three\n:Author: Four\n", "Two"),
    "options": ("-a           One\n--bee=SEA    Two\n", "One|Two"),
    "verses": ("| One\n  two\n|   three\n", "One\n  two|three"),
    "notes": (".. [1] One\n.. [#two] Three\n.. [Four] Five\n   six\n", "One|Three|Five\n   six"),
    "code": (
        "One::\n\n  two\n\nThree ::\n\n> four\n> five\n\n>>> six\nseven\n\n::\n\n a\n",
        "One:|Three",
    ),
    "a blank line is missing": ("One::\n  two\n", ""),
    "comments": (".. One\n   two\n\n   three\n\n..\n\n   Four\n", "Four"),
    "targets": (".. _one: two\n   three\n.. _`a b`: c\n__ four\n.. __: d\n\nFive\n", "Five"),
    "substitutions": (".. |a| replace:: One\n\nTwo |a| three.\n", "Two ￼ three."),
    "drawn tables": (
        "+-----+----+\n| One | b  |\n| c   |    |\n+=====+====+\n| - D | e  |\n+-----+----+\n\nF\n",
        "One\nc|b|D|e|F",
    ),
    "ruled tables": (
        "==  ==\nA   b c\n    d\n==  ==\nEf  g\n\n    h\n==  ==\n\nI\n",
        "A|b c\n    d|Ef|g|h|I",
    ),
    "odd tables": (
        "+---+---+\n| a | b |\n+---+---+\n| cells |\n+---+---+\n\n"
        "== ==\na  b\n-----\nc\n== ==\n\n== ==\naaaa\n== ==\n\n== ==\n   b\n== ==\n\nOne\n",
        "One",
    ),
    "admonitions": (
        ".. note:: One\n   two\n   :class: a\n\n   Three\n\n.. tip::\n\n   Four\n",
        "One\n   two|Three|Four",
    ),
    "titled": (
        ".. topic:: One\n   :class: a\n\n   Two\n\n.. list-table:: Three\n\n   * - Four\n",
        "One|Two|Three|Four",
    ),
    "versions": (".. versionadded:: 3.1\n   One\n\n   Two\n", "One|Two"),
    "signatures": (".. py:function:: one(two)\n   :no-index:\n\n   Three\n", "Three"),
    "pictures": (
        ".. figure:: a.png\n   :alt: One\n     two\n   :width: 3\n\n   Three\n",
        "One\n     two|Three",
    ),
    "other directives": (
        ".. code-block:: c\n\n   a\n\n.. toctree::\n\n   b\n\n.. unknown::\n\n   c\n\n"
        ".. autosummary::\n   :toctree: d\n\n   e\n\n.. automodule:: f\n\n   One\n",
        "One",
    ),
    "emphasis": ("a *b* **c d** *e f\n*g * 2*h \\*i\\* j\\ k", "a b c d *e f\n*g * 2*h *i* jk"),
    "literals": ("a ``b\\`` c ````` `d` :e:`f` `g`:h: :ref:`i` _`j`", "a ￼ c ￼ ￼ ￼ ￼ ￼ j"),
    "links": ("a `b <c>`_ `d\n<e_>`__ :ref:`f <g>` h_ `i`_ `<j>`_", "a b d f h i ￼"),
    "marks of notes": ("a [1]_ b [#c]_ d [e]_", "a ￼ b ￼ d ￼"),
    "addresses": ("a http://b.c/d_e*f g@h.i", "a http://b.c/d_e*f g@h.i"),
    "in quotes": ("a \"*\" b (`) c '``' d", "a \"*\" b (`) c '``' d"),
    "templates": ("a {{ *b }} c {% if d %} *e*", "a ￼ c ￼ e"),
    "other line ends": ("\ufeffOne\r\n===\r\n\r\nTwo\r\n", "One|Two"),
    "tabs": ("One\n\tTwo\n\n-\tThree\n\tfour\n", "One|Two|Three\n\tfour"),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_what_is_prose(text: str, expected: str) -> None:
    read = view(text)
    assert re.sub(r"\s*\n\r?\n\s*", "|", read.text).strip() == expected
    _holds(read)


def _holds(read: View) -> None:
    """Every piece stands in the text as in the prose, and none overlaps another."""
    at = 0
    for piece in read.pieces:
        there = read.source[piece.start : piece.start + piece.length]
        assert read.text[piece.at : piece.at + piece.length] == there
    for piece in sorted(read.pieces, key=lambda piece: (piece.start, piece.length)):
        assert piece.start >= at
        at = piece.start + piece.length


def _settled(text: str, rules: tuple[Rule, ...]) -> str:
    document = Document(text, None, "a.rst", reader=reader("a.rst"))
    return engine.settle(document, rules, engine.SUGGESTED).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by `Ann Lee <u>`_Who saw it land.", "by `Ann Lee <u>`_, who saw it land."),
        ("by `Ann Lee <u>`__who saw it land.", "by `Ann Lee <u>`__ who saw it land."),
        ("by :ref:`Ann Lee <u>`who saw it land.", "by :ref:`Ann Lee <u>` who saw it land."),
        ("with the`harbour union <u>`_ there.", "with the `harbour union <u>`_ there."),
        ("by `Ann Lee <u>`_\\ who saw it land.", "by `Ann Lee <u>`_\\  who saw it land."),
    ],
)
def test_a_word_that_touches_a_link_is_parted_from_it(
    before: str, after: str, rules: tuple[Rule, ...]
) -> None:
    assert _settled(f"It was written {before}\n", rules) == f"It was written {after}\n"
    assert _settled(f"It was written {after}\n", rules) == f"It was written {after}\n"


@pytest.mark.parametrize(
    "text",
    [
        "All the `ferry <u>`_\\ s are late, and `Ann <u>`_’s too; we re\\ `start <u>`_ them.\n",
        "Use `Java <u>`_\\ Script and see `the the`_ or the_ [the]_ with it.\n",
        "The ``treatyBut`` and `seaBut` of :func:`theMayor.treatyBut` there.\n",
        "The mayor said::\n\n  signed the treatyBut of the the\n",
        ".. code-block:: none\n\n   the mayor signed the treatyBut\n",
        ".. image:: the the.png\n   :target: seaBut\n",
        ".. _theMayor: https://seaBut.example/the the\n",
        ">>> treatyBut of the the\n",
        ":treatyBut the the: and so on\n",
        "See https://seaBut.example/theMayor and `it <https://seaBut.example/theMayor>`_.\n",
        ".. treatyBut of the the\n\n   treatyBut\n",
        "The {{ treatyBut }} and {% if treatyBut %} of it.\n",
        "treatyBut : the the\n    And so on.\n",
    ],
)
def test_what_is_no_prose_stays(text: str, rules: tuple[Rule, ...]) -> None:
    found, _ = engine.find(Document(text, reader=reader("a.rst")), rules)
    assert found == []


def test_a_title_stays_within_its_line(rules: tuple[Rule, ...]) -> None:
    title = "Nobody was hurtBut all were late"
    body = "\n\nNobody was hurtBut all were late.\n"
    wide, narrow = ("=" * (len(title) + more) for more in (2, 0))
    assert "hurt, but" in _settled(f"{title}\n{wide}{body}", rules).split("\n")[0]
    after = _settled(f"{title}\n{narrow}{body}", rules)
    assert after.startswith(f"{title}\n{narrow}\n\n")
    assert "hurt, but" in after


def test_a_cell_stays_within_its_column(rules: tuple[Rule, ...]) -> None:
    said = "Nobody was hurtBut all were late"
    last, first = (
        "===  {0}\none  {1}\n===  {0}\n".format("=" * 99, "{}"),
        "{0}  {0}\n{1}  two\n{0}  {0}\n".format("=" * len(said), "{}"),
    )
    assert _settled(last.format(said), rules) == last.format(said.replace("But", ", but"))
    assert _settled(first.format(said), rules) == first.format(said)
    drawn = "+{0}+\n|{1}|\n+{0}+\n".format("-" * len(said), said)
    assert _settled(drawn, rules) == drawn
    found, _ = engine.find(Document(drawn, reader=reader("a.rst")), rules)
    assert [finding.proposals for finding in found] == [()]


def test_what_is_referred_to_keeps_its_name(rules: tuple[Rule, ...]) -> None:
    text = "Nobody was hurtBut late\n=========================\n\nSee `nobody was hurtbut late`_.\n"
    assert _settled(text, rules) == text


def test_code_and_targets_are_told() -> None:
    read = view("See `it <theMayor>`_ and ``seaBut``::\n\n  treatyBut\n\n.. _a: harbourWho\n")
    assert {"seaBut", "treatyBut"} <= set(re.findall(r"\w+", read.aside))
    assert {"theMayor", "harbourWho"} <= set(re.findall(r"\w+", read.targets))
    assert [read.text[start:end] for start, end in read.links] == ["it"]


_BITS = st.sampled_from(
    [
        *("* ", "- ", "1. ", "(a) ", "i. ", "#. ", ":field: ", "-o  ", "--long=x  ", ">>> ", "| "),
        *(
            "+--+--+\n",
            "|  |a |\n",
            "=== ===\n",
            ".. ",
            ".. note::",
            ".. note:: ",
            ".. code-block:: x\n",
        ),
        *(".. figure:: x.png\n", ":alt: ", ":class: x\n", ".. _a: ", "__ ", ".. |s| image:: y\n"),
        *(".. [1] ", ".. [#a] ", ".. [Cit] ", "====\n", "----\n", "==========\n", "::\n", "::"),
        *("*", "**", "``", "`", "_`", "|", "`_", "`__", " <u>`_", "_ ", "__ ", "[1]_", "\\", "\\ "),
        *(":class:`", ":ref:`", " : ", "http://a.b/c", "a@b.c", "é", "“", "”", "(", ")", '"', "'"),
        *("- -- ", "--", ".. admonition:: T\n", ".. versionadded:: 1.0 ", ".. unknown::\n", "..\n"),
        *(".. topic:: X\n", "\r\n", "\n\t", "—", "> ", "<", "  ", "   ", "\n  ", "\n    ", "\n"),
        *("\n\n", "\n\n", "\n", "the ", "boat", "boat ", "harbour ", "The boat sails. "),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(_BITS, max_size=25).map("".join), st.data())
def test_new_words_in_the_prose_leave_the_tree_as_it_is(text: str, data: st.DataObject) -> None:
    read = view(text)
    _holds(read)
    words = [
        hit.span()
        for piece in read.pieces
        for hit in re.compile("[A-Za-z]{3,}").finditer(
            text, piece.start, piece.start + piece.length
        )
    ]
    if not words:
        return
    start, end = data.draw(st.sampled_from(words))
    after = text[:start] + "Boats" + text[end:]
    seen = view(after)
    if seen.gaps == read.gaps and _kinds(seen) == _kinds(read) and seen.flaws == read.flaws:
        assert skeleton(after) == skeleton(text)


@pytest.mark.parametrize(
    "text",
    ["a@b.c\\a@b.cthe ", "the'a@b.c", "*a*-“a@b.cthe-", "a@b.c`the <u>`_"],
)
def test_new_words_in_an_address_would_change_the_tree(text: str) -> None:
    word = re.compile("[A-Za-z]{3,}").search(text)
    assert word
    assert skeleton(text[: word.start()] + "Boats" + text[word.end() :]) != skeleton(text)
    assert not any(
        piece.start <= word.start() < piece.start + piece.length for piece in view(text).pieces
    )


def _kinds(read: View) -> list[str]:
    return [block.kind for block in read.blocks]


def test_in_damaged_texts_the_tree_stays_as_it_is(rules: tuple[Rule, ...]) -> None:
    changed = 0
    for number, plain in enumerate(dev_texts(deadline(), seed=13)):
        text = in_rst(plain, number)
        read = view(text)
        said = "".join(filter(str.isalnum, read.text))
        assert len(said) > 0.8 * len(prose(text))
        after = _settled(text, rules)
        changed += after != text
        assert view(after).gaps == read.gaps
        assert skeleton(after) == skeleton(text)
    assert changed > deadline() / 3


@pytest.mark.parametrize(
    "bit",
    [
        "*", "* ", "*a ", "**a ", "`", "`a ", "``a ", "``a`", "_`a ", "|a ", "a_ ", "a-", "a.",
        ":a", ":a:`", "[a", "`a <", "`a <b>`_", "a`", "\\", "- ", "1. ", "(a) ", ":a: ", "| ",
        ">>> ", "+-", "+--+\n", "+-+-+\n| |a|\n", "= ", "== ==\n", "== ==\n\n",
        "= =\na a\n", ".. ", ".. a::\n", ".. [", ".. _a",
        ".. |a", "\n ", " a\n\n -- b\n\n", "a::\n\n", "a\n=\n", "====\n", "a\n b\n", "{{",
        "http://a", "a@", "-a ", "-a, ", "m", "\t", ".. note:: ", ".. note::\n\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("nested", [False, True], ids=["in a row", "nested"])
def test_hostile_text_takes_no_more_than_its_length(bit: str, nested: bool) -> None:
    text = bit * (60_000 // len(bit))
    if nested:
        text = "".join(f"{' ' * n}{bit.strip()} \n" for n in range(300))
    start = time.process_time()
    view(text)
    assert time.process_time() - start < 5
