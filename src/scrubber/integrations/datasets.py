"""Hugging Face `datasets`: a function for `map`, with the features of what it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubber.api import Scrubber
from scrubber.integrations.values import several

if TYPE_CHECKING:
    from datasets import Features


class Cleaning:
    """Repairs one column of a dataset, batch by batch, and records the edits in another.

        cleaning = Cleaning(Scrubber())
        dataset.map(cleaning, batched=True, features=cleaning.features(dataset.features))

    Give the features: without them a first batch in which nothing is changed has edits of type
    null, and later ones fail. It works in several processes (`num_proc`) and on streamed datasets,
    and `map` finds again what it made with the same rules.
    """

    def __init__(
        self, scrubber: Scrubber | None = None, *, column: str = "text", edits: str = "edits"
    ) -> None:
        self.scrubber = scrubber or Scrubber()
        self.column, self.edits = column, edits

    def __call__(self, batch: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Return the two columns of a batch: texts repaired, a None as it is, and their edits.

        Raises:
            KeyError: there is no such column.
            TypeError: it holds something else, or the batch is a single row (`batched=True`).
        """
        texts = batch[self.column]
        if isinstance(texts, str):
            raise TypeError("takes batches: dataset.map(…, batched=True)")
        made, edits = several(texts, self.scrubber)
        return {self.column: made, self.edits: edits}

    def features(self, given: Features) -> Features:
        """Return the features of what comes out, from those of the dataset.

        Raises:
            ValueError: there is a column of the name of the edits already.
        """
        from datasets import Features, List, Value

        if self.edits in given:
            raise ValueError(f'there is a column "{self.edits}" already: name another')
        text, place = Value("string"), Value("int32")
        edit = {
            "rules": List(text),
            "start": place,
            "end": place,
            **dict.fromkeys(("before", "after", "action", "decision"), text),
        }
        return Features({**given, self.edits: List(edit)})
