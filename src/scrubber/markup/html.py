"""The prose of HTML and XHTML, whole pages and fragments, with templates or without.

Prose: what stands in paragraphs, headings, cells, items, captions, the title, and in elements that
are not known; alternative texts. Left alone: tags and attributes, comments, code, scripts, forms'
controls, formulas, footnote marks, character references, templates' tags, what is not to be
translated, and what follows a tag or a comment that never ends.
"""

from __future__ import annotations

import re

from scrubber.markup import front_matter
from scrubber.markup.html_blocks import Block
from scrubber.markup.html_names import (
    APART,
    BLOCKS,
    CODE,
    FOREIGN,
    HOLES,
    INLINE,
    NOT_PROSE,
    UNSEEN,
    VOID,
)
from scrubber.markup.html_tokens import Token, attributes, tokens
from scrubber.markup.templates import MASK, masked
from scrubber.view import View, Writer

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*\r?(?:\n|\Z)")
_ALT = re.compile(r"[^&<>\t\n\f\r" + MASK + r"]*\w[^&<>\t\n\f\r" + MASK + r"]*")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?![A-Za-z])")
_BOXES = frozenset("span label small time data mark font".split())


def view(text: str) -> View:
    """Return the prose of an HTML text."""
    first = int(text.startswith("\ufeff"))
    writer = Writer(text)
    data = _FRONT_MATTER.match(text, first)
    if data is not None:
        front_matter.put(writer, *data.span())
        first = data.end()
    page = _Page(masked(text, first), writer)
    for token in tokens(page.source, first, xml=page.xml):
        page.read(token)
    page.end()
    return writer.view(page.language)


class _Page:
    """What is open while the tokens of a page pass by."""

    def __init__(self, source: str, writer: Writer) -> None:
        self.source = source  # with masked templates
        self.writer = writer
        self.block = Block(writer)
        self.xml = source[:200].lstrip("\ufeff \t\r\n").startswith("<?xml")
        self.hole = ""  # the element whose content is left alone
        self.nested = 0
        self.code = False
        self.alts: list[tuple[int, int]] = []
        self.language: str | None = None

    def read(self, token: Token) -> None:
        """Take the next token."""
        if self.hole and not self._out(token):
            return
        if token.kind == "text" or (token.kind == "raw" and token.name == "title"):
            self.block.text(self.source, token.start, token.end)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        elif self.source.startswith(("<!--#", "<!--[", "<![CDATA["), token.start):
            self.block.mark("unseen", token.start, token.end)

    def end(self) -> None:
        """Write what is left."""
        self.block.close()
        for start, end in self.alts:
            self.writer.part(start)
            self.writer.keep(start, end, 1)

    def _out(self, token: Token) -> bool:
        """Whether a token stands after the hole that was open, and is to be read."""
        if self.code and token.kind in ("text", "raw"):
            self.writer.aside(self.writer.source[token.start : token.end])
        if token.name != self.hole or token.kind == "raw":
            return False
        if token.kind == "start":
            if token.name == "p":  # it never stands in another
                self.hole = ""
                return True
            self.nested += not self._empty(token)
            return False
        self.nested -= 1
        if self.nested:
            return False
        self.hole = ""
        if token.name in APART or token.name in BLOCKS:
            self.block.close()
        return False

    def _empty(self, token: Token) -> bool:
        """Whether an element has no content, by its kind or by a slash that counts."""
        closed = self.source[token.end - 2] == "/"
        return token.name in VOID or (closed and (self.xml or token.name in FOREIGN))

    def _start(self, token: Token) -> None:
        name, block = token.name, self.block
        classed = self._alone(token)
        if name in HOLES or (classed is None and name not in VOID):
            self._open_hole(token)
        elif name == "br":
            block.mark("line", token.start, token.end)
        elif name in ("img", "input", "wbr"):
            block.mark("hole", token.start, token.end)
            if name == "img":
                self._alt(token)
        elif name in BLOCKS:
            block.close(name)
            if name == "area":
                self._alt(token)
            elif name == "html":
                self._told(token)
        elif name in INLINE:
            if name == "q":
                block.mark("put", token.start, token.end, "\u201c")
            elif not self._empty(token):
                note = "box" if classed and name in _BOXES else "link" if self._links(token) else ""
                block.open(name, token.start, token.end, note)
        else:
            block.mark("hole", token.start, token.end)

    def _end(self, token: Token) -> None:
        name, block = token.name, self.block
        if name == "q":
            block.mark("put", token.start, token.end, "\u201d")
        elif name in INLINE:
            block.shut(name, token.start, token.end)
        elif name in BLOCKS:
            block.close()
        elif name == "br":
            block.mark("line", token.start, token.end)
        elif name not in HOLES:
            block.mark("hole", token.start, token.end)

    def _open_hole(self, token: Token) -> None:
        name = token.name
        if name in APART or name in BLOCKS:
            self.block.close()
        else:
            kind = "unseen" if name in UNSEEN else "hole"
            self.block.mark(kind, token.start, token.end, "code" if name in CODE else "")
        if not self._empty(token):
            self.hole, self.nested = name, 1
            self.code = name in CODE or name in BLOCKS

    def _alone(self, token: Token) -> bool | None:
        """Whether a start tag names a class; None where its content is to be left alone."""
        tag = self.source[token.start : token.end]
        if "class" not in tag and "translate" not in tag and "CLASS" not in tag:
            return False
        found = attributes(self.source, token)
        if "translate" in found and found["translate"].value.lower() == "no":
            return None
        classes = found["class"].value.lower().split() if "class" in found else []
        for one in classes:
            if one in NOT_PROSE or one.startswith(("highlight-", "language-", "lang-")):
                return None
        return bool(classes)

    def _links(self, token: Token) -> bool:
        tag = self.source[token.start : token.end]
        if token.name != "a" or not ("href" in tag or "HREF" in tag):
            return False
        self.writer.target(tag)
        return True

    def _told(self, token: Token) -> None:
        """Note the language that the page names."""
        found = attributes(self.source, token)
        lang = found.get("lang") or found.get("xml:lang")
        code = _LANGUAGE.match(lang.value) if lang else None
        if code:
            self.language = code[1].lower()

    def _alt(self, token: Token) -> None:
        """Note the alternative text of an image: quoted, on one line, without references."""
        alt = attributes(self.source, token).get("alt")
        if alt and alt.quote and _ALT.fullmatch(alt.value):
            self.alts.append((alt.start, alt.start + len(alt.value)))
