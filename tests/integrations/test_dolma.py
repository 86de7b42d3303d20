from __future__ import annotations

import gzip
import json
from pathlib import Path

from scrubber.integrations.dolma import replacements


def test_each_attribute_has_its_replacement_and_a_selector_of_jq(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    rows: dict[str, list[dict[str, list[list[float]]]]] = {
        "a.jsonl.gz": [{}, {"scrubber__a/b={} ": [[0, 1, 1.0]]}],
        "deep/b.jsonl.gz": [{"scrubber__a/b={} ": [[2, 3, 1.0]], 'scrubber__a/c="=\n': []}],
    }
    for name, found in rows.items():
        lines = [json.dumps({"id": "1", "attributes": row}) + "\n" for row in found]
        (tmp_path / name).write_bytes(gzip.compress("".join(lines).encode()))
    assert [(entry["span"], entry["replacement"]) for entry in replacements(tmp_path)] == [
        ('.attributes["scrubber__a/b={} "]', "{} "),
        ('.attributes["scrubber__a/c=\\"=\\n"]', '"=\n'),
    ]
