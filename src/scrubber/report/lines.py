"""Reports that stream: for people at a terminal, as JSON Lines, and as one JSON array.

What the first check of a clean text does not need is imported when something is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrubber.documents.source import Source
    from scrubber.model import Finding
    from scrubber.report.writers import Run, Told


class _Streamed:
    """Gives findings as they come, and nothing before or after them."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._source: Source | None = None

    def begin(self) -> Iterable[str]:
        return ()

    def open(self, source: Source) -> None:
        self._source = source

    def add(self, number: int, findings: Sequence[Finding]) -> Iterable[str]:
        return self._written(number, findings) if findings else ()

    def _written(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        raise NotImplementedError

    def end(self, told: Told, code: int) -> Iterable[str]:
        return ()


class Text(_Streamed):
    """Some lines of text for each finding, for a person to read."""

    def _written(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        from scrubber.report.text import finding_lines

        assert self._source is not None
        document, record = self._source.documents[number], self._source.record(number)
        for finding in findings:
            yield finding_lines(document, finding, record, self._run.style()) + "\n\n"


class Jsonl(_Streamed):
    """A line of JSON for each finding; columns count code points."""

    def _written(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        from scrubber.report.jsonl import line

        assert self._source is not None
        document, record = self._source.documents[number], self._source.record(number)
        for finding in findings:
            yield line(document, finding, record=record) + "\n"


class Json(Jsonl):
    """The same objects as JSON Lines has, in one array."""

    _between = "\n"

    def begin(self) -> Iterable[str]:
        """Give the head of the array."""
        return ("[",)

    def _written(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        for piece in super()._written(number, findings):
            yield self._between + piece.removesuffix("\n")
            self._between = ",\n"

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give the end of the array."""
        return ("\n]\n",)
