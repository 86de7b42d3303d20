"""polars: an expression for frames, eager and lazy, and a function for series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.api import Scrubber
from scrubber.integrations.values import several

if TYPE_CHECKING:
    import polars as pl


def clean_series(series: pl.Series, scrubber: Scrubber | None = None) -> pl.Series:
    """Return a series of structs: `text`, repaired, and `edits`, a list. Its name stays.

    A null stays null in `text`; its edits, as those of a clean text, are an empty list. Offsets of
    edits are code points of the original text.

    Raises:
        TypeError: it holds no texts.
    """
    import polars as pl

    if series.dtype not in (pl.String, pl.Null, pl.Categorical, pl.Enum):
        raise TypeError(f'"{series.name}" holds {series.dtype}, not texts')
    texts, edits = several(series.to_list(), scrubber)
    fields = cleaned_type().to_schema()
    columns = {"text": texts, "edits": edits}
    made = [pl.Series(name, values, fields[name]) for name, values in columns.items()]
    return pl.DataFrame(made).to_struct(series.name)


def cleaned(column: str | pl.Expr = "text", scrubber: Scrubber | None = None) -> pl.Expr:
    """Return an expression that gives what `clean_series` does, in lazy and streaming frames too.

        frame.with_columns(cleaned("text").struct.unnest())     # text repaired, and edits beside it
        frame.with_columns(cleaned("text").struct.field("text"))              # the texts alone

    All rows of a call are cleaned in one process: threads of polars take turns.
    """
    import polars as pl

    used = scrubber or Scrubber()
    chosen = pl.col(column) if isinstance(column, str) else column
    return chosen.map_batches(
        lambda series: clean_series(series, used), return_dtype=cleaned_type(), is_elementwise=True
    )


def cleaned_type() -> pl.Struct:
    """Return the type of what comes out."""
    import polars as pl

    texts, place = pl.String, pl.Int32
    edit = {
        "rules": pl.List(texts),
        "start": place,
        "end": place,
        **dict.fromkeys(("before", "after", "action", "decision"), texts),
    }
    return pl.Struct({"text": texts, "edits": pl.List(pl.Struct(edit))})
