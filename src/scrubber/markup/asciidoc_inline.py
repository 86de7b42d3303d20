"""The marks within a paragraph of AsciiDoc: what is code, what leads elsewhere, what is said.

https://docs.asciidoctor.org/asciidoc/latest/text/. Marks are told by what touches them, as there,
but each by itself: the time is linear.
"""

from __future__ import annotations

import html
import re

from scrubber.markup.wraps import wrapped
from scrubber.view import HOLE, Writer

_LISTED = r"\[(?P<{}>(?:[^\[\]\\]|\\.){{0,2000}}+)\]"
_MARK = re.compile(
    r"(?P<break>[ \t]*+(?P<hard>(?<=[ \t])\+[ \t]*+)?(?:\r\n?|\n)"
    r"(?:[ \t]*+//(?!/)[^\r\n]*+(?:\r\n?|\n))*[ \t]*+)"
    r"|\\(?:\{[^{}\n]{1,200}\}|(?P<escaped>[^\w\s])|(?=\w+:))"
    r"|(?P<pass>\+\+\+.{1,2000}?\+\+\+|\+\+.{1,2000}?\+\+|\$\$.{1,2000}?\$\$"
    r"|(?<![\w+])\+(?=\S)[^+\n]{1,500}(?<=\S)\+(?![\w+]))"
    r"|(?P<code>``(?!')[^`\n]{1,2000}``|(?<![\w`\"'])`(?=[^\s`])[^`]{0,2000}(?<=[^\s])`(?![\w`'\"]))"
    r"|(?P<open>[\"']`(?=\S)|``(?=\S))|(?P<shut>(?<=\S)(?:`[\"']|''))"
    r"|(?P<link>(?:(?:link|mailto|xref):(?=\S)|(?<!\w)(?:https?|ftp|irc)://)[^\s\[\]<>]{0,500}+)"
    + _LISTED.format("said")
    + r"|(?P<url>(?<!\w)(?:https?|ftp|irc)://[^\s\[\]<>]++)"
    r"|(?P<macro>(?<!\w)[a-z][\w-]{1,30}+:(?![\s:])[^\s\[\]]{0,500}+)(?:"
    + _LISTED.format("args")
    + r"|\[)"
    r"|<<(?P<id>[^<>,\n]{1,200}),(?P<seen>[^<>]{1,500})>>|<<[^<>]{1,500}>>"
    r"|\(\(\([^()]{1,500}\)\)\)|(?P<term>\(\(|\)\))|\[\[[^\[\]\n]{1,200}\]\]"
    r"|(?P<role>\[[\w.#%\"=, -]{0,200}+\](?=[#*_`+]))"
    r"|\^(?=\S)[^\s^]{1,80}\^|~(?=\S)[^\s~]{1,80}~"
    r"|(?P<style>\*\*|__|\#\#|(?<![\w&])[*_\#](?=\S)|(?<=\S)[*_\#](?!\w))"
    r"|(?P<hole>\$?\{[\w!][^{}\n]{0,200}\}|</?[A-Za-z][^<>\n]{0,500}>)"
    r"|(?P<char>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)",
    re.DOTALL,
)
_QUOTES = {'"`': "“", "'`": "‘", "``": "“", '`"': "”", "`'": "’", "''": "”"}
_NO_WORD = re.compile(r"\^[^\s^]*+\^|[\W\d_]++")
_NAMED = re.compile(r",\s*+[\w-]++\s*+=|,\s*+role")


class Inline:
    """Writes paragraphs into a view; `alts` are the alternative texts of images in them."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.alts: list[tuple[int, int]] = []

    def write(self, start: int, end: int) -> None:
        """Write the prose of a paragraph that stands at `start` to `end` of the text."""
        text = self.writer.source[start:end]
        self._write(start, end, 0, frozenset(start + at for at in wrapped(text)))

    def _write(self, start: int, end: int, depth: int, wraps: frozenset[int]) -> None:
        writer, text = self.writer, self.writer.source
        opened: list[str] = []
        at = start
        for mark in _MARK.finditer(text, start, end):
            kind = mark.lastgroup or ""
            writer.keep(at, mark.start(), depth + len(opened))
            at = mark.end()
            if mark["break"]:
                self._break(mark, wraps)
            elif mark["style"]:
                _toggle(opened, mark["style"])
                writer.keep(at, at, depth + len(opened))
            elif kind in ("said", "seen"):
                self._link(mark, kind, depth + len(opened), wraps)
            elif kind in ("open", "shut"):
                writer.put(_QUOTES.get(mark[0], mark[0]))
            elif mark["escaped"]:
                writer.put(mark["escaped"])
            elif mark["char"]:
                writer.put(html.unescape(mark[0]))
            elif kind in ("role", "term") or mark[0].startswith(("(((", "[[")) or mark[0] == "\\":
                writer.keep(at, at, depth + len(opened))
            else:
                if mark["code"]:
                    writer.aside(mark[0].strip("`"))
                elif mark["macro"] and mark["macro"].startswith("image:"):
                    self.alt(*mark.span("args"))
                writer.put(HOLE)
        writer.keep(at, end, depth + len(opened))

    def _break(self, mark: re.Match[str], wraps: frozenset[int]) -> None:
        """The end of a line: a blank where the line was full, else a place where a line may go."""
        if mark["hard"]:
            self.writer.put("\n")
        elif mark.start() in wraps:
            self.writer.put(" ")
        elif mark[0].strip():
            self.writer.put("\n")
        else:
            self.writer.keep(*mark.span())

    def _link(self, mark: re.Match[str], kind: str, depth: int, wraps: frozenset[int]) -> None:
        """A link with words of its own; what names its target only, or marks a note, is a hole."""
        writer = self.writer
        writer.target(mark["link"] or mark["id"])
        start, end = self._said(*mark.span(kind))
        if not _NO_WORD.sub("", writer.source[start:end]):
            writer.put(HOLE)
            return
        writer.link(opens=True)
        self._write(start, end, depth + 1, wraps)
        writer.link(opens=False)
        writer.keep(mark.end(), mark.end(), depth)

    def _said(self, start: int, end: int) -> tuple[int, int]:
        """Where the text of a link stands among its attributes."""
        text = self.writer.source
        if text.startswith('"', start):
            close = text.find('"', start + 1, end)
            return (start + 1, close) if close > 0 else (start, start)
        named = _NAMED.search(text, start, end)
        if named:
            end = named.start()
        elif "=" in text[start:end]:
            return start, start
        while start < end and text[end - 1] in "^ \t\r\n":
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        return start, end

    def alt(self, start: int, end: int) -> None:
        """Note the alternative text of an image, among its attributes at `start` to `end`."""
        found = _ALT.match(self.writer.source, start, end)
        if found and any(map(str.isalpha, found[0])):
            self.alts.append((found.start(), found.end()))


_ALT = re.compile(r"[^\s\"'=,&{}\\<>`*_+#\[\]][^\"'=,&{}\\<>`*_+#\[\]\r\n]*+(?=,|\Z)")


def _toggle(opened: list[str], mark: str) -> None:
    if mark in opened:
        opened.remove(mark)
    else:
        opened.append(mark)
