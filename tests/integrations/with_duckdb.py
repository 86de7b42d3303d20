"""DuckDB, which reads batches as they are cleaned."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
from same import Row

from scrubber import Scrubber
from scrubber.integrations import arrow


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Read a Parquet file, clean it, write another; look at edits by unnest."""
    connection = duckdb.connect()
    given = pa.table({"id": range(len(texts)), "text": pa.array(texts, pa.string())})
    connection.register("given", given)
    connection.sql(f"COPY given TO '{folder}/in.parquet'")
    read = connection.cursor().sql(f"SELECT * FROM '{folder}/in.parquet'").fetch_record_batch(900)
    batches = arrow.clean_batches(read, Scrubber())
    reader = pa.RecordBatchReader.from_batches(arrow.schema(read.schema), batches)
    connection.register("cleaned", reader)
    connection.sql(f"COPY cleaned TO '{folder}/out.parquet'")
    out = f"'{folder}/out.parquet'"
    (counted,) = connection.sql(f"SELECT sum(len(edits)), count(*) FROM {out}").fetchall()
    found: list[Row] = connection.sql(f"SELECT text, edits FROM {out} ORDER BY id").fetchall()
    assert counted == (sum(len(edits) for _, edits in found), len(texts))
    edits = connection.sql(f"SELECT edit.before FROM (SELECT unnest(edits) AS edit FROM {out})")
    assert len(edits.fetchall()) == counted[0]
    return found
