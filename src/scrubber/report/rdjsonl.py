"""The Diagnostic Format of reviewdog, a line of JSON for each finding.

Columns count bytes of UTF-8 from 1, a byte order mark at the head of a file among them; the end is
exclusive (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). Each proposal is a
suggestion: reviewdog offers them in a pull request, to be taken with one click.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scrubber.documents.source import Source
from scrubber.model import Edit, Finding
from scrubber.report.jsonl import dumped
from scrubber.report.message import message
from scrubber.report.severity import SEVERITIES
from scrubber.report.stored import Spot, Stored, named
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
        spots = [self._stored.spot(number, finding) for finding in findings]
        for finding, spot in zip(findings, spots, strict=True):
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
                    for edit in (self._above_end(edit, spot, spots) for edit in spot.edits)
                ]
            yield dumped(value) + "\n"

    def _above_end(self, edit: Edit, spot: Spot, spots: Sequence[Spot]) -> Edit:
        """What takes out the last lines, with the break before them instead of the one after.

        The text comes out the same. reviewdog has no line behind the last one, and offers no
        suggestion that ends there. Left alone where another finding reaches up to these lines.
        """
        text = self._stored.text
        if edit.after or edit.end < len(text) or not edit.before.endswith("\n"):
            return edit
        width = 2 if edit.before.endswith("\r\n") else 1
        start, end = edit.start - width, edit.end - width
        if start < 0 or text[start : edit.start] != text[end:]:
            return edit
        others = (other for spot_of in spots if spot_of is not spot for other in spot_of.edits)
        if any(other.end > start for other in others):
            return edit
        return Edit(start, end, text[start:end], "", edit.rules)

    def _range(self, start: int, end: int) -> dict[str, Any]:
        return {"start": self._position(start), "end": self._position(end)}

    def _position(self, offset: int) -> dict[str, int]:
        line, begins = self._stored.line(offset)
        return {"line": line, "column": len(self._stored.text[begins:offset].encode()) + 1}

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give nothing: what went wrong has no place in the format."""
        return ()
