"""Where the links of a Markdown or HTML page stand, found without scrubber's own readers.

A link is only taken where a parser agrees: markdown-it for Markdown, the standard library's
HTMLParser for HTML. What these do not take for a link (code, front matter, HTML blocks in
Markdown, scripts) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

Markup = Literal["markdown", "html"]


class Link(NamedTuple):
    """A link in the raw page, in code points.

    `start` to `end` holds its markup, with the inline tags that open right before it and close
    right after it; `first` and `last` are its text's first and last character, -1 where that
    side is code or an edge that the parser does not confirm.
    """

    start: int
    first: int
    last: int
    end: int


_LINK = re.compile(
    r"""(?<![\\!\]])\[(?!\^|[ xX]\])
        (?P<text>(?:[^\[\]\\`\n]|\\.|`[^`\n]+`)+)\]
        (?:\((?:[^()\s]|\([^()\s]*\))*(?:\s"[^"\n]*")?\) | \[[^\[\]\n]*\] | (?![\[(:]))""",
    re.VERBOSE,
)
_FRONT = re.compile(r"\A---\r?\n.*?\n---[ \t]*\r?\n", re.DOTALL)
_MARK = 0xF0000  # private use: the first of the marks that are planted to see where links end
_MOST = 0xFFFD
_EMPHASIS = "*_"


def links(page: str, markup: Markup) -> list[Link]:
    """Return the links of a page, in order.

    >>> links("See [the map](m.png) here.", "markdown")
    [Link(start=4, first=5, last=11, end=20)]
    >>> links('See <a href="m.png">the map</a> here.', "html")
    [Link(start=4, first=20, last=26, end=31)]
    """
    return _in_markdown(page) if markup == "markdown" else _Reader(page).found


def _in_markdown(page: str) -> list[Link]:
    front = _FRONT.match(page)
    body = front.end() if front else 0
    if any(_MARK <= ord(char) <= _MARK + _MOST for char in page):
        return []
    candidates = list(_LINK.finditer(page, body))[:_MOST]
    planted, at = [], body
    for number, candidate in enumerate(candidates):
        mark = chr(_MARK + number)
        planted += [page[at : candidate.start()], mark, candidate[0], mark]
        at = candidate.end()
    opened, closed = _confirmed("".join([*planted, page[at:]]))
    found = []
    for number, candidate in enumerate(candidates):
        if number in opened or number in closed:
            first, last = candidate.start("text"), candidate.end("text") - 1
            while first < last and page[first] in _EMPHASIS:
                first += 1
            while last > first and page[last] in _EMPHASIS:
                last -= 1
            opens = number in opened and page[first] != "`"
            closes = number in closed and page[last] != "`"
            ends = first if opens else -1, last if closes else -1
            found.append(Link(candidate.start(), *ends, candidate.end()))
    return found


def _confirmed(planted: str) -> tuple[set[int], set[int]]:
    """Return the marks that stand right before and right after what is rendered as a link."""
    opened, closed = set(), set()
    for block in MarkdownIt("commonmark").enable("table").parse(planted):
        for one, two in _neighbours(block.children or []):
            if one.type == "text" and one.content and two.type == "link_open":
                opened.add(ord(one.content[-1]) - _MARK)
            if one.type == "link_close" and two.type == "text" and two.content:
                closed.add(ord(two.content[0]) - _MARK)
    return opened, closed


def _neighbours(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    filled = [token for token in tokens if token.type != "text" or token.content]
    return pairwise(filled)


_CODE = frozenset("code pre kbd samp tt var script style textarea svg math title".split())
_INLINE = frozenset("b i em strong span cite q u small mark font abbr sup sub".split())


class _Token(NamedTuple):
    kind: Literal["open", "close", "text", "other"]
    name: str
    start: int
    code: bool


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._page = page
        self._starts = [0, *(found.end() for found in re.finditer("\n", page))]
        self._tokens: list[_Token] = []
        self._code: list[str] = []
        self.feed(page)
        self.close()
        self._add("other", "")
        self.found = list(self._links())

    def _add(self, kind: Literal["open", "close", "text", "other"], name: str) -> None:
        line, column = self.getpos()
        self._tokens.append(_Token(kind, name, self._starts[line - 1] + column, bool(self._code)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = tag == "a" and any(name == "href" for name, _ in attrs)
        self._add("open" if named or tag in _INLINE else "other", tag)
        if tag in _CODE:
            self._code.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._code:
            del self._code[self._code.index(tag) :]
        self._add("close" if tag == "a" or tag in _INLINE else "other", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("other", tag)

    def handle_data(self, data: str) -> None:
        self._add("text", "")

    def handle_entityref(self, name: str) -> None:
        self._add("other", "")

    handle_charref = handle_entityref

    def handle_comment(self, data: str) -> None:
        self._add("other", "")

    def handle_decl(self, decl: str) -> None:
        self._add("other", "")

    handle_pi = unknown_decl = handle_comment

    def _links(self) -> Iterator[Link]:
        tokens = self._tokens
        for at, token in enumerate(tokens):
            if token[:2] == ("open", "a") and not token.code:
                inside = range(at + 1, len(tokens))
                stop = next((n for n in inside if tokens[n][:2] == ("close", "a")), 0)
                if stop and all(tokens[n].name != "a" for n in range(at + 1, stop)):
                    yield self._link(at, stop)

    def _link(self, at: int, stop: int) -> Link:
        tokens = self._tokens
        inner = [n for n in range(at + 1, stop) if tokens[n].kind not in ("open", "close")]
        first = last = -1
        if inner and tokens[inner[0]].kind == "text" and not tokens[inner[0]].code:
            first = tokens[inner[0]].start
        if inner and tokens[inner[-1]].kind == "text" and not tokens[inner[-1]].code:
            last = tokens[inner[-1] + 1].start - 1
        while tokens[at - 1].kind == "open" and tokens[at - 1].name != "a" and at:
            at -= 1
        while tokens[stop + 1].kind == "close" and tokens[stop + 1].name != "a":
            stop += 1
        return Link(tokens[at].start, first, last, tokens[stop + 1].start)
