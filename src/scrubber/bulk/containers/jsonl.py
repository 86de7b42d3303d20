"""JSON Lines: blocks cut at line ends, only the lines of changed records written anew.

An unchanged line is the same byte for byte. Of a changed one only the string of the field is
rewritten, and of the string only what an edit replaces. Where a record has a field twice, the
last one counts, as for every parser of JSON. Empty lines are no records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from scrubber.bulk.containers.streamed import Streamed
from scrubber.bulk.entries import entries
from scrubber.bulk.json_lines import members, replaced, retold
from scrubber.bulk.json_records import Records
from scrubber.bulk.line_spans import lines
from scrubber.bulk.model import (
    Block,
    Change,
    Changes,
    Entry,
    Kept,
    Reading,
    Record,
    Reject,
    ShardError,
)
from scrubber.bulk.nested import put, read, taken
from scrubber.edits import inverted

_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n"
_BLANK_LINE = 1 << 12
"""Bytes over which a line is a record even if it is blank: it may be too long to be looked at."""


class _Held(NamedTuple):
    """The bytes of a block, and where the line of each record begins in them."""

    data: bytes
    starts: Sequence[int] = ()


def open_shard(path: Path, out: Path | None, reading: Reading) -> Lines:
    """Return a JSON Lines file as a shard."""
    return Lines(path, out, reading)


class Lines(Streamed):
    """A JSON Lines file."""

    def __init__(self, path: Path, out: Path | None, reading: Reading) -> None:
        """Take note of the files."""
        super().__init__(path, out, reading)
        self._records = Records(reading, path.name)
        self._rows = self._lines = 0
        self._start = reading.span.start if reading.span else 0

    def __iter__(self) -> Iterator[Block]:
        """Read block by block; a line over the limit comes in pieces that hold no record."""
        parts: list[bytes] = []
        held, inside = 0, False
        for data in self._pieces():
            if inside:
                cut = data.find(b"\n") + 1 or len(data)
                yield self._piece(data[:cut])
                inside = data[cut - 1] != 10
                data = data[cut:]
            cut = data.rfind(b"\n") + 1
            if cut:
                yield self._block(b"".join([*parts, data[:cut]]) if parts else data[:cut])
                parts, held = [], 0
            if cut < len(data):
                parts.append(data[cut:])
                held += len(data) - cut
            if held > self.reading.limit:
                self._rows += 1
                self._lines += 1
                data = b"".join(parts)
                yield self._piece(data, [self._oversized(data)])
                parts, held, inside = [], 0, True
        if parts or self.input.damage:
            yield self._last(self._block(b"".join(parts)))

    def _pieces(self) -> Iterator[bytes]:
        """The bytes of the file, or of the lines that begin in the part that is read."""
        span, size = self.reading.span, self.reading.block
        if span is not None:
            yield from lines(self.input, span, size)
            return
        while data := self.input.read(size):
            yield data

    def _piece(self, data: bytes, rejects: Sequence[Reject] = ()) -> Block:
        consumed = self.input.consumed - self._start
        return Block((), rejects, len(rejects), len(data), consumed, _Held(data), self._rows)

    def _oversized(self, line: bytes) -> Reject:
        reason = f"longer than {self.reading.limit:,} bytes; left as it is"
        return self.reject(self._lines, reason, line)

    def _block(self, data: bytes) -> Block:
        """Read the records of some lines."""
        first = self._lines == 0 and self._start == 0
        at = 3 if first and data.startswith(_BOM) else 0
        lines = (data[at:] if at else data).split(b"\n")
        if not lines[-1]:
            lines.pop()
        records: list[Record] = []
        rejects: list[Reject] = []
        starts: list[int] = []
        oversized = 0
        for line in lines:
            self._lines += 1
            if len(line) > self.reading.limit:
                oversized += 1
                rejects.append(self._oversized(line))
                self._rows += 1
            else:
                try:
                    records.append(self._records.record(line, self._rows))
                    starts.append(at)
                    self._rows += 1
                except ValueError as error:
                    if len(line) > _BLANK_LINE or line.strip(_BLANK):
                        rejects.append(self.reject(self._lines, str(error), line))
                        self._rows += 1
            at += len(line) + 1
        if first and not records and self._records.lacking > 1 and not self.reading.reverting:
            raise ShardError(self._records.missing())
        held, consumed = _Held(data, starts), self.input.consumed - self._start
        return Block(records, rejects, oversized, len(data), consumed, held, self._rows)

    def _last(self, block: Block) -> Block:
        """The last block, with the damage of the archive: why a line in it cannot be read."""
        if not self.input.damage:
            return block
        rejects = list(block.rejects)
        if rejects:
            rejects[-1] = rejects[-1]._replace(reason=self.input.damage)
        else:
            rejects.append(self.reject(max(1, self._lines), self.input.damage, b""))
        return replace(block, rejects=rejects)

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; see `Shard`."""
        data, starts = block.held
        if not changes:
            self.output.write(data)
            return {}
        needed: dict[tuple[int, int], Any] = {}
        view, at = memoryview(data), 0
        for record, start in zip(block.records, starts, strict=True):
            if record.row in changes:
                stop = _end(data, start)
                line = data[start:stop].decode()
                self.output.write(view[at:start])
                line = self._rewritten(line, record, changes[record.row], kept, needed)
                self.output.write(line.encode())
                at = stop
        self.output.write(view[at:])
        return needed

    def _rewritten(
        self,
        line: str,
        record: Record,
        changes: Sequence[Change],
        kept: Kept | None,
        needed: dict[tuple[int, int], Any],
    ) -> str:
        """A line with its changes done; `needed` is told what undoing them needs."""
        spans = members(line)
        todo = []
        for change in changes:
            start, end = spans[self.reading.fields[change.field]]
            token, text = line[start:end], record.texts[change.field]
            place = record.row, change.field
            if kept is None:
                new = retold(token, text, change.text, change.edits)
                need = _needed(token, new, text, change)
                if need is not None:
                    needed[place] = need
            elif isinstance(kept.get(place), str):
                new = kept[place]
            else:
                new = retold(token, text, change.text, change.edits, kept.get(place))
            todo.append((start, end, new))
        parts, at = [], 0
        for start, end, new in sorted(todo):
            parts += [line[at:start], new]
            at = end
        line = "".join([*parts, line[at:]])
        name = self.reading.nested
        if name is None:
            return line
        if self.reading.reverting:
            return taken(line, name)
        one = Block([record])
        return put(line, name, entries(one, {record.row: changes}, needed, self.reading.fields))

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Yield the edits that the records of a block hold themselves, record by record."""
        name, (data, starts) = self.reading.nested, block.held
        for record, start in zip(block.records, starts, strict=True):
            line = data[start : _end(data, start)].decode()
            span = members(line).get(name or "")
            if span is not None:
                yield read(record, line[slice(*span)])


def _end(data: bytes, start: int) -> int:
    """Where the line that begins at a place ends."""
    stop = data.find(b"\n", start)
    return len(data) if stop < 0 else stop


def _needed(token: str, new: str, text: str, change: Change) -> Any:
    """What it needs to make `token` of `new` again: nothing, pieces of it, or all of it."""
    back = inverted(change.edits)
    if retold(new, change.text, text, back) == token:
        return None
    pieces = replaced(token, change.edits)
    if retold(new, change.text, text, back, pieces) == token:
        return pieces
    return token
