"""datatrove: a pipeline from JSON Lines to JSON Lines and Parquet, two tasks, two workers."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter
from same import Row

from scrubber import Scrubber
from scrubber.integrations.arrow import edits_type
from scrubber.integrations.datatrove import ScrubberFormatter


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean shards. datatrove's reader leaves out records without text: they are put back here."""
    (folder / "in").mkdir()
    for part in range(2):
        lines = [
            json.dumps({"id": str(number), "text": text, "url": f"https://example.org/{number}"})
            for number, text in enumerate(texts)
            if number % 2 == part and text
        ]
        (folder / "in" / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    metadata = pa.struct(
        [("url", pa.string()), ("file_path", pa.string()), ("edits", edits_type())]
    )
    schema = pa.schema([("text", pa.string()), ("id", pa.string()), ("metadata", metadata)])
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(str(folder / "in")),
            ScrubberFormatter(Scrubber(), batch=100),
            JsonlWriter(str(folder / "out"), compression=None),
            ParquetWriter(str(folder / "tables"), schema=schema),
        ],
        tasks=2,
        workers=2,
        start_method="spawn",
        logging_dir=str(folder / "logs"),
    ).run()
    found: list[Row] = [(text, []) for text in texts]
    for file in (folder / "out").iterdir():
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[int(row["id"])] = row["text"], row["metadata"]["edits"]
    for row in pq.read_table(folder / "tables").to_pylist():
        assert found[int(row["id"])] == (row["text"], row["metadata"]["edits"])
    told = json.loads((folder / "logs" / "stats.json").read_text(encoding="utf-8"))
    (step,) = (entry["stats"] for entry in told if "scrubber" in entry["name"])
    assert _total(step["total"]) == sum(map(bool, texts))
    assert _total(step["formatted"]) == sum(bool(edits) for _, edits in found)
    assert _total(step["edits"]) == sum(len(edits) for _, edits in found)
    return found


def _total(counted: int | dict[str, int]) -> int:
    return counted["total"] if isinstance(counted, dict) else counted
