"""data-juicer: an operator of its own `process`, two processes."""

from __future__ import annotations

import json
from pathlib import Path

from data_juicer.core.data import NestedDataset
from data_juicer.ops import load_ops
from same import Row

from scrubber.integrations.data_juicer import ScrubberMapper


def rows(texts: list[str | None], folder: Path) -> list[Row]:
    """Clean a dataset, with the operator made as a recipe makes it."""
    given = NestedDataset.from_dict({"id": list(range(len(texts))), "text": texts})
    operators = load_ops([{"scrubber_mapper": {"num_proc": 2, "batch_size": 300}}])
    assert isinstance(operators[0], ScrubberMapper)
    found = given.process(operators).to_list()
    return [(row["text"], json.loads(row["edits"])) for row in found]
