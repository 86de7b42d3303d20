"""Dolma: its own mixer, given the attributes of `clean --dolma`, makes the texts of `clean`."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dolma
from same import Row

from scrubber.integrations.dolma import replacements


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean two shards, then mix. A document of Dolma has a text: a missing one is left out."""
    (folder / "documents").mkdir()
    (folder / "work").mkdir()
    for part in range(2):
        with gzip.open(folder / "documents" / f"{part}.jsonl.gz", "wt", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                if number % 2 == part and text is not None:
                    file.write(json.dumps({"id": str(number), "text": text}) + "\n")
    command = [sys.executable, "-m", "scrubber", "clean", "documents", "-o", "out", "-q", "--dolma"]
    subprocess.run([*command, "--edits-as", "column"], cwd=folder, check=True)
    kept = folder / "out" / "_scrubber" / "attributes"
    (folder / "attributes").symlink_to(kept, target_is_directory=True)
    stream = {
        "name": "mixed",
        "documents": [f"{folder}/documents/*"],
        "attributes": ["scrubber"],
        "output": {"path": f"{folder}/mixed", "max_size_in_bytes": 10**9},
        "span_replacement": replacements(kept),
        "compression": {"input": None, "output": None},
    }
    work = {"input": f"{folder}/work", "output": f"{folder}/work"}
    dolma.mixer({"work_dir": work, "processes": 1, "streams": [stream], "shuffle": False})
    found: list[Row] = [(text, []) for text in texts]
    for row in _read(folder / "out"):
        edits = row.get("edits") or []
        found[int(row["id"])] = "", [dict(list(edit.items())[1:]) for edit in edits]  # no field
    for row in _read(folder / "mixed" / "documents"):
        found[int(row["id"])] = row["text"], found[int(row["id"])][1]
    return found


def _read(place: Path) -> Iterator[dict[str, Any]]:
    for file in place.glob("*.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
