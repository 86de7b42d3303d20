"""The prose of Markdown, as markdown-it-py parses it (CommonMark with tables and front matter).

Prose: paragraphs, headings, list items, quotations, table cells, link texts, alternative texts, and
the titles in front matter. Left alone: code, HTML, targets, template tags, directives, formulas.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from markdown_it.token import Token

from scrubber.markup import front_matter
from scrubber.markup.html_names import BLOCKS
from scrubber.markup.markdown_marks import Mark
from scrubber.markup.markdown_parser import parsed
from scrubber.markup.wraps import wrapped
from scrubber.view import HOLE, View, Writer

_LINE = re.compile(r"\r\n|\r|\n")
_TEMPLATE = re.compile(
    r"\{\{[<%][ ]*(?P<short>[\w-]*(?:code|highlight|mermaid)[\w-]*)\b"  # code of Hugo
    r".{0,4000}?\{\{[<%][ ]*/[ ]*(?P=short)[^{}]*\}\}"
    r"|\{%-?[ ]*(?P<tag>highlight|raw|code\w*)\b.{0,4000}?\{%-?[ ]*end(?P=tag)[ ]*-?%\}|"
    r"\{\{.{0,500}?\}\}|\{%.{0,500}?%\}|\{#.{0,500}?#\}|<%.{0,500}?%>"  # Jinja, Liquid, Hugo, ERB
    r"|\+\+[\w+-]+\+\+|\{[\w:-]+\}(?=`)|\{[:#.][^{}\n]*\}"  # a MyST role; an attribute list
    r"|^[ \t]*(?::::|!!!|\?\?\?|===|---?8<|\.\. )[^\n]*"  # the head of a directive
    r"|^\[![A-Z]+\]|\[\[[^\[\]\n]*\]\]|\[\^[^\[\]\s]+\]:?"  # an alert, a wiki link, a note's mark
    r"|\$\$.{0,2000}?\$\$|(?<![\w$\\])\$(?=\S)[^$\n]*?(?<=\S)\$(?![\w$])"  # formulas
    r"|(?<![\w:]):[a-z0-9_+-]+:(?![\w:])",  # an emoji by its name
    re.DOTALL | re.MULTILINE,
)
_SIGNS = ("{", "$", "<%", "++", ":::", "!!!", "???", "===", "8<", ".. ", "[!", "[[", "[^")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
"""What each of them holds: few texts have more than one or two of these signs."""

_CODE_TAGS = frozenset("code kbd samp var tt pre script style svg math button".split())
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_MDX = re.compile(r"(?:import|export)\s")


class _Lines(NamedTuple):
    """The lines of a text, as Markdown has them: where each starts, and where it stops."""

    starts: list[int]
    stops: list[int]


def view(text: str) -> View:
    """Return the prose of a Markdown text."""
    first = int(text.startswith("\ufeff"))
    tokens = parsed(text[first:])
    lines = _lines(text, first)
    writer = Writer(text)
    alts: list[tuple[int, int]] = []
    signs = [sign for sign in _SIGNS if sign in text] + [":"] * bool(_EMOJI.search(text))
    at, home = 0, ""
    for token in tokens:
        if token.type == "front_matter":
            front_matter.put(writer, first, lines.stops[(token.map or [0, 1])[1] - 1])
        elif token.type == "inline":
            content = _Content(text, token, lines, at)
            if content.spans:
                at = content.spans[-1][2]
                _inline(writer, content, _marks(token, signs), home, alts)
            else:
                writer.block("unread")
        elif token.type in ("fence", "code_block", "html_block"):
            writer.aside(token.content)
            writer.block(f"{token.type} {token.level}")
        elif token.nesting >= 0:
            home = f"{token.type} {token.tag} {token.level}"
            if token.type != "paragraph_open":
                writer.block(home)
    for start, end in alts:
        writer.part(start)
        writer.keep(start, end, 1)
    return writer.view()


def _lines(text: str, first: int) -> _Lines:
    if "\r" in text:
        breaks = [found.span() for found in _LINE.finditer(text, first)]
        stops = [stop for stop, _ in breaks]
        return _Lines([first, *(start for _, start in breaks)], [*stops, len(text)])
    ends = list(accumulate(len(line) + 1 for line in text[first:].split("\n")))
    starts = [first, *(first + end for end in ends[:-1])]
    return _Lines(starts, [first + end - 1 for end in ends])


class _Content:
    """The content of an inline token, with the place of each of its lines in the text.

    `spans` are (offset in the content, offset in the text, end in the text), and empty where the
    content does not stand in the text as it is: a table's cell with an escaped bar.
    """

    def __init__(self, source: str, token: Token, lines: _Lines, at: int) -> None:
        self.text = token.content
        self.spans: list[tuple[int, int, int]] = []
        number = (token.map or [0, 0])[0]
        offset = 0
        for line in self.text.split("\n"):
            body = line.lstrip(" \t")
            begin, stop = max(at, lines.starts[number]), lines.stops[number]
            if body and source.endswith(body, begin, stop):
                start = stop - len(body)
            else:
                start = source.find(body, begin, stop)
                if start < 0:
                    self.spans = []
                    return
            at = start + len(body)
            self.spans.append((offset + len(line) - len(body), start, at))
            offset += len(line) + 1
            number += 1
        self._begins = [begin for begin, _, _ in self.spans]

    def place(self, offset: int) -> int:
        """Return where an offset of the content lies in the text."""
        number = bisect_right(self._begins, offset) - 1 if offset else 0
        begin, start, end = self.spans[max(0, number)]
        return min(max(start, start + offset - begin), end)


def _inline(
    writer: Writer,
    content: _Content,
    marks: Sequence[Mark],
    home: str,
    alts: list[tuple[int, int]],
) -> None:
    """Put the content of one block into the view; `home` is what the block is."""
    first, last = content.spans[0][1], content.spans[-1][2]
    if _MDX.match(content.text) and "{" in content.text:
        return  # MDX, not prose
    writer.block(f"prose of {home}", first, last, leaf=True)
    writer.part(first)
    if not marks:
        writer.keep(first, last)
        return
    at, depth, code = 0, 0, ""
    wraps = wrapped(content.text) if len(content.spans) > 1 else frozenset()
    for mark in marks:
        if mark.start < at:
            continue
        if not code:
            _keep(writer, content, at, mark.start, depth)
        at = mark.end
        if mark.kind == "html":
            code = _tag(writer, content, mark, code)
        elif code:
            continue
        elif mark.kind in ("open", "close"):
            opens = mark.kind == "open"
            if mark.put == "link":
                writer.link(opens=opens)
                writer.target("" if opens else content.text[mark.start : mark.end])
            depth += 1 if opens else -1
            if not opens:
                _keep(writer, content, at, at, depth)
        elif mark.kind == "break":
            if mark.start in wraps:
                writer.put(" ")
            else:
                start, end = content.place(mark.start), content.place(mark.end)
                writer.keep(start, end) if not writer.source[start:end].strip() else writer.put(
                    "\n"
                )
        elif mark.kind == "char":
            writer.put(mark.put)
        else:
            if mark.kind == "code":
                writer.aside(content.text[mark.start : mark.end])
            elif mark.kind == "image" and mark.inner[0] < mark.inner[1]:
                alts.append((content.place(mark.inner[0]), content.place(mark.inner[1])))
            writer.put(HOLE)
    if not code:
        _keep(writer, content, at, len(content.text), depth)


def _keep(writer: Writer, content: _Content, start: int, end: int, depth: int) -> None:
    writer.keep(content.place(start), content.place(end), depth)


def _tag(writer: Writer, content: _Content, mark: Mark, code: str) -> str:
    """What an HTML tag within prose does; returns the name of the tag whose end is awaited."""
    found = _TAG.match(content.text, mark.start)
    if found is None:
        if not code:
            writer.put(HOLE)
        return code
    closing, name = found[1], found[2].lower()
    if code:
        return "" if closing and name == code else code
    if name in _CODE_TAGS or found[2][0].isupper():
        writer.put(HOLE)
        return "" if closing or content.text[mark.end - 2] == "/" else found[2].lower()
    if name == "br" or name in BLOCKS:
        writer.put("\n")  # the cells of a table hold whole paragraphs
    elif name in ("img", "sub", "sup"):
        writer.put(HOLE)  # an index touches what it stands at
    else:
        if name == "a":
            writer.link(opens=not closing)
        _keep(writer, content, mark.end, mark.end, 0)
    return code


def _marks(token: Token, signs: Sequence[str]) -> list[Mark]:
    """What the parser found, and the tags of templates, in order; of two, the first and longer."""
    marks: list[Mark] = token.meta.get("marks", [])
    if any(sign in token.content for sign in signs):
        found = _TEMPLATE.finditer(token.content)
        marks = [*marks, *(Mark(*hit.span(), "template") for hit in found)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end)) if len(marks) > 1 else marks
