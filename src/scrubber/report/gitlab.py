"""GitLab's code quality report: one JSON array (https://docs.gitlab.com/ci/testing/code_quality/).

Places are lines: GitLab shows no columns, and no unit is said for them. Fingerprints are unique,
for GitLab takes two findings with the same one for one, and stay when lines above change, or it
would call old findings new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scrubber.documents.source import Source
from scrubber.model import Finding
from scrubber.report.fingerprint import Fingerprints
from scrubber.report.jsonl import dumped
from scrubber.report.message import message
from scrubber.report.severity import SEVERITIES
from scrubber.report.stored import Stored, named
from scrubber.report.writers import Run, Told


class Writer:
    """Writes one object a line, as findings come."""

    def __init__(self, run: Run) -> None:
        self._root = run.root
        self._between = "\n"
        self._fingerprints = Fingerprints()

    def begin(self) -> Iterable[str]:
        """Give the head of the array."""
        return ("[",)

    def open(self, source: Source) -> None:
        """Go on with another source."""
        self._source, self._stored = source, Stored(source, self._root)

    def add(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        """Give an object for each finding."""
        document, record = self._source.documents[number], self._source.record(number)
        path = named(self._stored.path)
        for finding in findings:
            first, last = self._stored.lines(self._stored.spot(number, finding))
            value = {
                "check_name": finding.rule,
                "description": message(finding, record),
                "severity": SEVERITIES[finding.action].gitlab,
                "fingerprint": self._fingerprints.of(document, finding, path, record),
                "location": {"path": path, "lines": {"begin": first, "end": last}},
            }
            yield self._between + dumped(value)
            self._between = ",\n"

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give the end of the array; what went wrong has no place in the format."""
        return ("\n]\n",)
