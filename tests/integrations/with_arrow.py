"""Batches and tables of pyarrow."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from same import Row

from scrubber import Scrubber
from scrubber.integrations import arrow


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a table with other columns and metadata, batch by batch and whole."""
    scrubber = Scrubber()
    columns = {"id": pa.array(range(len(texts))), "text": pa.array(texts), "more": pa.array(texts)}
    table = pa.table(columns).replace_schema_metadata({"kept": "so"})
    wanted = arrow.schema(table.schema)
    batches = arrow.clean_batches(table.to_batches(max_chunksize=700), scrubber)
    found = pa.Table.from_batches(batches, wanted)
    assert found.schema.metadata == {b"kept": b"so"}
    assert found.select(["id", "more"]).equals(table.select(["id", "more"]).combine_chunks())
    whole = arrow.clean_batch(table, scrubber, edits=None)
    assert whole.schema == table.schema
    assert whole.column("text").equals(found.column("text"))
    return list(zip(found["text"].to_pylist(), found["edits"].to_pylist(), strict=True))
