"""What every format of a report offers: told of texts and findings, it gives the pieces of a text.

A writer gets `open` for each source, then `add` for each of its documents that was looked at, found
or not; the pieces of `begin`, of all `add` and of `end`, one after another, are the report. It is
whole also where nothing was found and where some input failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from scrubber.documents.source import Source
    from scrubber.model import Finding
    from scrubber.report.measured import Measured
    from scrubber.report.text import Style
    from scrubber.rules import Rule


class Run(NamedTuple):
    """What a report may say of the run: `root` is the folder that paths are relative to.

    `style` and `measured` (what is known of each rule by labelled text) are asked for when needed.
    """

    version: str
    rules: Sequence[Rule]
    root: str
    style: Callable[[], Style]
    measured: Callable[[], Mapping[str, Measured]]


Told = Sequence[tuple[str, str]]
"""What went wrong: a path, and the problem in one line."""


class Writer(Protocol):
    """Writes a report in one format, as it comes or at the end."""

    def begin(self) -> Iterable[str]:
        """Give what stands before all findings."""

    def open(self, source: Source) -> None:
        """Go on with another source."""

    def add(self, number: int, findings: Sequence[Finding]) -> Iterable[str]:
        """Take the findings in the `number`th document (from 0) of the source that is open."""

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give the rest. `told` is what went wrong, `code` the exit code of the run."""
