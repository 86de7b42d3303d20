"""The prose of a text in markup, with the way back to the text as stored. Pure.

A reader of a markup keeps the stretches that are prose (pieces) and leaves out all else (gaps):
tags, targets, code. Detectors look at the prose; what they find is carried back, and what would
change a gap is not offered. Offsets count code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from scrubber.edits import minimal, slid
from scrubber.model import Action, Block, Edit, Finding
from scrubber.text import HOLE as HOLE

BREAK = "\n\n"
"""Stands in the prose between two blocks."""


class Piece(NamedTuple):
    """A stretch of prose: where it begins in the prose and in the text, its length, its depth.

    The depth is the number of inline elements around it: what is put in between two pieces goes to
    the shallower one, so that a blank lands outside a link.
    """

    at: int
    start: int
    length: int
    depth: int


class _Put(NamedTuple):
    """The prose of a text.

    `aside` is the code beside it, and `targets` what its links lead to: evidence of what is a name.
    `flaws` are mistakes in the markup, read as what was meant. `language` is the code of the
    language that the text says it is in.
    """

    source: str
    text: str
    pieces: Sequence[Piece]
    blocks: Sequence[Block] = ()
    links: Sequence[tuple[int, int]] = ()
    aside: str = ""
    targets: str = ""
    flaws: Sequence[str] = ()
    language: str | None = None


class View(_Put):
    """The same, with the way back."""

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.at for piece in self.pieces]

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """All that is no prose, in order, without the blanks around it.

        Which line breaks are prose depends on the length of the lines, so they tell nothing.
        """
        found, at = [], 0
        for piece in sorted(self.pieces, key=lambda piece: piece.start):
            if at < piece.start:
                found.append(self.source[at : piece.start].strip())
            at = max(at, piece.start + piece.length)
        return tuple(filter(None, (*found, self.source[at:].strip())))

    def back(self, finding: Finding) -> Finding | None:
        """Return a finding of the prose at its place in the text; None where it meets no prose.

        What is offered is kept where it changes one piece only; a finding none of whose proposals
        does becomes a `report`. It is narrowed to that piece, so it never holds a gap.
        """
        whole = self._within(finding.start, finding.end)
        if whole is not None and not self._beside(whole, finding):
            shift = whole.start - whole.at
            return finding._replace(start=finding.start + shift, end=finding.end + shift)
        home: Piece | None = None
        kept: list[Edit] = []
        for proposal in finding.proposals:
            placed = self._placed(minimal(finding, proposal))
            if placed is not None and (home is None or placed[0] == home):
                home = placed[0]
                kept.append(placed[1])
        if home is None:
            return self._told(finding)
        start = min(home.start + max(0, finding.start - home.at), *(e.start for e in kept), 1 << 60)
        stop = home.start + min(home.length, finding.end - home.at)
        stop = max(stop, *(edit.end for edit in kept), 0)
        proposals = tuple(
            self.source[start : edit.start] + edit.after + self.source[edit.end : stop]
            for edit in kept
        )
        return finding._replace(
            start=start, end=stop, text=self.source[start:stop], proposals=proposals
        )

    def _beside(self, piece: Piece, finding: Finding) -> bool:
        """Whether a proposal puts something in at a piece's edge, where a shallower one touches."""
        edges = {piece.at, piece.at + piece.length}
        if not edges & {finding.start, finding.end}:
            return False
        made = [minimal(finding, proposal) for proposal in finding.proposals]
        return any(
            other.depth < piece.depth
            for edit in made
            if edit.start == edit.end and edit.start in edges
            for other in self._touching(edit.start)
        )

    def _within(self, start: int, end: int) -> Piece | None:
        """The piece that holds a stretch of the prose, unless others touch an empty one."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or (start == end and len(list(self._touching(start))) > 1):
            return None
        piece = self.pieces[at]
        return piece if end <= piece.at + piece.length else None

    def _touching(self, at: int) -> Iterator[Piece]:
        """The pieces that begin, end or go on at an offset of the prose, the last first."""
        number = bisect_right(self._starts, at) - 1
        while number >= 0:
            piece = self.pieces[number]
            if piece.at + piece.length < at:
                return
            yield piece
            number -= 1

    def _placed(self, edit: Edit) -> tuple[Piece, Edit] | None:
        """An edit of the prose as one of the text, with the piece that it changes."""
        if edit.start == edit.end:
            around = min(self._touching(edit.start), key=lambda piece: piece.depth, default=None)
            return None if around is None else (around, _moved(edit, around))
        for way in slid(self.text, edit):
            piece = self._within(way.start, way.end)
            if piece is not None:
                return piece, _moved(way, piece)
        return None

    def _told(self, finding: Finding) -> Finding | None:
        """A finding that nothing can be offered for, at the first prose that it meets."""
        for piece in self.pieces[max(0, bisect_right(self._starts, finding.start) - 1) :]:
            start = max(finding.start, piece.at)
            end = min(finding.end, piece.at + piece.length)
            if piece.at >= finding.end:
                break
            if start < end and self.text[start:end].strip():
                shift = piece.start - piece.at
                told = finding._replace(start=start + shift, end=end + shift, proposals=())
                return told._replace(text=self.text[start:end], action=Action.REPORT)
        return None


def _moved(edit: Edit, piece: Piece) -> Edit:
    shift = piece.start - piece.at
    return edit._replace(start=edit.start + shift, end=edit.end + shift)


class Writer:
    """Puts a view together, block by block.

    >>> writer = Writer("see [it](u) now")
    >>> for start, end, depth in ((0, 4, 0), (5, 7, 1), (11, 15, 0)):
    ...     writer.keep(start, end, depth)
    >>> writer.view().text
    'see it now'
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._blocks: list[Block] = []
        self._links: list[tuple[int, int]] = []
        self._opened: list[int] = []
        self._aside: list[str] = []
        self._targets: list[str] = []
        self._flaws: list[str] = []
        self._at = 0

    def keep(self, start: int, end: int, depth: int = 0) -> None:
        """Keep a stretch of the text as prose; an empty one is a place where prose may begin."""
        at, length = self._at, end - start
        last = self._pieces[-1] if self._pieces else Piece(-1, -1, 0, depth)
        ends = last.start + last.length, last.at + last.length, last.depth
        if ends == (start, at, depth):
            self._pieces[-1] = Piece(last.at, last.start, last.length + length, depth)
        else:
            self._pieces.append(Piece(at, start, length, depth))
        self._parts.append(self.source[start:end])
        self._at += length

    def put(self, text: str) -> None:
        """Put something into the prose that does not stand in the text as it is."""
        self._parts.append(text)
        self._at += len(text)

    def part(self, start: int) -> None:
        """End a block; the next one begins at `start` of the text.

        Where only blanks and line breaks stand between the two, they are prose: a line may be
        taken out with its break.
        """
        if not self._at:
            return
        last = self._pieces[-1] if self._pieces else None
        stop = last.start + last.length if last and last.at + last.length == self._at else -1
        between = self.source[stop:start] if 0 <= stop <= start else ""
        if between.count("\n") > 1 and not between.strip():
            self.keep(stop, start)
        else:
            self.put(BREAK)

    def block(self, kind: str, start: int = 0, end: int = 0, *, leaf: bool = False) -> None:
        """Add to the structure; a leaf is one that goes when all of its prose does."""
        self._blocks.append(Block(kind, start, end, leaf))

    def link(self, *, opens: bool) -> None:
        """Begin or end the text of a link; an end without a beginning is none."""
        if opens:
            self._opened.append(self._at)
        elif self._opened:
            start = self._opened.pop()
            if start < self._at:
                self._links.append((start, self._at))

    def aside(self, text: str) -> None:
        """Add code: what is named there is no damage in the prose."""
        self._aside.append(text)

    def target(self, text: str) -> None:
        """Add what a link leads to."""
        self._targets.append(text)

    def flaw(self, name: str) -> None:
        """Add a mistake in the markup: an edit may take it away, and none may make one."""
        self._flaws.append(name)

    def view(self, language: str | None = None) -> View:
        """Return what was put together, with the language that the text says it is in."""
        return View(
            self.source,
            "".join(self._parts),
            tuple(self._pieces),
            tuple(self._blocks),
            tuple(sorted(self._links)),
            "\n".join(self._aside),
            "\n".join(self._targets),
            tuple(self._flaws),
            language,
        )
