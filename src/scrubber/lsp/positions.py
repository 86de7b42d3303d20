"""Places in a text as editors count them: lines, and units of an encoding within a line. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right

from scrubber.model import Edit

ENCODINGS = ("utf-8", "utf-16", "utf-32")

_BREAK = re.compile(r"\r\n|\n|\r")


class Lines:
    r"""A text's lines and the way from code points to an editor's positions and back.

    The protocol knows three line ends, `\n`, `\r\n` and `\r`. `str.splitlines`, which pygls uses,
    also splits at U+2028, U+0085 and form feeds: every place below one would be a line off.

    >>> Lines("one\u2028two\r\nthree", "utf-16").position(9)
    (1, 0)
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text, self.encoding = text, encoding
        self._starts, self._stops = [0], list[int]()
        for found in _BREAK.finditer(text):
            self._stops.append(found.start())
            self._starts.append(found.end())
        self._stops.append(len(text))

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and character, both from 0, of an offset in code points."""
        line = bisect_right(self._starts, offset) - 1
        return line, units(self.text[self._starts[line] : offset], self.encoding)

    def offset(self, line: int, character: int) -> int:
        """Return the offset of a position.

        Behind the end of a line it is that end, behind the last line the end of the text; within
        a character it is that character's start.
        """
        if line >= len(self._starts):
            return len(self.text)
        start, stop = self._starts[line], self._stops[line]
        content = self.text[start:stop]
        if self.encoding == "utf-32" or content.isascii():
            return start + min(character, len(content))
        for number, letter in enumerate(content):
            character -= units(letter, self.encoding)
            if character < 0:
                return start + number
        return stop


def units(text: str, encoding: str) -> int:
    """Return how many units of an encoding a text takes.

    >>> [units("é🙂", encoding) for encoding in ENCODINGS]
    [6, 3, 2]
    """
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def placeable(text: str, edit: Edit) -> Edit:
    r"""Return the same change with no end between `\r` and `\n`, where no editor has a place.

    >>> placeable("a\r\nb", Edit(2, 4, "\nb", "\n", ()))
    Edit(start=1, end=4, before='\r\nb', after='\r\n', rules=())
    """
    if _within_break(text, edit.start):
        edit = edit._replace(
            start=edit.start - 1, before="\r" + edit.before, after="\r" + edit.after
        )
    if _within_break(text, edit.end):
        edit = edit._replace(end=edit.end + 1, before=edit.before + "\n", after=edit.after + "\n")
    return edit


def _within_break(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1 : at + 1] == "\r\n"
