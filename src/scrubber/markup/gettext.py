"""The prose of gettext catalogues (.po): the translations that are in use.

Left alone: what the program says itself (`msgid`, so all of a template, .pot), fuzzy and obsolete
entries, those that must not be wrapped (`no-wrap`: code, tables), those that say the same as the
program, the header, comments, and what is not written as gettext writes it. Within a translation:
escapes, placeholders, tags, code, accelerators (`_File`), and the blanks at both ends.
https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scrubber.markup.html_names import CODE, INLINE
from scrubber.view import HOLE, View, Writer

_LINE = re.compile(
    r"[ \t]*+(?:(?P<key>msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,2}\])?)[ \t]*+)?"
    r'"(?P<said>(?:[^"\\\r\n]|\\[^\r\n])*+)"[ \t]*+'
)
_ENDS = re.compile(r"\r\n|\r|\n")
_LANGUAGE = re.compile(r"^Language:[ ]*([A-Za-z]{2,3})(?![A-Za-z])", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]+|.)")
_ESCAPED = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\", "\\'": "'", "\\?": "?"}
_LEFT_ALONE = frozenset({"fuzzy", "no-wrap"})

_MARK = re.compile(
    r"(?P<tag></?(?P<name>[A-Za-z][\w:-]*+)(?:\s[^<>]*+)?/?>)"
    r"|(?P<char>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-z]{2,8});)"
    r"|%{1,2}(?:0[aA]|[2-7][0-9A-F])"  # of a URL
    r"|%%|%\([^()\n]{1,80}\)[-#0+]*\d*(?:\.\d+)?[a-zA-Z]|%\{[^{}\n]{1,80}\}"  # C, Python, Ruby
    r"|%(?:\d+\$)?[-#0+']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|q|j|z|t|L)?[a-zA-Z@](?!\w)"
    r"|%<?[A-Za-z_]\w*[%>]|%L?\d{1,2}|%"  # strftime's, Qt's
    r"|[$#]?\{(?:[^{}]++|\{[^{}]*+\})*+\}+|\$\(?\w++\)?|@\w++@"  # of Python, ICU, the shell
    r"|\b[a-z]++:(?!\s)[^\s\[\]]{0,300}+\[[^\[\]\n]{0,300}+\]"  # AsciiDoc
    r"|:[a-z][\w+-]*+:(?:[a-z][\w+-]*+:)?`[^`\n]++`|`{1,3}[^`'\n]{1,200}+[`']{1,3}"  # RST, GNU
    r"|\b[A-Z]<++[^<>]*+>++|<[^<>\s]++>"  # man pages, POD
    r"|(?<![\w&])[^\W_]*+(?:[&_]\w++)+"  # an accelerator; an identifier
)


def view(text: str) -> View:
    """Return the prose of a catalogue."""
    writer = Writer(text)
    language = None
    for entry in _entries(text):
        ids = {
            _decoded(text, spans).text
            for key, spans in entry.said.items()
            if key in ("msgid", "msgid_plural")
        }
        if ids == {""}:
            told = _LANGUAGE.search(_decoded(text, entry.said.get("msgstr", [])).text)
            language = told[1].lower() if told else language
        if ids == {""} or entry.flags & _LEFT_ALONE:
            continue
        for said in sorted(ids):
            writer.target(said)
        for key, spans in entry.said.items():
            message = _decoded(text, spans)
            if key.startswith("msgstr") and message.text.strip() and message.text not in ids:
                _put(writer, message, key)
    return writer.view(language)


@dataclass
class _Entry:
    """An entry: its flags, and where each of its strings stands, without the quotation marks."""

    flags: set[str] = field(default_factory=set)
    said: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    damaged: bool = False

    @property
    def whole(self) -> bool:
        """Whether it was read from end to end, and says something."""
        return not self.damaged and "msgid" in self.said


def _entries(text: str) -> Iterator[_Entry]:
    """The entries that are in use, in order."""
    entry, key = _Entry(), ""
    at = int(text.startswith("\ufeff"))
    while at <= len(text):
        end = _ENDS.search(text, at)
        stop = end.start() if end else len(text)
        line = _LINE.fullmatch(text, at, stop)
        comment = text.startswith("#", at)
        starts = line is not None and line["key"] in ("msgctxt", "msgid")
        if entry.said and (comment or (starts and key.startswith("msgstr"))):
            if entry.whole:
                yield entry
            entry, key = _Entry(), ""
        if line is not None:
            key = line["key"] or key
            if line["key"] in entry.said or not key:
                entry.damaged = True
            entry.said.setdefault(key, []).append(line.span("said"))
        elif comment:
            if text.startswith((",", "="), at + 1):
                entry.flags.update(flag.strip() for flag in text[at + 2 : stop].split(","))
        elif text[at:stop].strip():
            entry.damaged = True
        at = end.end() if end else len(text) + 1
    if entry.whole:
        yield entry


class _Run(NamedTuple):
    """A stretch of a message: where it begins in the message and in the file, and its length there.

    `escaped` where the file has an escape in its place.
    """

    at: int
    start: int
    length: int
    escaped: bool


class _Message(NamedTuple):
    """A string as the program sees it, and where each stretch of it stands in the file."""

    text: str
    runs: list[_Run]


def _decoded(source: str, spans: list[tuple[int, int]]) -> _Message:
    parts: list[str] = []
    runs: list[_Run] = []
    length = 0

    def add(part: str, start: int, end: int, *, escaped: bool) -> None:
        nonlocal length
        if part:
            parts.append(part)
            runs.append(_Run(length, start, end - start, escaped))
            length += len(part)

    for start, end in spans:
        at = start
        for found in _ESCAPE.finditer(source, start, end):
            add(source[at : found.start()], at, found.start(), escaped=False)
            add(_ESCAPED.get(found[0], HOLE), *found.span(), escaped=True)
            at = found.end()
        add(source[at:end], at, end, escaped=False)
    return _Message("".join(parts), runs)


def _put(writer: Writer, message: _Message, key: str) -> None:
    """Put a translation into the view."""
    text = message.text
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    writer.block(key)
    writer.part(message.runs[0].start)
    at, depth, code = first, 0, ""
    for mark in _MARK.finditer(text, first, last):
        name = (mark["name"] or "").lower()
        closing = mark[0].startswith("</")
        if code and not (closing and name == code):
            continue
        if not code:
            _keep(writer, message, at, mark.start(), depth)
        at = mark.end()
        if code:
            code = ""
        elif name in CODE and not closing and not mark[0].endswith("/>"):
            code = name
            writer.put(HOLE)
        elif name in INLINE and (name != "a" or closing or "href" in mark[0]):
            if name == "a":
                depth = 0 if closing else 1
                writer.link(opens=not closing)
                writer.target(mark[0])
            _keep(writer, message, at, at, depth)
        else:
            writer.put(html.unescape(mark[0]) if mark["char"] else HOLE)
    if not code:
        _keep(writer, message, at, last, depth)


def _keep(writer: Writer, message: _Message, start: int, end: int, depth: int) -> None:
    """Keep a stretch of a message, but for what is escaped in it."""
    number = max(0, bisect_right(message.runs, start, key=lambda run: run.at) - 1)
    for run in map(message.runs.__getitem__, range(number, len(message.runs))):
        if run.at > end or (run.at == end and start < end):
            return
        if run.escaped:
            if start <= run.at < end:
                writer.put(message.text[run.at])
            continue
        first, last = max(start, run.at), min(end, run.at + run.length)
        if first < last or (first == last == start == end):
            writer.keep(run.start + first - run.at, run.start + last - run.at, depth)
