"""datatrove: a step of a pipeline. This module needs datatrove."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from datatrove.pipeline.formatters.base import BaseFormatter
from datatrove.utils.typeshelper import StatHints

from scrubber.api import Scrubber

if TYPE_CHECKING:
    from datatrove.data import Document, DocumentsPipeline


class ScrubberFormatter(BaseFormatter):
    """Repairs documents, and records the edits of each in its metadata, always: clean ones none.

        [JsonlReader("in"), ScrubberFormatter(Scrubber()), JsonlWriter("out")]

    It takes some hundred documents at a time, because it tells most clean ones from their batch.
    Counted are all documents, those that were changed, their edits, and the rules that failed. A
    `ParquetWriter` takes its types from the first document: give it a `schema` in which the edits
    are `scrubber.integrations.arrow.edits_type()`, or leave them out with `edits=None`.
    """

    name = "🧽 scrubber"

    def __init__(
        self, scrubber: Scrubber | None = None, *, edits: str | None = "edits", batch: int = 512
    ) -> None:
        """Make a step.

        Args:
            scrubber: which rules run; without it all that are on, unattended.
            edits: the key of the metadata under which the edits stand; None for no record.
            batch: documents that are held at a time.
        """
        super().__init__()
        self.scrubber = scrubber or Scrubber()
        self.edits, self.batch = edits, batch

    def format(self, text: str) -> str:
        """Return one text repaired."""
        return self.scrubber.clean(text).text

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Yield the documents repaired, in order.

        Raises:
            ValueError: a document has metadata of the name of the edits already.
        """
        documents = iter(data or ())
        while held := list(islice(documents, self.batch)):
            with self.track_time("batch"):
                self._repair(held)
            yield from held

    def _repair(self, documents: list[Document]) -> None:
        done = self.scrubber.clean_many(document.text for document in documents)
        for document, one in zip(documents, done, strict=True):
            if self.edits is not None:
                if self.edits in document.metadata:
                    raise ValueError(
                        f'document {document.id} has "{self.edits}" in its metadata already: name'
                        " another key"
                    )
                document.metadata[self.edits] = one.plain()
            self.stat_update(StatHints.total)
            if one.edits:
                document.text = one.text
                self.stat_update("formatted")
                self.stat_update("edits", value=len(one.edits))
            if one.faults:
                self.stat_update("faults", value=len(one.faults))
