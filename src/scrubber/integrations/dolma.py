"""Dolma: what `dolma mix` needs to apply the attributes that `scrubber clean --dolma` writes."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path


def replacements(attributes: str | os.PathLike[str]) -> list[dict[str, object]]:
    """Return the `span_replacement` of a stream: an entry for each attribute below a folder.

    Put them into the configuration of `dolma mix`, whose mixed texts are then those of `clean`. It
    selects by jq, in which a name may hold any character.

    Raises:
        OSError: a file cannot be read.
        ValueError: one holds something else.
    """
    names = {name for file in Path(attributes).rglob("*.gz") for name in _names(file)}
    return [
        {
            "span": f".attributes[{json.dumps(name, ensure_ascii=False)}]",
            "min_score": 1.0,
            "replacement": name.partition("=")[2],
            "syntax": "jq",
        }
        for name in sorted(names)
    ]


def _names(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from json.loads(line)["attributes"]
