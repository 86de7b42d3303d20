"""NeMo Curator: a pipeline from JSON Lines to Parquet, by its executor for Ray Data."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
from nemo_curator.backends.ray_data import RayDataExecutor
from nemo_curator.pipeline import Pipeline
from nemo_curator.stages.text.io.reader import JsonlReader
from nemo_curator.stages.text.io.writer import ParquetWriter
from same import Row

from scrubber.integrations.nemo_curator import ScrubberStage


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean two shards."""
    (folder / "in").mkdir()
    for part in range(2):
        lines = [
            json.dumps({"id": number, "text": text})
            for number, text in enumerate(texts)
            if number % 2 == part
        ]
        (folder / "in" / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    stages = [
        JsonlReader(str(folder / "in"), files_per_partition=1),
        ScrubberStage(),
        ParquetWriter(str(folder / "out")),
    ]
    Pipeline(name="clean", stages=stages).run(RayDataExecutor())
    found = [row for file in (folder / "out").iterdir() for row in pq.read_table(file).to_pylist()]
    return [(row["text"], list(row["edits"])) for row in sorted(found, key=lambda row: row["id"])]
