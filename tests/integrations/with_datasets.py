"""Hugging Face datasets: map, in two processes, streamed; what was made is found again."""

from __future__ import annotations

from pathlib import Path

import datasets
from same import Row

from scrubber import Scrubber
from scrubber.integrations.datasets import Cleaning


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a dataset whose first batches are clean."""
    datasets.disable_progress_bars()
    first: list[str | None] = ["All is well."] * 20
    made = datasets.Dataset.from_dict({"id": list(range(len(texts) + 20)), "text": first + texts})
    made.save_to_disk(str(folder / "in"))
    given = datasets.load_from_disk(str(folder / "in"))
    cleaning = Cleaning(Scrubber())
    features = cleaning.features(given.features)
    found = given.map(cleaning, batched=True, batch_size=10, features=features)
    assert found.features == features
    assert found.column_names == ["id", "text", "edits"]
    again = given.map(Cleaning(Scrubber()), batched=True, batch_size=10, features=features)
    assert again.cache_files == found.cache_files
    both = given.map(cleaning, batched=True, features=features, num_proc=2)
    assert both.to_list() == found.to_list()
    streamed = given.to_iterable_dataset().map(cleaning, batched=True, features=features)
    assert list(streamed.take(60)) == found.select(range(60)).to_list()
    found.save_to_disk(str(folder / "out"))
    rows = datasets.load_from_disk(str(folder / "out")).to_list()[20:]
    return [(row["text"], row["edits"]) for row in rows]
