"""Spark: `mapInArrow` on two local workers, from Parquet to Parquet."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from same import Row

from scrubber import Scrubber
from scrubber.integrations import arrow


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a data frame of four partitions."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    given = pa.table({"id": range(len(texts)), "text": pa.array(texts, pa.string())})
    pq.write_table(given, folder / "in.parquet")
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
    frame = spark.read.parquet(str(folder / "in.parquet")).repartition(4)
    schema = from_arrow_schema(arrow.schema(given.schema))
    found = frame.mapInArrow(partial(arrow.clean_batches, scrubber=Scrubber()), schema)
    found.write.parquet(str(folder / "out"))
    spark.stop()
    rows = sorted(pq.read_table(folder / "out").to_pylist(), key=lambda row: row["id"])
    return [(row["text"], row["edits"]) for row in rows]
