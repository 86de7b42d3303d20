"""pandas: a function for series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubber.api import Scrubber
from scrubber.integrations.values import several

if TYPE_CHECKING:
    import pandas as pd


def clean_series(series: pd.Series[str], scrubber: Scrubber | None = None) -> pd.DataFrame:
    """Return a frame of `text`, repaired, and `edits`, a list of dicts in each row.

        frame[["text", "edits"]] = clean_series(frame["text"])

    The index stays, and so does the type of the texts (a categorical one becomes that of its
    categories). What is missing stays missing; its edits, as those of a clean text, are an empty
    list. Offsets of edits are code points of the original text.

    Raises:
        TypeError: a value is neither a text nor missing.
    """
    import pandas as pd

    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(series.dtype.categories.dtype)
    gaps = iter(series.isna())
    texts, edits = several(series.tolist(), scrubber, lambda value: next(gaps))
    made = pd.Series(texts, series.index, series.dtype)
    record = pd.Series(edits, series.index, object)
    return pd.DataFrame({"text": made, "edits": record})
