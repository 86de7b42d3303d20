"""The prose of one block of HTML, as a browser shows it: blanks in a row are one, a line break in
the source is a blank, and tags within a sentence are not seen.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from scrubber.markup.templates import MASK
from scrubber.view import BREAK, HOLE, Writer

_SPECIAL = re.compile(
    r"(?P<blank>[ \t\n\f\r]{2,}+|[\t\n\f\r])"
    r"|(?P<char>&(?:\#[0-9]++|\#[xX][0-9a-fA-F]++|[A-Za-z][A-Za-z0-9]*+);?)"
    rf"|(?P<hole>{MASK}++|\$?\{{[^\s{{}}<>][^{{}}<>\n]{{0,200}}\}}"
    r"|\[/[a-z][\w-]{0,40}\]|\[[a-z][\w-]{0,40} [^][<>\n]{0,200}=[^][<>\n]{0,200}\])"
)
_BLANKS = " \t\n\f\r"
_MUTE = frozenset("\u00ad\u200c\u200d\u200e\u200f\u2060\ufeff")
_OWN_WORDS = 3
_CONTINUES = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff0-9.,;:!?)\]\u2019\u201d\u00bb'\"-]")


class _Item(NamedTuple):
    """What stands in a block: `text`, `blank`, `put`, `line`, `hole`, `unseen`, `open`, `close`.

    `note` is what a `put` puts, and of a tag whether its element may be a box of its own.
    """

    kind: str
    start: int
    end: int
    depth: int
    note: str = ""


class Block:
    """Gathers what stands in a block, and writes it where the block ends."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._items: list[_Item] = []
        self._boxes: list[str] = []

    def open(self, start: int, end: int, *, box: bool) -> None:
        """The start tag of an element within a sentence, which may be a box of its own."""
        self._boxes.append("box" if box else "")
        self._items.append(_Item("open", start, end, len(self._boxes), self._boxes[-1]))

    def shut(self, start: int, end: int) -> None:
        """The end tag of an element within a sentence."""
        note = self._boxes.pop() if self._boxes else ""
        self._items.append(_Item("close", start, end, len(self._boxes), note))

    def mark(self, kind: str, start: int, end: int, put: str = "") -> None:
        """A `hole`, a hole that shows nothing (`unseen`), a `line` break, or a character (`put`)."""
        self._items.append(_Item(kind, start, end, len(self._boxes), put))

    def text(self, source: str, start: int, end: int) -> None:
        """Characters, in the text as stored at `start` to `end`."""
        stretch = source[start:end]
        first = start + len(stretch) - len(stretch.lstrip(_BLANKS))
        if start < first:
            self.mark("blank", start, first)
        if first == end:
            return
        last = start + len(stretch.rstrip(_BLANKS))
        at = first
        for found in _SPECIAL.finditer(source, first, last):
            kind, put = found.lastgroup or "", ""
            if kind == "char":
                put = html.unescape(found[0])
                if put == found[0]:
                    continue
                kind = "put"
                if put in _MUTE:
                    put = ""
                elif put in ("", "\u200b"):
                    kind = "hole"
                elif put in _BLANKS:
                    kind = "blank"
            if at < found.start():
                self.mark("text", at, found.start())
            self.mark(kind, *found.span(), put)
            at = found.end()
        if at < last:
            self.mark("text", at, last)
        if last < end:
            self.mark("blank", last, end)

    def close(self) -> None:
        """Write the block, and begin another."""
        items, self._items, self._boxes = self._items, [], []
        shown = [n for n, item in enumerate(items) if item.kind in _SHOWN]
        if any(items[n].kind in ("text", "put") for n in shown):
            _write(self.writer, items[shown[0] : shown[-1] + 1])


_SHOWN = frozenset({"text", "put", "hole"})


def _write(writer: Writer, items: list[_Item]) -> None:
    writer.block("prose", items[0].start, items[-1].end)
    writer.part(items[0].start)
    joint: list[_Item] = []
    words = _words(writer.source, items)
    lines = 0
    last = ""
    for item in items:
        if item.kind == "line":
            lines += 1
            joint = [other for other in joint if other.kind == "close"]
            continue
        if item.kind not in _SHOWN:
            if item.kind != "blank" or not lines:
                joint.append(item)
            continue
        if lines:
            writer.put("\n" if lines == 1 else BREAK)
        elif joint and last != "hole" != item.kind and _apart(writer.source, words, joint, item):
            writer.put(HOLE)
        _join(writer, joint)
        joint, lines, last = [], 0, item.kind
        if item.kind == "text":
            writer.keep(item.start, item.end, item.depth)
        else:
            writer.put(item.note if item.kind == "put" else HOLE)


def _words(source: str, items: list[_Item]) -> Counter[int]:
    """How many words a block holds at each depth, as far as a joint of elements may ask."""
    counts: Counter[int] = Counter()
    if any(item.kind == "close" for item in items):
        for item in items:
            if item.kind == "text":
                counts[item.depth] += source.count(" ", item.start, item.end) + 1
    return counts


def _apart(source: str, words: Counter[int], joint: list[_Item], item: _Item) -> bool:
    """Whether a style sheet, for all that is known, sets apart what no blank does.

    Links that stand side by side are a menu unless there is a sentence around them; an element
    without content is an icon or an anchor; a span with a class is often a badge, and is taken for
    part of the sentence only where that goes on.
    """
    if any(other.kind in ("blank", "unseen") for other in joint):
        return False
    kinds = [other.kind for other in joint]
    if "open" in kinds and "close" in kinds:
        if any(pair == ("open", "close") for pair in pairwise(kinds)):
            return True
        low = min(other.depth - (other.kind == "open") for other in joint)
        if words[low] < _OWN_WORDS:
            return True
    goes_on = item.kind == "text" and _CONTINUES.match(source, item.start)
    return not goes_on and any(other.note for other in joint)


def _join(writer: Writer, joint: list[_Item]) -> None:
    """Write what stands between two words: at most one blank, and the places after end tags."""
    seen = set()
    for item in joint:
        if item.kind == "close":
            writer.keep(item.end, item.end, item.depth)
        elif item.kind in ("blank", "unseen") and item.kind not in seen:
            seen.add(item.kind)
            if item.kind == "unseen":
                writer.put(HOLE)
            elif not writer.source[item.start : item.end].strip(" "):
                writer.keep(item.start, item.start + 1, item.depth)
            else:
                writer.put(" ")
