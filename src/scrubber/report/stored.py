"""Where findings stand in a file as stored: its lines and offsets, and the edits of its text.

A record's text lies in a line of JSON, so a place in it is one in that line, and what is put in is
escaped as the line escapes: what a tool makes of it is what `scrubber fix` would write. Lines end
at a line feed and nowhere else, as git and the formats count them. Offsets count code points.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from scrubber.decisions.keys import framed
from scrubber.documents.source import Source
from scrubber.edits import minimal
from scrubber.model import Edit, Finding


class Spot(NamedTuple):
    """A finding in its file.

    The span is that of what a person sees: line breaks at the ends of what was found are left out,
    or a line that is taken out would be shown at the one before it. `edits` has one for each
    proposal and none where the file is packed.
    """

    start: int
    end: int
    edits: tuple[Edit, ...]


class Stored:
    """The file of a source. `path` is relative to `root` if it lies below it, else as given."""

    def __init__(self, source: Source, root: str) -> None:
        self._source = source
        self._token: tuple[int, str, list[int]] | None = None
        self.text = source.text
        self.path = relative(source.path, root)
        self._root = root

    @cached_property
    def uri(self) -> tuple[str, bool]:
        """The address of the file, and whether it is relative: to the root that it lies below."""
        whole = PurePath(self._root, self.path)
        below = self.path == "-" or relative(str(whole), self._root) != whole.as_posix()
        if below:
            return quote_from_bytes(os.fsencode(self.path)), True
        return PurePath(os.path.normpath(whole)).as_uri(), False

    def spot(self, number: int, finding: Finding) -> Spot:
        """Return the place of a finding in the `number`th document of the source."""
        lead, inner, _ = framed(finding.text)
        start = finding.start + len(lead)
        edits = [minimal(finding, proposal) for proposal in finding.proposals]
        if self._source.compressed:
            edits = []
        if self._source.slots is None:
            return Spot(start, start + len(inner), tuple(edits))
        from scrubber.documents.jsonl import escaped

        at, token, stands = self._in_line(number)
        kept = tuple(
            Edit(
                at + stands[edit.start],
                at + stands[edit.end],
                token[stands[edit.start] : stands[edit.end]],
                escaped(token, edit.after),
                edit.rules,
            )
            for edit in edits
        )
        return Spot(at + stands[start], at + stands[start + len(inner)], kept)

    def _in_line(self, number: int) -> tuple[int, str, list[int]]:
        """Where a record's text begins, as it is stored, and where its code points stand there."""
        from scrubber.documents.jsonl import places

        assert self._source.slots is not None
        slot = self._source.slots[number]
        if self._token is None or self._token[0] != slot.start:
            token = self.text[slot.start : slot.end]
            self._token = slot.start, token, places(token)
        return self._token

    @cached_property
    def _starts(self) -> list[int]:
        found, at = [0], 0
        while at := self.text.find("\n", at) + 1:
            found.append(at)
        return found

    def line(self, offset: int) -> tuple[int, int]:
        """Return the number of the line that an offset lies in, from 1, and where it begins."""
        number = bisect_right(self._starts, offset)
        return number, self._starts[number - 1]

    def lines(self, spot: Spot) -> tuple[int, int]:
        """Return the numbers of the first and the last line with something of a finding in it."""
        return self.line(spot.start)[0], self.line(max(spot.start, spot.end - 1))[0]


def relative(path: str, root: str) -> str:
    """Return a path relative to a folder, with slashes, if it lies below it; else as it is.

    >>> relative("./a/../b.txt", "/work"), relative("/work/c.txt", "/work")
    ('b.txt', 'c.txt')
    >>> relative("../d.txt", "/work"), relative("-", "/work")
    ('../d.txt', '-')
    """
    if path == "-":
        return path
    below = os.path.relpath(os.path.join(root, path), root)
    outside = below == os.pardir or below.startswith(os.pardir + os.sep)
    return PurePath(path if outside else below).as_posix()


def named(path: str) -> str:
    """Return a path as text that any reader takes: bytes that are no UTF-8 become “�”."""
    return os.fsencode(path).decode("utf-8", "replace")
