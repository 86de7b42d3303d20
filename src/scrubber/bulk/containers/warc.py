"""WARC and WET: pages as plain text (`conversion`) are cleaned, all other records pass through.

Of a changed record the body, its length and its digests change. Each record is compressed for
itself, as those who read WARC at random places expect. Where a record is broken, all up to the
next one is copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scrubber.bulk.containers.streamed import Streamed
from scrubber.bulk.model import Block, Changes, Kept, Reading, Record, Reject, ShardError
from scrubber.bulk.warc_records import BEGIN, HEAD, Head, fitted, head

_NEXT = b"\n" + BEGIN
_BREAK = b"\r\n"
_BREAKS = b"\r\n"


class _Piece(NamedTuple):
    """A stretch of a block. `whole` tells whether a record ends with it.

    Where `row` is given it is a text, with its body from `body` to `stop`.
    """

    start: int
    end: int
    whole: bool
    row: int = -1
    body: int = 0
    stop: int = 0


class _Held(NamedTuple):
    """The bytes of a block, and how it is cut."""

    data: bytes
    pieces: Sequence[_Piece]


def _past_breaks(data: bytes, stop: int) -> int:
    """Where the two line ends behind a record end, as far as they are there."""
    after = data[stop : stop + 4]
    return stop + len(after) - len(after.lstrip(_BREAKS))


def _text(data: bytes, body: int, stop: int, length: int) -> str:
    """The text of a record.

    Raises:
        ValueError: it cannot be trusted to be that; the message says why.
    """
    if stop - body < length:
        raise ValueError("the record ends early")
    after = data[stop : stop + 4]
    if not after.startswith((_BREAK + _BREAK, b"\n\n")) and (
        len(after) == 4 or after.strip(_BREAKS)
    ):
        raise ValueError("it does not end where its headers say")
    try:
        return data[body:stop].decode()
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None


def open_shard(path: Path, out: Path | None, reading: Reading) -> Warc:
    """Return a WARC or WET file as a shard."""
    return Warc(path, out, reading)


class Warc(Streamed):
    """A WARC or WET file. Rows count all records, lines of rejects too."""

    def __init__(self, path: Path, out: Path | None, reading: Reading) -> None:
        """Take note of the files."""
        super().__init__(path, out, reading)
        if reading.nested is not None:
            raise ShardError("WARC has no place for edits; keep them beside it")
        self._rows = 0
        self._lost = False
        self._left = 0

    def __iter__(self) -> Iterator[Block]:
        """Read block by block; a record over the limit comes in pieces that hold no record."""
        rest, final = b"", False
        while rest or not final:
            piece = b"" if final else self.input.read(self.reading.block)
            final = final or len(piece) < self.reading.block
            block = self._block(rest + piece, final)
            rest = (rest + piece)[block.size :]
            if block.size:
                yield block
        if self.input.damage:
            told = [self.reject(max(1, self._rows), self.input.damage, b"")]
            yield Block((), told, 0, 0, self.input.consumed, _Held(b"", ()), self._rows)

    def _block(self, data: bytes, final: bool) -> Block:
        """Read the records of some data, as far as they are whole."""
        records: list[Record] = []
        rejects: list[Reject] = []
        pieces: list[_Piece] = []
        at = oversized = 0
        while at < len(data):
            if self._left or self._lost:
                end = self._passed(data, at, final)
                if end == at:
                    break
                pieces.append(_Piece(at, end, not (self._left or self._lost)))
                at = end
                continue
            found = self._next(data, at, final)
            if found is None:
                break
            if isinstance(found, str):
                if data[at:].strip(_BREAKS) == b"":  # what is left at the end of a file
                    pieces.append(_Piece(at, len(data), False))
                    at = len(data)
                    continue
                rejects.append(self.reject(self._rows + 1, found, data[at : at + HEAD]))
                self._lost = True
                begun = len(data) - len(data[at:].lstrip(_BREAKS)) + 1
                pieces.append(_Piece(at, begun, False))
                at = begun
            elif found[1].length > self.reading.limit:
                reason = f"longer than {self.reading.limit:,} bytes; left as it is"
                rejects.append(self.reject(self._rows + 1, reason, data[at : at + HEAD]))
                oversized += 1
                self._left = found[0] - at + found[1].length
            else:
                body, known = found
                stop = min(len(data), body + known.length)
                end = _past_breaks(data, stop)
                row = -1
                try:
                    if known.is_text:
                        text = _text(data, body, stop, known.length)
                        records.append(self._record(known, text))
                        row = self._rows
                except ValueError as error:
                    rejects.append(self.reject(self._rows + 1, str(error), data[at:end]))
                pieces.append(_Piece(at, end, True, row, body, stop))
                at = end
            self._rows += 1
        held, consumed = _Held(data[:at], pieces), self.input.consumed
        return Block(records, rejects, oversized, at, consumed, held, self._rows)

    def _next(self, data: bytes, at: int, final: bool) -> tuple[int, Head] | str | None:
        """Where the body of the record at a place begins, and its headers; or why it is broken.

        None where more has to be read.
        """
        start = at
        while start < len(data) and data[start] in _BREAKS:
            start += 1
        if not data.startswith(BEGIN, start):
            return None if not final and BEGIN.startswith(data[start:]) else "no WARC record"
        end = data.find(_BREAK + _BREAK, start, start + HEAD)
        if end < 0:
            more = not final and len(data) - start < HEAD
            return None if more else "its headers do not end"
        body = end + 4
        try:
            known = head(data[start:body])
        except ValueError as error:
            return str(error)
        whole = body + known.length + 4 <= len(data) or known.length > self.reading.limit
        return (body, known) if whole or final else None

    def _passed(self, data: bytes, at: int, final: bool) -> int:
        """How far some data is of a record that is broken or over the limit."""
        if self._left:
            end = min(len(data), at + self._left)
            self._left -= end - at
            return end if self._left else _past_breaks(data, end)
        found = data.find(_NEXT, at)
        if found >= 0:
            self._lost = False
            return found + 1
        return len(data) if final else max(at, len(data) - len(_NEXT) + 1)

    def _record(self, known: Head, text: str) -> Record:
        name = known.values.get("warc-record-id") or f"{self.path.name}/{self._rows}"
        return Record(self._rows, name, (text,), known.values.get("warc-target-uri"))

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; see `Shard`."""
        data, pieces = block.held
        needed: dict[tuple[int, int], Any] = {}
        for piece in pieces:
            if piece.row in changes:
                body = changes[piece.row][0].text.encode()
                old = data[piece.start : piece.body]
                place = piece.row, 0
                if kept is not None and place in kept:
                    new = str(kept[place]).encode("latin-1")
                else:
                    new = fitted(old, body)
                    if kept is None and fitted(new, data[piece.body : piece.stop]) != old:
                        needed[place] = old.decode("latin-1")
                self.output.write(new + body + data[piece.stop : piece.end])
            else:
                self.output.write(data[piece.start : piece.end])
            if piece.whole:
                self.output.cut()
        return needed
