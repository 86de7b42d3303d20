"""polars: a series, an expression, a lazy frame that streams."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from same import Row

from scrubber import Scrubber
from scrubber.integrations.polars import clean_series, cleaned


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a frame in each of the ways."""
    scrubber = Scrubber()
    frame = pl.DataFrame({"id": range(len(texts)), "text": pl.Series(texts, dtype=pl.String)})
    found = frame.with_columns(cleaned("text", scrubber).struct.unnest())
    assert found.columns == ["id", "text", "edits"]
    frame.write_parquet(folder / "in.parquet")
    lazy = pl.scan_parquet(folder / "in.parquet").with_columns(
        cleaned(pl.col("text"), scrubber).struct.unnest()
    )
    assert lazy.collect_schema() == found.schema
    lazy.sink_parquet(folder / "out.parquet")
    assert pl.read_parquet(folder / "out.parquet").equals(found)
    series = clean_series(frame["text"].head(60), scrubber)
    assert series.name == "text"
    assert series.struct.field("text").equals(found["text"].head(60))
    nothing = clean_series(pl.Series("text", ["Fine.", None]), scrubber)
    assert nothing.dtype == series.dtype
    try:
        clean_series(frame["id"])
        raise AssertionError("numbers are no texts")
    except TypeError:
        pass
    return list(zip(found["text"].to_list(), found["edits"].to_list(), strict=True))
