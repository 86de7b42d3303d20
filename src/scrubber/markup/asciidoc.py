"""The prose of AsciiDoc, by its blocks: paragraphs, titles, list items, quotations, table cells.

Left alone: verbatim blocks and what has a style that is not known, the header, attributes, macros,
comments, conditionals, terms of description lists, verse, tables that hold blocks or other formats.
https://docs.asciidoctor.org/asciidoc/latest/. What is doubtful is left alone.
"""

from __future__ import annotations

from scrubber.markup import front_matter
from scrubber.markup.asciidoc_inline import Inline
from scrubber.markup.asciidoc_lines import (
    ADMONITION,
    ATTRIBUTES,
    BLOCK_TITLE,
    DIRECTIVE,
    ENTRY,
    FENCE,
    FRONT_MATTER,
    ITEM,
    KNOWN,
    MACRO,
    RULE,
    STYLE,
    TERM,
    TITLE,
    UNDERLINE,
    VERBATIM,
    Line,
    lines_of,
)
from scrubber.markup.asciidoc_tables import cells
from scrubber.view import View, Writer


def view(text: str) -> View:
    """Return the prose of an AsciiDoc text."""
    first = int(text.startswith("\ufeff"))
    writer = Writer(text)
    data = FRONT_MATTER.match(text, first)
    if data is not None:
        front_matter.put(writer, *data.span())
        first = data.end()
    reading = _Reading(writer, list(lines_of(text, first)))
    while reading.at < len(reading.lines):
        reading.step()
    for start, end in reading.inline.alts:
        writer.part(start)
        writer.keep(start, end, 1)
    return writer.view()


class _Reading:
    """Goes through the lines; `pending` are the attributes that stand above the next block."""

    def __init__(self, writer: Writer, lines: list[Line]) -> None:
        self.writer = writer
        self.inline = Inline(writer)
        self.lines = lines
        self.at = 0
        self.pending = ""
        self.open: list[str] = []
        self.after = "start"

    def step(self) -> None:
        """Take the next block, or the next line of structure."""
        line = self.lines[self.at]
        body = line.text
        if not body:
            self.at += 1
        elif FENCE.fullmatch(body) or body.startswith("```"):
            self._fence(body)
        elif self._title(line):
            pass
        elif ATTRIBUTES.fullmatch(body) or body == "+":
            self.pending += body
            self.at += 1
        elif self._is_structure(body):
            self._structure(line)
        elif BLOCK_TITLE.match(body):
            self.pending += "."
            self._prose("caption", line.start + 1, self.at + 1)
            self.pending += "."
        elif not self._listed(line):
            self._paragraph(line)

    def _fence(self, body: str) -> None:
        """A delimiter: of a verbatim block, which is passed over, a table, or what holds blocks."""
        style = self._style()
        mark = body[:3] if body.startswith("```") else body
        self.writer.block(f"{mark} {self.pending}")
        self.at += 1
        if mark in self.open:
            del self.open[self.open.index(mark) :]
        elif body.startswith("|==="):
            start = self.at
            self._pass(mark)
            closed = self.lines[self.at - 1].text == mark and start < self.at
            rows = [line[:2] for line in self.lines[start : self.at - 1]] if closed else []
            for number, (first, last) in enumerate(cells(self.writer.source, rows, self.pending)):
                self.writer.block(f"cell {number}")
                self.writer.part(first)
                self.inline.write(first, last)
        elif mark.startswith(VERBATIM) or (style and style not in KNOWN):
            start = self.at
            self._pass(mark)
            if not mark.startswith("//"):
                lines = self.lines[start : self.at]
                self.writer.aside("\n".join(line.text for line in lines))
        else:
            self.open.append(mark)
        self.pending, self.after = "", "fence"

    def _pass(self, mark: str) -> None:
        """Go behind the line that closes a block; without one the block goes up to the end."""
        while self.at < len(self.lines):
            self.at += 1
            if self.lines[self.at - 1].text == mark:
                return

    def _style(self) -> str:
        found = STYLE.search(self.pending)
        return found["style"].lower() if found else ""

    def _title(self, line: Line) -> bool:
        """Read a title of a section, of one line or of two, if one stands here."""
        found = TITLE.match(line.text)
        if found:
            header = self.after == "start" and len(found["level"]) == 1
            self._prose(f"title {found['level']}", line.start + found.end(), self.at + 1)
        else:
            off = self._underlined(line)
            if off is None:
                return False
            header = self.after == "start" and self.lines[self.at + 1].text[0] == "="
            under = f"title over {self.lines[self.at + 1].text}"
            if off > 1:
                self.writer.block(under + " alone")
                self.at += 1
            else:
                self._prose(under, line.start, self.at + 1)
            self.at += 1
        self.pending, self.after = "", "title"
        while header and self.at < len(self.lines) and self.lines[self.at].text:
            self.at += 1
        return True

    def _underlined(self, line: Line) -> int | None:
        """By how much an underline is off; None where there is none. AsciiDoc.py allows two."""
        body = line.text
        if self.open or self.at + 1 >= len(self.lines) or body[0] in " \t.":
            return None
        if ATTRIBUTES.fullmatch(body) or ITEM.match(body) or self._is_structure(body):
            return None
        under = self.lines[self.at + 1].text
        if not UNDERLINE.fullmatch(under) or not any(map(str.isalnum, body)):
            return None
        off = abs(len(under) - len(body))
        return off if off <= 2 else None

    def _is_structure(self, body: str) -> bool:
        return (
            (body.startswith("//") and not body.startswith("///"))
            or RULE.fullmatch(body) is not None
            or any(known.match(body) for known in (ENTRY, DIRECTIVE))
            or MACRO.fullmatch(body) is not None
        )

    def _structure(self, line: Line) -> None:
        """A line that is no prose, with those that it goes on over."""
        self.at += 1
        macro = MACRO.fullmatch(line.text)
        if macro and macro["name"] == "image":
            self.inline.alt(*(line.start + at for at in macro.span("args")))
        if ENTRY.match(line.text):
            while self.lines[self.at - 1].text.endswith(" \\") and self.at < len(self.lines):
                self.at += 1
        if line.text.startswith("//") or line.text.startswith(("if", "endif")):
            return
        self.pending = ""
        if self.after != "start" or not ENTRY.match(line.text):
            self.after = "structure"

    def _listed(self, line: Line) -> bool:
        """Read an item of a list, if one stands here."""
        item = ITEM.match(line.text)
        if item:
            kind = f"item {item['mark']} {self.after == 'list'}"
            self._prose(kind, line.start + item.end(), self._end(self.at + 1))
            self.pending, self.after = "", "list"
            return True
        term = TERM.match(line.text)
        if term is None:
            return False
        self.writer.target(term["term"])
        kind = f"term {term['mark']} {self.after == 'list'}"
        if term.end() < len(line.text):
            self._prose(kind, line.start + term.end(), self._end(self.at + 1))
        else:
            self.writer.block(kind)
            self.at += 1
            end = self._end(self.at)
            if end > self.at and not ITEM.match(self.lines[self.at].text):
                below = self.lines[self.at]
                self._prose("said", below.start + len(below.text) - len(below.text.lstrip()), end)
        self.pending, self.after = "", "list"
        return True

    def _end(self, at: int) -> int:
        """The number of the line before which the paragraph of a line ends."""
        while at < len(self.lines):
            body = self.lines[at].text
            if not body or FENCE.fullmatch(body) or body.startswith("```"):
                break
            if ATTRIBUTES.fullmatch(body) or ITEM.match(body) or TERM.match(body):
                break
            if self._is_structure(body) and not body.startswith("//"):
                break
            at += 1
        while at - 1 > self.at and self.lines[at - 1].text.startswith("//"):
            at -= 1
        return at

    def _paragraph(self, line: Line) -> None:
        end = self._end(self.at + 1)
        style = self._style()
        if line.text[0] in " \t" or (style and style not in KNOWN):
            self.writer.block(f"alone {self.pending}")
            while self.at < end or (
                self.at < len(self.lines)
                and self.lines[self.at].text
                and not FENCE.fullmatch(self.lines[self.at].text)
            ):
                self.writer.aside(self.lines[self.at].text)
                self.at += 1
        else:
            label = ADMONITION.match(line.text)
            self._prose("paragraph", line.start + (label.end() if label else 0), end)
        self.pending, self.after = "", "paragraph"

    def _prose(self, kind: str, start: int, end: int) -> None:
        """Put the prose from `start` up to the line number `end` into the view."""
        last = self.lines[end - 1]
        stop = last.start + len(last.text)
        home = f"{kind} {self.pending}"
        if home != "paragraph ":
            self.writer.block(home)
        self.writer.block(f"prose of {home}", start, stop, leaf=True)
        self.writer.part(start)
        self.inline.write(start, stop)
        self.at = end
