"""Ray Data: batches of Arrow, two workers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pyarrow as pa
import ray
from same import Row

from scrubber import Scrubber
from scrubber.integrations.arrow import clean_batch


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a dataset of several blocks."""
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    given = pa.table({"id": range(len(texts)), "text": pa.array(texts, pa.string())})
    dataset = ray.data.from_arrow([given.slice(at, 500) for at in range(0, len(texts), 500)])
    found = dataset.map_batches(partial(clean_batch, scrubber=Scrubber()), batch_format="pyarrow")
    rows = sorted(found.take_all(), key=lambda row: row["id"])
    ray.shutdown()
    return [(row["text"], list(row["edits"])) for row in rows]
