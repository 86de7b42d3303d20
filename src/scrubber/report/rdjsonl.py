"""The Diagnostic Format of reviewdog, a line of JSON for each finding.

Columns count bytes of UTF-8 from 1, a byte order mark at the head of a file among them; the end is
exclusive (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). Each proposal is a
suggestion: reviewdog offers them in a pull request, to be taken with one click.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scrubber.documents.source import Source
from scrubber.model import Finding
from scrubber.report.jsonl import dumped
from scrubber.report.message import message
from scrubber.report.severity import SEVERITIES
from scrubber.report.stored import Stored, named
from scrubber.report.writers import Run, Told


class Writer:
    """Writes one diagnostic a line, as findings come."""

    def __init__(self, run: Run) -> None:
        self._root = run.root

    def begin(self) -> Iterable[str]:
        """Give nothing: the format has no head."""
        return ()

    def open(self, source: Source) -> None:
        """Go on with another source."""
        self._source, self._stored = source, Stored(source, self._root)

    def add(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        """Give a line for each finding."""
        record = self._source.record(number)
        for finding in findings:
            spot = self._stored.spot(number, finding)
            value: dict[str, Any] = {
                "message": message(finding, record, offered=False),
                "location": {
                    "path": named(self._stored.path),
                    "range": self._range(spot.start, spot.end),
                },
                "severity": SEVERITIES[finding.action].rdjson,
                "source": {"name": "scrubber"},
                "code": {"value": finding.rule},
            }
            if spot.edits:
                value["suggestions"] = [
                    {"range": self._range(edit.start, edit.end), "text": edit.after}
                    for edit in spot.edits
                ]
            yield dumped(value) + "\n"

    def _range(self, start: int, end: int) -> dict[str, Any]:
        return {"start": self._position(start), "end": self._position(end)}

    def _position(self, offset: int) -> dict[str, int]:
        line, begins = self._stored.line(offset)
        return {"line": line, "column": len(self._stored.text[begins:offset].encode()) + 1}

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give nothing: what went wrong has no place in the format."""
        return ()
