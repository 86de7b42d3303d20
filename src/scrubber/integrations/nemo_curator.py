"""NeMo Curator: a stage of a pipeline. This module needs nemo-curator."""

from __future__ import annotations

from nemo_curator.stages.base import ProcessingStage
from nemo_curator.tasks import DocumentBatch

from scrubber.api import Scrubber
from scrubber.integrations.arrow import EDITS, clean_batch


class ScrubberStage(ProcessingStage[DocumentBatch, DocumentBatch]):
    """Repairs the texts of batches of documents, and records the edits in a column.

        Pipeline(name="clean", stages=[JsonlReader("in"), ScrubberStage(), ParquetWriter("out")])

    Batches come out as tables of Arrow, with the edits as in `scrubber.integrations.arrow`.
    """

    name = "scrubber"

    def __init__(
        self,
        scrubber: Scrubber | None = None,
        *,
        column: str = "text",
        edits: str | None = EDITS,
    ) -> None:
        """Make a stage: which rules run, on which column, where edits go (None: nowhere)."""
        self.scrubber = scrubber or Scrubber()
        self.column, self.edits = column, edits

    def inputs(self) -> tuple[list[str], list[str]]:
        """Return what a batch must have."""
        return ["data"], [self.column]

    def outputs(self) -> tuple[list[str], list[str]]:
        """Return what a batch has then."""
        return ["data"], [self.column, *([self.edits] if self.edits is not None else [])]

    def process(self, task: DocumentBatch) -> DocumentBatch:
        """Return a batch with its texts repaired.

        Raises:
            TypeError: the column holds no texts.
            ValueError: there is a column of the name of the edits already.
        """
        table = clean_batch(task.to_pyarrow(), self.scrubber, column=self.column, edits=self.edits)
        return DocumentBatch(
            dataset_name=task.dataset_name,
            data=table,
            _metadata=task._metadata,
            _stage_perf=task._stage_perf,
        )
