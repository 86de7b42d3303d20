"""Tables of columns: records out of a batch, and a batch with some of its texts changed.

Only the chosen columns are looked into; all others, of whatever type, go through as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from scrubber.bulk.arrow import describe, edits_type, pyarrow
from scrubber.bulk.entries import entries
from scrubber.bulk.model import KEPT, Block, Changes, Entry, Reading, Record, Reject, ShardError
from scrubber.bulk.nested import flat, grouped


class Texts(NamedTuple):
    """The values of a text column in a batch, None where there is none, and what cannot be read."""

    values: list[str | None]
    unread: Mapping[int, tuple[str, bytes]]


class Columns:
    """The chosen columns of a table of some schema.

    `written` is the schema of the table that is written.
    """

    def __init__(self, schema: Any, reading: Reading, name: str, path: str) -> None:
        """Find the columns.

        Raises:
            ShardError: there are none of them, or one holds no text.
        """
        self._pa = pyarrow()
        self._reading, self._name, self._path = reading, name, path
        names = schema.names
        found = [field for field in reading.fields if field in names]
        if not found:
            wanted = " or ".join(f'"{field}"' for field in reading.fields)
            raise ShardError(f"no column {wanted}; there are: {', '.join(names[:20])} (--field)")
        for field in found:
            if not self._is_text(schema.field(field).type):
                raise ShardError(f'the column "{field}" holds {schema.field(field).type}, no text')
        self._found = found
        self._known = [n for n in (reading.id_field, reading.url_field) if n in names]
        self.written = self._with_edits(schema)

    def _is_text(self, kind: Any) -> bool:
        types = self._pa.types
        if types.is_dictionary(kind):
            kind = kind.value_type
        return bool(types.is_string(kind) or types.is_large_string(kind) or _is_view(types, kind))

    def _with_edits(self, schema: Any) -> Any:
        """The schema with the column of edits, or without it when that is taken out."""
        name = self._reading.nested
        if name is None:
            return schema
        has = name in schema.names
        if self._reading.reverting:
            if not has:
                raise ShardError(f'no column "{name}" of edits')
            made = schema.remove(schema.get_field_index(name))
        elif has:
            raise ShardError(f'has a column "{name}" already: name another for the edits')
        else:
            made = schema.append(self._pa.field(name, edits_type(self._pa, ("field", "string"))))
        return made.with_metadata(_described(schema.metadata, name, not has))

    def block(self, batch: Any, row: int, consumed: int) -> Block:
        """Return a batch as a block; its first record has some row."""
        columns = [self._texts(batch, field) for field in self._reading.fields]
        known = {name: _values(self._sound(batch.column(name))) for name in self._known}
        nothing: list[Any] = [None] * batch.num_rows
        ids = known.get(self._reading.id_field) or nothing
        urls = known.get(self._reading.url_field) or nothing
        records: list[Record] = []
        rejects: list[Reject] = []
        oversized = 0
        for at in range(batch.num_rows):
            own = ids[at] if type(ids[at]) in (str, int) else f"{self._name}/{row + at}"
            why = next((c.unread[at] for c in columns if c is not None and at in c.unread), None)
            texts = [c.values[at] if c is not None else None for c in columns]
            if why is None and not any(text is not None for text in texts):
                wanted = " or ".join(f'"{field}"' for field in self._reading.fields)
                why = f"no text in the field {wanted}", str(own).encode()
            if why is not None:
                oversized += why[0].startswith("longer")
                rejects.append(Reject(self._path, row + at + 1, *why))
                continue
            url = urls[at] if isinstance(urls[at], str) else None
            records.append(Record(row + at, own, tuple(text or "" for text in texts), url))
        rows = row + batch.num_rows
        return Block(records, rejects, oversized, batch.nbytes, consumed, batch, rows)

    def _texts(self, batch: Any, field: str) -> Texts | None:
        """The texts of a column, None where there is no such column."""
        if field not in self._found:
            return None
        column = self._plain(self._sound(batch.column(field)))
        longest = self._pa.compute.max(self._pa.compute.binary_length(column)).as_py() or 0
        if longest <= self._reading.limit:
            try:
                return Texts(column.to_pylist(), {})
            except UnicodeDecodeError:
                pass
        values: list[str | None] = []
        unread: dict[int, tuple[str, bytes]] = {}
        for at, scalar in enumerate(column):
            values.append(None)
            if not scalar.is_valid:
                continue
            data = scalar.as_buffer()
            if data.size > self._reading.limit:
                reason = f"longer than {self._reading.limit:,} bytes; left as it is"
                unread[at] = reason, _head(data)
                continue
            try:
                values[-1] = scalar.as_py()
            except UnicodeDecodeError:
                unread[at] = "not UTF-8", _head(data)
        return Texts(values, unread)

    def _sound(self, column: Any) -> Any:
        """A column that can be looked into: damage must not lead outside of its data.

        Raises:
            ValueError: it does.
        """
        pa, kind = self._pa, column.type
        plain = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}
        column.cast(plain.get(kind, kind)).validate(full=True)  # not whether it is UTF-8
        return column

    def _plain(self, column: Any) -> Any:
        if self._pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        return column.cast(self._pa.large_string())

    def changed(self, block: Block, changes: Changes) -> Any:
        """Return the batch of a block with some of its texts changed."""
        batch, first = block.held, block.rows - block.held.num_rows
        columns = {name: batch.column(name) for name in batch.schema.names}
        for number, field in enumerate(self._reading.fields):
            new = {
                row - first: change.text
                for row, made in changes.items()
                for change in made
                if change.field == number
            }
            if new:
                columns[field] = self._replaced(columns[field], new)
        name = self._reading.nested
        if name is not None and self._reading.reverting:
            del columns[name]
        elif name is not None:
            kind = self.written.field(name).type
            columns[name] = self._pa.array(self._edits(block, changes, first), kind)
        return self._pa.RecordBatch.from_arrays(list(columns.values()), schema=self.written)

    def _replaced(self, column: Any, new: Mapping[int, str]) -> Any:
        """A column with some of its texts replaced, by their places, of the type that it had."""
        pa = self._pa
        mask = pa.array([at in new for at in range(len(column))])
        texts = pa.array([new[at] for at in sorted(new)], pa.large_string())
        made = pa.compute.replace_with_mask(self._plain(column), mask, texts)
        if not pa.types.is_dictionary(column.type):
            return made.cast(column.type)
        made = made.cast(column.type.value_type).dictionary_encode()
        return made.cast(column.type)

    def _edits(self, block: Block, changes: Changes, first: int) -> list[list[dict[str, Any]]]:
        found: list[list[dict[str, Any]]] = [[] for _ in range(block.held.num_rows)]
        for record in block.records:
            if record.row in changes:
                made = entries(Block([record]), changes, {}, self._reading.fields)
                found[record.row - first] = flat(made)
        return found

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Yield the edits that the records of a block hold themselves."""
        first = block.rows - block.held.num_rows
        found = block.held.column(self._reading.nested)
        for record in block.records:
            edits = found[record.row - first].as_py()
            if edits:
                yield grouped(record.row, record.id, edits)


def _head(data: Any) -> bytes:
    """The first bytes of a text, to be shown."""
    head: bytes = data.slice(0, min(data.size, KEPT)).to_pybytes()
    return head


def _is_view(types: Any, kind: Any) -> bool:
    """Whether it is the newest kind of text column, which older versions do not know."""
    return bool(getattr(types, "is_string_view", lambda _: False)(kind))


def _values(column: Any) -> Sequence[Any]:
    """The values of a column, None for those that Python cannot hold."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = [None] * len(column)
    return values


def _described(metadata: Any, name: str, added: bool) -> Any:
    """What `datasets` keeps of the columns beside a schema, with the one of edits or without it."""
    if not metadata or b"huggingface" not in metadata:
        return metadata
    try:
        described = json.loads(metadata[b"huggingface"])
        describe(described["info"]["features"], name, added)
    except (ValueError, KeyError, TypeError):
        return metadata
    return {**metadata, b"huggingface": json.dumps(described).encode()}
