from __future__ import annotations

import html as stdlib
import random
import re
import time
from collections.abc import Sequence

import pytest
from html_skeletons import prose, skeleton
from hypothesis import given
from hypothesis import strategies as st
from wrapping import deadline, dev_texts

from scrubber import engine
from scrubber.markup import html, reader
from scrubber.markup.html_tokens import tokens
from scrubber.markup.templates import MASK, masked
from scrubber.model import Action, Document
from scrubber.rules import Rule
from scrubber.view import View

READ = {
    "blocks": ("<h1>One</h1><ul><li>Two<li>Three</ul>Four<hr>Five", "One|Two|Three|Four|Five"),
    "no markup": ("a < b, AT&T and 3 <4 </> x", "a < b, AT&T and 3 <4 x"),
    "blanks are one": ("<p>\n  One \t two\n   three </p>\r\n<p>\n</p>", "One two three"),
    "blanks at tags": ("a <b> b </b> c<i> d</i>", "a b c d"),
    "inline": ('a <a href="u"><b>b</b></a>c<em>d</em>', "a bcd"),
    "line break": ("a<br>b <br/>\n<BR> c", "a\nb|c"),
    "code": ("<p>a <code>b<i>c</i></code> d <kbd>e</kbd><pre>f\ng</pre>", "a ￼ d ￼"),
    "marks of notes": ("word<sup><a href=#n>1</a></sup> CO<sub>2</sub>", "word￼ CO￼"),
    "struck out": ("<del>ten</del>eleven", "￼eleven"),
    "nested holes": ("<object><object>a</object>b</object>c", "c"),
    "nothing shown": ("a<script>b</script><p>c<style>d</style>e<template>f</template>", "a|c￼e"),
    "script with tags": ("<script>a='</p><b>'//</scriptx\n</script >b", "b"),
    "script in a script": ('<script>"<script>"</script>c', "c"),
    "script in a comment": ("<script><!--<script>a</script>b--></script>c", "c"),
    "comments": (
        "a<!-- b -> c -->d<!---->e<!-->f<!--->g<!--h--!>i<!--[if IE]>j<![endif]-->k",
        "adefgi￼k",
    ),
    "a comment that never ends": ("a<!-- b</p><p>c", "a"),
    "a tag that never ends": ("a<p class='x>b</p> c", "a"),
    "odd attributes": ("<p a=b'c \"=d e/f = '>' a=1 A=2>x</p><a href=x/>y", "x|y"),
    "doctype, CDATA, instructions": (
        "<?xml a='b'?><!DOCTYPE a [<!b>]>c<![CDATA[<d>]]>e<?f>g",
        "c￼eg",
    ),
    "references": (
        "a&amp;b&nbsp;c&#8217;s &eacute;t&eacute;&copy2 &foo; ex&shy;tra",
        "a&b\xa0c’s été©2 &foo; extra",
    ),
    "alternative texts": (
        "<p>a<img alt='b c' src=x>d<img alt=e><img alt='f &amp; g'><img alt=''>",
        "a￼d￼￼￼|b c",
    ),
    "left alone": (
        "<p translate=no>a</p><p class='x notranslate'>b<p>c<svg><text>d</text></svg>e",
        "c￼e",
    ),
    "highlighted": ("<div class='highlight-python'><div>a</div><b>b</b></div>c", "c"),
    "unknown elements": ("the<x-y>union</x-y>met", "the￼union￼met"),
    "title only": ("<head><title>A &lt; <b></title><meta content='x'></head><body>b", "A < <b>|b"),
    "forms": (
        "<label>Name</label> <input value=x><select><option>a</select><button>b</button>",
        "Name ￼￼￼",
    ),
    "templates": (
        "a{{ b }}c{% if d > e %}f{% endif %}<p {% if g > h %}i{% endif %}>j<% k %>",
        "a￼c￼f￼|j￼",
    ),
    "raw templates": ("a {% raw %}{{ b }} c{% endraw %} d <?php e ?>f", "a ￼ d ￼f"),
    "open braces": ("a {{ b <b>c</b> {% d", "a {{ b c {% d"),
    "placeholders": ("a {name} b ${total} [caption id=x]c[/caption]", "a ￼ b ￼ ￼c￼"),
    "template in an attribute": ("""<a href="{{ u("x") }}">a</a>""", "a"),
    "front matter": ("---\ntitle: The boat\nid: x\n---\n<p>a</p>", "The boat|a"),
    "quotation": ("said<q>a</q>", "said“a”"),
    "xhtml": ("<?xml version='1.0'?><p>a<script src='x'/>b<code/>c</p>", "a￼b￼c"),
    "not xhtml": ("<p>a<script src='x'/>b</script>c", "a￼c"),
    "a menu": ("<nav><a href=a>Home</a><a href=b>About</a></nav>", "Home￼About"),
    "links in a sentence": (
        "<p>All of us met <a href=a>him</a><a href=b>who</a>",
        "All of us met himwho",
    ),
    "a label": ("<p><span>New</span>Boats</p><p><span>exam</span>ple</p>", "New￼Boats|example"),
    "a badge": ("Boats<span class=x>New</span>", "Boats￼New"),
    "an icon": ("a<i class=x></i>b", "a￼b"),
    "a mark": ("\ufeff<p>a</p>", "a"),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_what_is_prose(text: str, expected: str) -> None:
    read = html.view(text)
    assert read.text.replace("\n\n", "|").rstrip() == expected
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


REPAIRED = {
    "after a link": (
        '<p>It was found by one, <a href="/y">Yoon Dae-ha</a>Who saw no lights on board.</p>',
        '<p>It was found by one, <a href="/y">Yoon Dae-ha</a>, who saw no lights on board.</p>',
    ),
    "before a link": (
        "<p>The minister met with the<a href=u>Union</a> of pilots on a day in June.</p>",
        "<p>The minister met with the <a href=u>Union</a> of pilots on a day in June.</p>",
    ),
    "between links": (
        "<p>The crew of the <a href=s>Northern Star</a><a href=n>was brought</a> in by noon.</p>",
        "<p>The crew of the <a href=s>Northern Star</a> <a href=n>was brought</a> in by noon.</p>",
    ),
    "a blank inside a link": (
        "<p>It was, he said, as if <a href=u>the boats </a>, late today, were to, in all, stay.",
        "<p>It was, he said, as if <a href=u>the boats</a>, late today, were to, in all, stay.",
    ),
    "in lines of Windows, with a mark": (
        "\ufeff<p>It was <a\r\nhref=u>Yoon Dae-ha</a>Who saw\r\nno lights on board, he said.\r\n",
        "\ufeff<p>It was <a\r\nhref=u>Yoon Dae-ha</a>, who saw\r\nno lights on board, he said.\r\n",
    ),
    "entities of a browser": (
        "<p>It was the clerk&rsquo;s desk, and <b>itâ€™s</b> not in the harbour at all.</p>",
        "<p>It was the clerk&rsquo;s desk, and <b>it’s</b> not in the harbour at all.</p>",
    ),
}


def _settled(text: str, rules: Sequence[Rule], actions: frozenset[Action]) -> str:
    return engine.settle(
        Document(text, None, "a.html", reader=reader("a.html")), rules, actions
    ).text


@pytest.mark.parametrize(("text", "expected"), REPAIRED.values(), ids=REPAIRED)
def test_what_is_repaired(text: str, expected: str, rules: tuple[Rule, ...]) -> None:
    assert _settled(text, rules, engine.SUGGESTED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<p>All the <a href=u>ferry</a>s are late, the <a href=u>clerk</a>’s desk is empty.</p>",
        "<p>They went with the <a href=u>union</a><a href=#n><sup>1</sup></a>and were late.</p>",
        "<p>They went with the union<a href=#n class=note><sup>1</sup></a> and were late.</p>",
        "<ul><li><a href=u>Home</a><a href=u>the news</a><a href=u>of the day</a></ul>",
        "<p>See <a href=u><img src=x></a>the picture that was made of it in the harbour.</p>",
        "<dt><strong>data</strong><span class=type><a href=u><code>int</code></a></span></dt>",
        "<a href=u><strong>Next</strong>Where the boats were</a>",
        "<li><a href=u>All the boats</a>How they were built, and where they are today.</li>",
        "<p>The crew was brought\n   ashore  by the boat.\n\n\n\n   And so it was.</p>",
        "<p>Source link</p>",
        "<p>The desk of the <a href=u>第2章</a>を見る and the boats of the harbour.</p>",
        '<p>She put it there.<img alt="x" title="the the  boat ,"></p>',
    ],
)
def test_what_is_left_alone(text: str, rules: tuple[Rule, ...]) -> None:
    assert _settled(text, rules, engine.SUGGESTED) == text


def test_a_language_without_rules_is_told_by_the_page(rules: tuple[Rule, ...]) -> None:
    text = "<p>It was found by a captain, <a href=u>Yoon Dae-ha</a>Who saw no lights on board.</p>"
    assert html.view(f"<html lang='sv-SE'>{text}").language == "sv"
    assert _settled(f"<html lang=sv>{text}", rules, engine.SUGGESTED) == f"<html lang=sv>{text}"
    assert "</a>, who" in _settled(f"<html lang=de>{text}", rules, engine.SUGGESTED)


_BITS = st.sampled_from(
    """
    < > & " ' = / - ! ? # ; { } % [ ] a The who b1 \u00e9 \U0001f600 \ufffc \t \r \r\n \f
    <a <a> <a\thref=u> </a> <b> </b> <p> </p> <p\tclass="x"> <li> </ul> <table> <tr> <td> </td>
    <code> </code> <pre> </pre> <script> </script> <style> </style> <title> </title> <textarea>
    </textarea> <svg> </svg> <svg/> <br/> <hr> <img\talt="b\tc"> <!-- --> <!doctype\thtml> <![CDATA[
    ]]> <?xml ?> <?php {{ }} {% %} {# #} <% %> {%\traw\t%} {%\tendraw\t%} <select> <option> <q> </q>
    <span\tclass=x> </span> <sup> </sup> <x-y> </x-y> &amp; &lt; &nbsp; &#65; &#x110000; &shy
    <template> <noscript> </noscript> <plaintext> <frameset> <body> </body> <html\tlang=sv> </html>
    &eacute
    """.split()
).map(lambda bit: bit.replace("\t", " ")) | st.sampled_from([" ", "\n", "\r\n", "\x00", "\u2028"])
_WORDS = st.sampled_from(["The ", "boat", " who ", "->", "<!-- boat -> who -->"])
_SOUP = st.lists(_WORDS | _BITS, max_size=40).map("".join)


@given(_SOUP)
def test_nothing_breaks_it_and_the_pieces_are_the_text(text: str) -> None:
    _holds(html.view(text))
    assert "".join(text[token.start : token.end] for token in tokens(text)) == text
    assert len(masked(text)) == len(text)


@given(_SOUP, st.data())
def test_new_words_in_the_prose_leave_the_tree_as_it_is(text: str, data: st.DataObject) -> None:
    text = text.replace("\x00", "")  # html5lib drops it in some places and not in others
    read = html.view(text)
    words = [word for piece in read.pieces for word in _words(text, piece.start, piece.length)]
    if not words:
        return
    start, end = data.draw(st.sampled_from(words))
    after = text[:start] + "Boats" + text[end:]
    assert html.view(after).gaps == read.gaps
    assert skeleton(after) == skeleton(text)


def _words(text: str, start: int, length: int) -> list[tuple[int, int]]:
    """The words of a piece that do not go on with a reference or a tag."""
    found = re.compile("[A-Za-z]{3,}").finditer(text, start, start + length)
    spans = [hit.span() for hit in found]
    return [(a, b) for a, b in spans if not set("&<") & set(text[max(0, a - 12) : a])]


@pytest.mark.parametrize(
    "bit",
    [
        "<", "<a ", "<a b='", "<a b=c ", "</", "<!--", "<!", "<![CDATA[", "<?", "<script>", "<b>",
        "<title>", "<script><!--<script>", "{{", "{{</", "{%", "{% raw %}", "{% endraw ", "<%", "&",
        "<?php ", "<?=", "&a", "&#", "{a", "[a ", "[a =", "<b></i>", "<b>a</b>", "<a href=u>",
        "<q>", "<code>", "<svg>", "<p class='x ", " \n", "---\n", "<img alt='a'>", "<!doctype [",
        "a<br>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["", "}}%}?>%>-->]]>"], ids=["open", "closed"])
def test_hostile_text_takes_no_more_than_its_length(bit: str, end: str) -> None:
    text = "---\n" * (bit == "---\n") + bit * (300_000 // len(bit)) + end
    start = time.process_time()
    html.view(text)
    assert time.process_time() - start < 5


def _wrapped(text: str, rng: random.Random) -> str:
    """A text as a page: its lines as paragraphs, and some of its words as links and the like."""
    parts = []
    for line in text.split("\n"):
        words = stdlib.escape(line, quote=False).split(" ")
        at = 0
        while at < len(words):
            size = rng.randint(1, 4)
            some = " ".join(words[at : at + size])
            if rng.random() < 0.2:
                tag = rng.choice(
                    ["a href='https://x.example/?a=1&amp;b= , '", "em", "b class='Who'"]
                )
                cut = rng.choice([0, 0, 0, 1, 2])  # a tag may end within a word
                some = (
                    f"<{tag}>{some[: len(some) - cut]}</{tag.split()[0]}>{some[len(some) - cut :]}"
                )
            words[at : at + size] = [some]
            at += 1
        code = "<code>the the ,Who</code>" if rng.random() < 0.3 else ""
        parts.append(f"<p>{' '.join(words)} {code}</p>")
    head = "<title>The boats</title>\n<body class='the  the'>"
    return f"{head}{chr(10).join(parts)}\n<!-- , the the -->"


def test_in_damaged_texts_the_tree_stays_as_it_is(rules: tuple[Rule, ...]) -> None:
    rng, changed = random.Random(5), 0
    for text in dev_texts(deadline(), seed=11):
        text = text.replace("{", "(")  # of a template, for all that is known
        page = _wrapped(text.replace("\x00", ""), rng)
        read = html.view(page)
        assert prose(page) == "".join(filter(str.isalnum, read.text))
        after = _settled(page, rules, engine.SUGGESTED)
        changed += after != page
        assert html.view(after).gaps == read.gaps
        assert skeleton(after) == skeleton(page)
    assert changed > deadline() / 3


def test_a_mask_is_as_long_as_what_it_stands_for() -> None:
    assert masked("a{{b}}c").replace(MASK, "#") == "a#####c"
    assert masked("{{ </b> }} {% x --> %} {{") == "{{ </b> }} {% x --> %} {{"
