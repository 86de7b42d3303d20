from __future__ import annotations

import re
import time

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wrapping import deadline, dev_texts, in_catalogue

from scrubber import engine, packs
from scrubber.markup import reader
from scrubber.markup.gettext import view
from scrubber.model import Action, Document
from scrubber.view import View

RULES = packs.chosen(packs.built_in().rules)
GLUED = "The mayor of the harbour signed the treatyBut the clerk of the town did not do so."
PARTED = GLUED.replace("treatyBut", "treaty, but")


def repaired(text: str, actions: frozenset[Action] = engine.SUGGESTED) -> str:
    return engine.settle(Document(text, reader=reader("a.po")), RULES, actions).text


def _entry(said: str, before: str = "", key: str = "msgstr", said_by_us: str = "x") -> str:
    return f'{before}msgid "{said_by_us}"\n{key} "{said}"\n'


@pytest.mark.parametrize(
    "text",
    [
        _entry(GLUED, "#, fuzzy\n"),
        _entry(GLUED, "#, c-format, fuzzy\n#| msgid y\n"),
        _entry(GLUED, "#, no-wrap\n"),
        _entry(GLUED, said_by_us=GLUED),
        _entry("", said_by_us=GLUED),
        "#~ " + "#~ ".join(_entry(GLUED).splitlines(keepends=True)),
        _entry("yes", f"# {GLUED}\n#. {GLUED}\n#: {GLUED}\n#| msgid {GLUED}\n"),
        _entry("yes", f'msgctxt "{GLUED}"\n'),
        _entry(GLUED + '" oops "'),
        _entry(GLUED, "domain x\n"),
        _entry(GLUED) + 'msgstr "and again"\n',
        _entry(f"Language: en\\n{GLUED}", said_by_us=""),
        _entry("Read more"),
        _entry("Subscribe to our newsletter"),
        _entry("Source link\\n"),
        _entry("The %(treatyBut)s, {seaBut}, %{seaBut}, ${seaBut} and {n, plural, one {seaBut}}."),
        _entry("Here `the the`, :ref:`the the <seaBut>` and B<the the> <code>seaBut</code> are."),
        _entry("The file_nameBut, the Sea&But and the _seaBut of the harbour."),
        _entry("He saw the treatyBut of it.", said_by_us="See treatyBut."),
        _entry("Utiliser le comportement d'OpenPGP qui est strict.", said_by_us="use OpenPGP"),
        _entry("Sie haben kein Passwort!%0AEine leere Zeile ist nicht erlaubt.%%0ADas ist so."),
        _entry("La finestra si apre o si chiude premendo kbd:[A]."),
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    found, _ = engine.find(Document(text, reader=reader("a.po")), RULES)
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        _entry(GLUED),
        "\ufeff" + _entry(GLUED).replace("\n", "\r\n"),
        _entry(GLUED, "#, c-format\n"),
        _entry("yes", "#, fuzzy\n") + "\n" + _entry(GLUED, said_by_us="y"),
        _entry(GLUED, "#, fuzzy\n\n", said_by_us="") + _entry(GLUED, said_by_us="y"),
        f'msgid "x"\nmsgid_plural "y"\nmsgstr[0] "{GLUED}"\nmsgstr[1] "z"\n',
        _entry(GLUED.replace("signed ", 'signed "\n"').replace("clerk", '\\"clerk\\"\\t')),
        _entry(f"  {GLUED}  "),
        _entry(f"%s, {GLUED}\\n"),
    ],
)  # fmt: skip
def test_a_translation_is_repaired_in_its_place(text: str) -> None:
    head, found, tail = text.rpartition("treatyBut")
    assert found
    assert repaired(text) == head + "treaty, but" + tail


def test_what_a_translation_says_is_read() -> None:
    said = (
        '"  Here <b>is</b> a \\"file\\" %s and "\n"the <a href=\\"x y\\">union</a>\\n"\n'
        '"it&#39;s _File {x}\\t100 % \\303 done.\\n"'
    )
    read = view(_entry(said[1:-1]))
    assert read.text == 'Here is a "file" ￼ and the union\nit\'s ￼ ￼\t100 ￼ ￼ done.'
    assert [read.text[start:end] for start, end in read.links] == ["union"]
    assert view(_entry("Language: sv_SE\\n", said_by_us="") + _entry("a")).language == "sv"


def test_a_word_that_touches_a_link_is_parted_from_it() -> None:
    text = _entry('The minister met with the<a href=\\"u\\">union</a> of the pilots in June.')
    assert repaired(text) == text.replace("the<a", "the <a")


def skeleton(text: str) -> list[object]:
    """All that polib reads but the letters of the translations that are in use."""
    found: list[object] = []
    read = polib.pofile(text)
    found += [read.metadata, read.header]
    for entry in read:
        fixed = entry.obsolete or "fuzzy" in entry.flags or "no-wrap" in entry.flags
        said = [entry.msgstr, *entry.msgstr_plural.values()]
        marks = [re.findall(r'%\(\w+\)s|\{\w+\}|</?b>|_Boat|[\n"]', one) for one in said]
        found += [entry.msgid, entry.msgctxt, entry.msgid_plural, entry.flags, entry.comment]
        found += [entry.occurrences, entry.obsolete, said if fixed else marks]
    return found


def test_no_edit_of_the_labelled_texts_changes_what_polib_reads_beside_them() -> None:
    edited = 0
    for number, plain in enumerate(dev_texts(deadline() // 3, seed=21)):
        text = in_catalogue(plain, number)
        after = repaired(text)
        edited += after != text
        assert skeleton(after) == skeleton(text)
        assert view(after).gaps == view(text).gaps
        assert after.count("\n") == text.count("\n")
    assert edited > deadline() / 12


_BITS = st.sampled_from(
    [
        *'msgid msgstr msgstr[0] msgctxt msgid_plural " \\ \\n \\" \\x \\303 % %s { } < > <b> </b>'
        " <code> & &amp; _ #, #~ #| # fuzzy $ ` : @ é 😀 \ufeff".split(),
        *('msgid "a"\nmsgstr "', '"\n', '""\n"', "\n", "\r\n", "\r", " ", "<a href=\\\"u\\\">"),
        *("the the ", "seaBut ", "#, fuzzy\n", "</a>who "),
    ]
)  # fmt: skip
_SOUP = st.lists(st.one_of(_BITS, st.text('ab "\n', max_size=6)), max_size=30).map("".join)


@settings(max_examples=200, deadline=None)
@given(_SOUP)
def test_every_piece_stands_in_the_text_as_it_is(text: str) -> None:
    holds(view(text))
    assert view(repaired(text)).gaps == view(text).gaps


def holds(read: View) -> None:
    last = 0
    for piece in sorted(read.pieces, key=lambda piece: piece.start):
        stop = piece.start + piece.length
        there = read.source[piece.start : stop]
        assert read.text[piece.at : piece.at + piece.length] == there
        assert not set(there) & set('"\\\n\r')
        assert piece.start >= last
        last = stop


@pytest.mark.parametrize(
    "bit",
    [
        *'" \\ { < _ & % ` @ : $ a {a {{a} B< a_ %( :a:` \\" %\\" <code>'.split(),
        *("<a ", '"\n"', "<a href=x>"),
    ],
)
def test_a_hostile_text_takes_linear_time(bit: str) -> None:
    for text in (bit * (100_000 // len(bit)), _entry(bit * (100_000 // len(bit)))):
        start = time.process_time()
        view(text)
        assert time.process_time() - start < 3
