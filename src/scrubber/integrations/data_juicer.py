"""data-juicer: an operator for recipes. This module needs py-data-juicer.

custom_operator_paths: [".../scrubber/integrations/data_juicer.py"]
process:
  - scrubber_mapper: {rules: {ignore: [footers]}}
"""

from __future__ import annotations

import json
from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from scrubber.api import Scrubber
from scrubber.integrations.values import several


@OPERATORS.register_module("scrubber_mapper")
class ScrubberMapper(Mapper):
    """Repairs the texts of batches, and records the edits of each as a line of JSON.

    As text, because data-juicer takes the type of a new column from its first rows, in which there
    may be no edits. `json.loads` gives what `Repaired.plain` does.
    """

    _batched_op = True

    def __init__(
        self, rules: dict[str, Any] | None = None, edits: str | None = "edits", **kwargs: Any
    ) -> None:
        """Make an operator.

        Args:
            rules: arguments of `Scrubber`, such as `{"ignore": ["footers"]}`.
            edits: the field for the edits; None for no record.
            kwargs: what all operators take: `text_key`, `num_proc`, `batch_size` and more.

        Raises:
            ChoiceError: as of `Scrubber`.
        """
        super().__init__(**kwargs)
        self.scrubber, self.edits = Scrubber(**(rules or {})), edits

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Return a batch with its texts repaired.

        Raises:
            ValueError: there is a field of the name of the edits already.
        """
        if self.edits in samples:
            raise ValueError(f'there is a field "{self.edits}" already: name another')
        samples[self.text_key], edits = several(samples[self.text_key], self.scrubber)
        if self.edits is not None:
            samples[self.edits] = [json.dumps(found, ensure_ascii=False) for found in edits]
        return samples
