"""The prose of one block of HTML, as a browser shows it.

Blanks in a row are one, a line break in the source is a blank, and tags in a sentence are not seen.
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
_NESTED = 16
_PARAGRAPHS = frozenset({"", "p", "blockquote", "body"})
_CONTINUES = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u00ff0-9.,;:!?)\]\u2019\u201d\u00bb'\"-]")


_SHOWN = frozenset({"text", "put", "hole"})


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
    """Gathers what stands in a block, and writes it where the block ends; `home` is its element."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self._items: list[_Item] = []
        self._open: list[tuple[str, str]] = []
        self._first = True
        self.home = ""

    def open(self, name: str, start: int, end: int, note: str = "") -> None:
        """The start tag of an element within a sentence; `note` tells a `link` and a `box`.

        A box is an element that a style sheet may set apart: so is what stands first (a label, or
        a link anywhere but in a paragraph: the title of an entry).
        """
        if self._first and (name != "a" or self.home not in _PARAGRAPHS):
            note += "box"
        self._open.append((name, note))
        self._items.append(_Item("open", start, end, len(self._open), note))

    def shut(self, name: str, start: int, end: int) -> None:
        """The end tag of an element within a sentence."""
        for number in range(len(self._open) - 1, max(-1, len(self._open) - _NESTED), -1):
            if self._open[number][0] == name:
                note = self._open.pop(number)[1]
                self._items.append(_Item("close", start, end, len(self._open), note))
                return

    def mark(self, kind: str, start: int, end: int, put: str = "") -> None:
        """A `hole`, a hole that shows nothing (`unseen`), a `line` break, a character (`put`)."""
        self._items.append(_Item(kind, start, end, len(self._open), put))
        if kind in _SHOWN or kind == "line":
            self._first = kind == "line"

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

    def close(self, home: str = "") -> None:
        """Write the block, and begin another."""
        self.home = home
        items, self._items, self._open, self._first = self._items, [], [], True
        shown = [n for n, item in enumerate(items) if item.kind in _SHOWN]
        if any(items[n].kind in ("text", "put") for n in shown):
            first, last = shown[0], shown[-1] + 1
            items = _without_empty_links(items)
            self.writer.block("prose", items[first].start, items[last - 1].end)
            self.writer.part(items[first].start)
            links = sum(_link(self.writer, item) for item in items[:first])
            links += _write(self.writer, items[first:last])
            links += sum(_link(self.writer, item) for item in items[last:])
            for _ in range(links):
                self.writer.link(opens=False)


def _without_empty_links(items: list[_Item]) -> list[_Item]:
    """A link around an image or the mark of a note is none that a word could touch."""
    items = list(items)
    opened: list[int] = []
    said: list[int] = []
    for number, item in enumerate(items):
        if item.kind in ("text", "put") or (item.kind == "hole" and item.note == "code"):
            said.append(number)
        elif not item.note.startswith("link"):
            continue
        elif item.kind == "open":
            opened.append(number)
        elif opened:
            start = opened.pop()
            if not said or said[-1] < start:
                for at in (start, number):
                    items[at] = items[at]._replace(note=items[at].note.removeprefix("link"))
    return items


def _link(writer: Writer, tag: _Item) -> int:
    """Begin or end a link where a tag does; return how many more links are open."""
    if not tag.note.startswith("link"):
        return 0
    writer.link(opens=tag.kind == "open")
    return 1 if tag.kind == "open" else -1


def _write(writer: Writer, items: list[_Item]) -> int:
    """Write what stands in a block; return how many links are left open."""
    joint: list[_Item] = []
    words = _words(writer.source, items)
    lines = links = 0
    last = ""
    for item in items:
        if item.kind == "line":
            lines += 1
            continue
        if item.kind not in _SHOWN:
            joint.append(item)
            continue
        apart = False
        if lines:
            writer.put("\n" if lines == 1 else BREAK)
            joint = [other for other in joint if other.kind in ("open", "close")]
        elif joint and last:
            apart = _apart(writer.source, words, joint, item)
        links += _join(writer, joint, apart=apart)
        joint, lines, last = [], 0, item.kind
        if item.kind == "text":
            writer.keep(item.start, item.end, item.depth)
        else:
            writer.put(item.note if item.kind == "put" else HOLE)
    return links


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
    part of the sentence only where that goes on. Within a link it is the link that counts.
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
    link = min((other.depth for other in joint if other.note.startswith("link")), default=_NESTED)
    boxes = (other for other in joint if other.note.endswith("box"))
    return not goes_on and any(other.depth <= link for other in boxes)


def _join(writer: Writer, joint: list[_Item], *, apart: bool) -> int:
    """Write what stands between two words: at most one blank, and the places after end tags.

    What is set `apart` gets a hole between. Returns how many more links are open.
    """
    seen = set()
    links = 0
    for item in joint:
        if apart and item.kind == "open":
            writer.put(HOLE)
            apart = False
        links += _link(writer, item)
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
    if apart:
        writer.put(HOLE)
    return links
