"""Arrow batches and arrays: what Spark, Ray Data, DuckDB and others hand to a function.

    dataset.map_batches(partial(clean_batch, scrubber=Scrubber()), batch_format="pyarrow")  # Ray
    frame.mapInArrow(partial(clean_batches, scrubber=Scrubber()), schema)                   # Spark

The record of edits is a list in each row, of the same type as in a sidecar of `scrubber clean`.
pyarrow must be installed (the extra `arrow`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scrubber.api import Scrubber
from scrubber.bulk.arrow import edits_type as _edits_type
from scrubber.integrations.values import several

EDITS = "edits"
"""The name of the column in which edits are recorded."""


def clean_array(array: Any, scrubber: Scrubber | None = None) -> tuple[Any, Any]:
    """Return an array of texts repaired, and one of the edits of each.

    The texts keep their type (string, large_string, string_view, or a dictionary of these), and
    where none is changed they are the very same array. A null stays null; its edits, as those of a
    clean text, are an empty list. Of a chunked array both are chunked.

    >>> import pyarrow as pa
    >>> texts, edits = clean_array(pa.array(["It rained on the seaBut we swam.", None]))
    >>> texts.to_pylist()
    ['It rained on the sea, but we swam.', None]
    >>> edits.to_pylist()[0][0]["after"], edits.to_pylist()[1]
    (', b', [])

    Raises:
        TypeError: it is no array of texts.
    """
    import pyarrow as pa

    if isinstance(array, pa.ChunkedArray):
        pairs = [clean_array(chunk, scrubber) for chunk in array.chunks]
        return (
            pa.chunked_array([texts for texts, _ in pairs], array.type),
            pa.chunked_array([edits for _, edits in pairs], edits_type()),
        )
    given = _texts(pa, array)
    texts, edits = several(given, scrubber)
    record = pa.array(edits, edits_type())
    if not any(edits):
        return array, record
    return pa.array(texts, array.type), record


def clean_batch(
    batch: Any,
    scrubber: Scrubber | None = None,
    *,
    column: str = "text",
    edits: str | None = EDITS,
) -> Any:
    """Return a record batch, or a table, with the texts of one column repaired.

    All other columns, their order and the metadata of the schema stay. The record of edits comes as
    a last column `edits`, or with None is left out.

    Raises:
        KeyError: there is no such column.
        TypeError: it holds no texts.
        ValueError: there is a column of the name of `edits` already.
    """
    made = schema(batch.schema, column=column, edits=edits)
    at = batch.schema.get_field_index(column)
    texts, record = clean_array(batch.column(at), scrubber)
    columns = [*batch.columns[:at], texts, *batch.columns[at + 1 :]]
    return type(batch).from_arrays(columns if edits is None else [*columns, record], schema=made)


def clean_batches(
    batches: Iterable[Any],
    scrubber: Scrubber | None = None,
    *,
    column: str = "text",
    edits: str | None = EDITS,
) -> Iterator[Any]:
    """Yield each record batch with the texts of one column repaired, as `clean_batch` does.

    It is what Spark's `mapInArrow` takes; with `pyarrow.RecordBatchReader.from_batches` and
    `schema` it is what DuckDB reads.
    """
    scrubber = scrubber or Scrubber()
    for batch in batches:
        yield clean_batch(batch, scrubber, column=column, edits=edits)


def schema(given: Any, *, column: str = "text", edits: str | None = EDITS) -> Any:
    """Return the schema of what comes out, from that of what goes in. Raises as `clean_batch`.

    >>> import pyarrow as pa
    >>> schema(pa.schema([("id", pa.int64()), ("text", pa.string())])).names
    ['id', 'text', 'edits']
    """
    import pyarrow as pa

    if given.get_field_index(column) < 0:
        names = ", ".join(given.names)
        raise KeyError(f'no column "{column}", or several; there are: {names}')
    if edits is None:
        return given
    if edits in given.names:
        raise ValueError(f'there is a column "{edits}" already: name another for the edits')
    return given.append(pa.field(edits, edits_type()))


def edits_type() -> Any:
    """Return the type of the record of edits: a list of rules, place, before, after and more.

    Offsets are code points of the original text, half-open, sorted and apart. `decision` is null.
    """
    import pyarrow as pa

    return _edits_type(pa)


def _texts(pa: Any, array: Any) -> list[str | None]:
    """The texts of an array.

    Raises:
        TypeError: it holds something else.
    """
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    views = getattr(pa.types, "is_string_view", lambda kind: False)
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null, views)
    if not any(fits(kind) for fits in texts):
        raise TypeError(f"holds {array.type}, not texts")
    found: list[str | None] = array.to_pylist()
    return found
