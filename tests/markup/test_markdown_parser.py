"""The parser that asks few rules reads a text as the one that asks all of them."""

from __future__ import annotations

import random
from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from scrubber.markup.markdown_parser import parsed

PLAIN = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(front_matter_plugin)
    .use(deflist_plugin)
)
_HEADS = (
    *("", "", "", "", "", "> ", ">", "- ", "1. ", "12) ", "* ", "+", "  ", "    ", "\t", " - "),
    *(
        ": ",
        "~ ",
        ":",
        "\n: ",
        "\n~ ",
        "# ",
        "#",
        "===",
        "---",
        "--",
        "```",
        "~~~",
        "| ",
        "|---|",
        "<div>",
        "<!--",
    ),
    *("[a]: ", "\\", "\u00e9t\u00e9 ", "\x0c", "\u00a0", "- a-- "),
)
_WORDS = (
    *("ferry", "Harbour", "of", "the", "a*b", "*one*", "**two**", "_it_", "~~old~~", "~", "`so`"),
    *("[it](u)", "[it](<u v> 'w')", "[a][a]", "[a]", "![p](q)", "<http://a.b>", "<b>", "</b>"),
    *("&amp;", "&", "\\*", "\\", "a|b", "|", "!", "[", "]", "](javascript:x)", "](%20a b)"),
    *("[x](HTTP://Ä.example/ö)", "[y](javascript:z)", "1:2", "a=b", "{c}", "e#f", "***"),
)
_ENDS = ("", "", "", "", " ", "  ", "\\", "\t", "\x0c", "\r")
_MARKS = {
    "softbreak": "break",
    "hardbreak": "break",
    "code_inline": "code",
    "html_inline": "html",
    "image": "image",
}


def page(seed: int) -> str:
    """Return a text of which each line may be anything."""
    dice = random.Random(seed)
    lines = []
    for _ in range(dice.randint(1, 25)):
        words = dice.choices(_WORDS, [9] * 4 + [1] * (len(_WORDS) - 4), k=dice.randint(0, 6))
        said = " ".join(words) if dice.random() > 0.25 else ""
        lines.append(dice.choice(_HEADS) * (dice.random() > 0.5) + said + dice.choice(_ENDS))
    return "\n".join(lines) + dice.choice(["", "\n", "\n\n"])


def block(token: Token) -> list[object]:
    """Return all of a token that a reader asks about."""
    known = [token.type, token.tag, token.nesting, token.level, token.markup, token.info]
    return [*known, token.content] + [token.map] * (not token.type.startswith("paragraph"))


def shown(token: Token) -> Counter[str]:
    """Count the marks of a block by what the parser as it comes makes of them."""
    found = Counter[str]()
    for child in token.children or []:
        if child.markup == "autolink":
            found["link"] += child.nesting > 0
        elif child.nesting:  # of `**` each star has an end of its own
            name = "open" if child.nesting > 0 else "close"
            found[name] += 2 if child.tag == "strong" else 1
        elif child.type in _MARKS:
            found[_MARKS[child.type]] += 1
    return +found


def noted(token: Token) -> Counter[str]:
    """Count the marks that were noted, but characters written otherwise and lone backticks."""
    marks = [mark for mark in token.meta.get("marks", ()) if mark.kind != "char"]
    return Counter(m.kind for m in marks if token.content[m.start : m.end].strip("`"))


def test_a_parser_that_asks_few_rules_reads_the_same() -> None:
    kinds = Counter[str]()
    for seed in range(1500):
        text = page(seed)
        expected, found = PLAIN.parse(text), parsed(text)
        assert [*map(block, found)] == [*map(block, expected)], repr(text)
        for ours, theirs in zip(found, expected, strict=True):
            assert noted(ours) == shown(theirs), repr(text)
            kinds += noted(ours)
    assert min(kinds.values()) > 100, kinds
    assert len(kinds) == 7, kinds
