"""pandas: series of each type of texts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from same import Row

from scrubber import Scrubber
from scrubber.integrations.pandas import clean_series


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a frame with an index of its own; the types of texts stay."""
    scrubber = Scrubber()
    index = [f"row {number}" for number in range(len(texts))]
    frame = pd.DataFrame({"text": texts, "more": texts}, index)
    frame[["text", "edits"]] = clean_series(frame["text"], scrubber)
    assert list(frame.index) == index
    some = 120
    for kind in ("object", "string", "str", "string[pyarrow]", "category"):
        series = pd.Series(texts[:some], index[:some]).astype(kind)
        found = clean_series(series, scrubber)
        assert kind == "category" or found["text"].dtype == series.dtype
        assert list(found["text"].isna()) == [text is None for text in texts[:some]]
        assert list(found["text"].dropna()) == list(frame["text"].head(some).dropna())
        assert list(found["edits"]) == list(frame["edits"].head(some))
    try:
        clean_series(pd.Series([1, 2]), scrubber)
        raise AssertionError("numbers are no texts")
    except TypeError:
        pass
    plain = (None if pd.isna(text) else text for text in frame["text"])
    return list(zip(plain, frame["edits"], strict=True))
