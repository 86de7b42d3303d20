"""The prose of reStructuredText, as docutils and Sphinx read it.

Prose: titles, paragraphs, items, cells, quotations, terms and definitions, notes and other
directives that hold text, bodies of fields and footnotes, texts of links, alternative texts. Left
alone: literal blocks and inline literals, all other directives, roles, references by name, targets,
substitutions, comments, names of fields, attributions, tables that are not plain, template tags.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from scrubber.markup.rst_blocks import Part, parts
from scrubber.markup.rst_inline import Mark, marks, normal
from scrubber.markup.rst_lines import Line
from scrubber.markup.wraps import wrapped
from scrubber.view import HOLE, View, Writer


def view(text: str) -> View:
    """Return the prose of a text in reStructuredText."""
    page = _Page(text)
    for part in parts(text, int(text.startswith("\ufeff"))):
        page.put(part)
    return page.view()


class _Page:
    """The view as it is put together, with the names that link a text's parts."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.writer = Writer(source)
        self.named: list[str] = []
        self.referred: set[str] = set()

    def view(self) -> View:
        """Return the view; a title or a link that something refers to keeps its name."""
        for name in self.named:
            if name in self.referred:
                self.writer.block(f"name {name}")
        return self.writer.view()

    def put(self, part: Part) -> None:
        """Write a part."""
        if part.kind == "mark":
            self.writer.block(part.name)
        elif part.kind == "flaw":
            self.writer.flaw(part.name)
        elif part.kind == "target":
            self.writer.block("target")
            self.writer.target(part.name)
        elif part.kind == "code":
            for line in part.lines:
                self.writer.aside(self.source[line.start : line.stop])
        else:
            self._prose(part)

    def _prose(self, part: Part) -> None:
        content = _Content(self.source, part.lines)
        if part.name.startswith(("title ", "term ")):
            self.named.append(normal(content.text))
        first, last = part.lines[0].start, part.lines[-1].stop
        self.writer.block(part.name, first, last, leaf=True)
        self.writer.part(first)
        if part.kind == "plain":
            found = [Mark(at, at + 1, "break") for at, c in enumerate(content.text) if c == "\n"]
        else:
            found = marks(content.text)
        self._inline(content, found)

    def _inline(self, content: _Content, found: Sequence[Mark]) -> None:
        writer, at, depth = self.writer, 0, 0
        wraps = wrapped(content.text)
        for mark in found:
            content.keep(writer, at, mark.start, depth)
            at = mark.end
            if mark.kind in ("open", "close"):
                depth += 1 if mark.kind == "open" else -1
                if mark.target:
                    writer.link(opens=mark.kind == "open")
                if mark.kind == "close":
                    writer.target(mark.target)
                    if mark.put:
                        writer.flaw(f"a word touches {mark.target}")
                    content.keep(writer, at, at, depth)
                    if mark.name:
                        self.named.append(mark.name)
            elif mark.kind == "break":
                self._break(content, mark, filled=mark.start in wraps)
            elif mark.kind == "put":
                writer.put(mark.put)
                if mark.name:
                    self.named.append(mark.name)
            else:
                self._hole(content, mark)
        content.keep(writer, at, len(content.text), depth)

    def _break(self, content: _Content, mark: Mark, *, filled: bool) -> None:
        start, end = content.place(mark.start), content.place(mark.end)
        if filled:
            self.writer.put(" ")
        elif self.source[start:end].strip():
            self.writer.put("\n")
        else:
            self.writer.keep(start, end)

    def _hole(self, content: _Content, mark: Mark) -> None:
        """Write what is not to be changed; what it refers to is not to be changed either."""
        if mark.name:
            self.referred.add(mark.name)
        if mark.kind == "name":
            self.writer.link(opens=True)
            self.writer.put(mark.put)
            self.writer.link(opens=False)
        else:
            if mark.kind == "code":
                self.writer.aside(content.text[mark.start : mark.end])
            self.writer.put(HOLE)


class _Content:
    """The content of a block, with the place of each of its lines in the text."""

    def __init__(self, source: str, lines: Sequence[Line]) -> None:
        self.text = "\n".join(source[line.start : line.stop] for line in lines)
        self._lines = lines
        self._offsets: list[int] = []
        at = 0
        for line in lines:
            self._offsets.append(at)
            at += line.stop - line.start + 1

    def place(self, offset: int) -> int:
        """Return where an offset of the content lies in the text."""
        number = bisect_right(self._offsets, offset) - 1
        return self._lines[number].start + offset - self._offsets[number]

    def keep(self, writer: Writer, start: int, end: int, depth: int) -> None:
        """Keep a stretch of one line as prose."""
        first = self.place(start)
        writer.keep(first, first + end - start, depth)
