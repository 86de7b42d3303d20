"""CSV and TSV: rows that are not changed stay byte for byte, of the others only fields change.

The first row names the fields. A row that is broken, or has more or fewer fields than the first,
is copied through. A bare field is quoted where its new text asks for it, and bare again when the
change is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scrubber.bulk.containers.streamed import Streamed
from scrubber.bulk.csv_rows import Grammar, Span, State, text
from scrubber.bulk.model import Block, Changes, Kept, Reading, Record, Reject, ShardError
from scrubber.bulk.streams import packing

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = {".csv": ",;\t|", ".tsv": "\t", ".tab": "\t"}
_LINE_FEED = 10
_BARE = "bare"
"""Is kept of a field that was bare and would not be, as a new one of its text is not."""


class _Held(NamedTuple):
    """The bytes of a block, and where the chosen fields of each record lie in them."""

    data: bytes
    spans: Sequence[tuple[Span | None, ...]] = ()


def open_shard(path: Path, out: Path | None, reading: Reading) -> Table:
    """Return a CSV or TSV file as a shard."""
    return Table(path, out, reading)


class Table(Streamed):
    """A CSV or TSV file."""

    def __init__(self, path: Path, out: Path | None, reading: Reading) -> None:
        """Take note of the files."""
        super().__init__(path, out, reading)
        if reading.nested is not None:
            raise ShardError("a table of text has no place for edits; keep them beside it")
        self._rows = self._lines = 0
        self._grammar = Grammar(",")
        self._names: list[str] = []

    def __iter__(self) -> Iterator[Block]:
        """Read block by block; a row over the limit comes in pieces that hold no record."""
        rest, final = b"", False
        while rest or not final:
            piece = b"" if final else self.input.read(self.reading.block)
            final = final or len(piece) < self.reading.block
            data, at = rest + piece, 0
            if not data:
                break
            if not self._names:
                at = self._head(data, final)
                if not at:
                    rest = data
                    continue
            block = self._block(data, at, final)
            rest = data[block.size :]
            if block.size:
                yield block
            if len(rest) > self.reading.limit:
                rest, final = yield from self._oversized(rest)
        if self.input.damage:
            told = [self.reject(max(1, self._lines), self.input.damage, b"")]
            yield Block((), told, 0, 0, self.input.consumed, _Held(b""), self._rows)

    def _head(self, data: bytes, final: bool) -> int:
        """Read the first row; returns where it ends, 0 where more of it has to be read."""
        at = len(_BOM) if data.startswith(_BOM) else 0
        for delimiter in _DELIMITERS[_ending(self.path)]:
            grammar = Grammar(delimiter)
            found = grammar.row(data, at)
            if found is None or not (final or data[found[1] - 1] == _LINE_FEED):
                if not final and len(data) <= self.reading.limit:
                    return 0
                raise ShardError("its first row cannot be read")
            try:
                names = [text(field) for field in found[0]]
            except UnicodeDecodeError:
                raise ShardError("its first row is not UTF-8") from None
            self._names = self._names or names
            if set(names).intersection(self.reading.fields):
                self._names, self._grammar = names, grammar
                break
        else:
            wanted = " or ".join(f'"{name}"' for name in self.reading.fields)
            raise ShardError(
                f"no column {wanted}; there are: {', '.join(self._names[:20])} (--field)"
            )
        places = {name: at for at, name in enumerate(self._names)}
        columns = sorted({places[name] for name in self._sought() if name in places})
        self._groups = {
            name: columns.index(places[name]) + 1 for name in places if places[name] in columns
        }
        self._match = self._grammar.wanted(len(self._names), columns).match
        self._lines = data.count(b"\n", 0, found[1])
        return found[1]

    def _sought(self) -> tuple[str, ...]:
        return *self.reading.fields, self.reading.id_field, self.reading.url_field

    def _block(self, data: bytes, at: int, final: bool) -> Block:
        """Read the rows of some data from a place on, as far as they are whole."""
        records: list[Record] = []
        rejects: list[Reject] = []
        spans: list[tuple[Span | None, ...]] = []
        groups = [self._groups.get(name) for name in self.reading.fields]
        oversized, counted = 0, at
        while at < len(data):
            row = self._match(data, at)
            reason: str | None = None
            if row is not None and (final or data[row.end() - 1] == _LINE_FEED):
                end = row.end()
            else:
                odd = self._odd(data, at, final)
                if odd is None:
                    break
                end, reason = odd
            if not data[at:end].strip(b"\r\n"):
                at = end
                continue
            if end - at > self.reading.limit:
                reason = self._too_long()
                oversized += 1
            if reason is None and row is not None:
                try:
                    records.append(self._record(row))
                    spans.append(tuple(row.span(group) if group else None for group in groups))
                except UnicodeDecodeError:
                    reason = "not UTF-8"
            if reason is not None:
                self._lines += data.count(b"\n", counted, at)
                counted = at
                rejects.append(self.reject(self._lines + 1, reason, data[at:end]))
            self._rows += 1
            at = end
        self._lines += data.count(b"\n", counted, at)
        held, consumed = _Held(data[:at], spans), self.input.consumed
        return Block(records, rejects, oversized, at, consumed, held, self._rows)

    def _odd(self, data: bytes, at: int, final: bool) -> tuple[int, str] | None:
        """What is no row as the first one: where it ends, and why; None where more is to come."""
        end, state = self._grammar.ends(data, at)
        if end < 0 and not final:
            return None
        end = end if end >= 0 else len(data)
        found = self._grammar.row(data, at)
        if found is not None and found[1] == end:
            return end, f"{len(found[0])} fields, and the first row has {len(self._names)}"
        if state is State.QUOTED:
            return end, "a quotation mark that is never closed"
        return end, "quotation marks that do not go together"

    def _record(self, row: re.Match[bytes]) -> Record:
        """The record of a row.

        Raises:
            UnicodeDecodeError: a text is not UTF-8.
        """
        group = self._groups.get
        texts = [text(row[at]) if (at := group(name)) else "" for name in self.reading.fields]
        known = {}
        for name in (self.reading.id_field, self.reading.url_field):
            at = group(name)
            known[name] = text(row[at]) if at else ""
        identity = known[self.reading.id_field] or f"{self.path.name}/{self._rows}"
        return Record(self._rows, identity, tuple(texts), known[self.reading.url_field] or None)

    def _too_long(self) -> str:
        return f"longer than {self.reading.limit:,} bytes; left as it is"

    def _oversized(self, data: bytes) -> Generator[Block, None, tuple[bytes, bool]]:
        """Yield pieces of a row that is too long to be held; returns what comes after it."""
        rejects = [self.reject(self._lines + 1, self._too_long(), data)]
        self._rows += 1
        final, (_, state) = False, self._grammar.ends(data)
        end = -1
        while True:
            stop = len(data) if end < 0 else end
            self._lines += data.count(b"\n", 0, stop)
            consumed, held = self.input.consumed, _Held(data[:stop])
            yield Block((), rejects, len(rejects), stop, consumed, held, self._rows)
            if end >= 0 or final:
                return data[stop:], final
            rejects = []
            data = self.input.read(self.reading.block)
            final = len(data) < self.reading.block
            end, state = self._grammar.ends(data, 0, state)

    def write(self, block: Block, changes: Changes, kept: Kept | None = None) -> Kept:
        """Write a block with some of its records changed; see `Shard`."""
        data, spans = block.held
        needed: dict[tuple[int, int], Any] = {}
        view, at = memoryview(data), 0
        for record, places in zip(block.records, spans, strict=True) if changes else ():
            changed = changes.get(record.row, ())
            for change in sorted(changed, key=lambda change: places[change.field]):
                start, end = places[change.field]
                place = record.row, change.field
                if kept is not None and place in kept:
                    new = change.text
                else:
                    quoted = data[start : start + 1] == b'"'
                    alone = len(self._names) == 1 and not change.text
                    new = self._grammar.written(change.text, quoted or alone)
                    before = record.texts[change.field]
                    same = (new, before) == (change.text, self._grammar.written(before, False))
                    if not quoted and not same:
                        needed[place] = _BARE
                self.output.write(view[at:start])
                self.output.write(new.encode())
                at = end
        self.output.write(view[at:])
        return needed


def _ending(path: Path) -> str:
    """The ending of a table's name, without that of its packing."""
    name = path.name.lower()
    return Path(name.removesuffix(packing(path))).suffix
