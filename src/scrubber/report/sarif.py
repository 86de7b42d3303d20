"""SARIF 2.1.0, which code scanning services and editors read.

Columns count code points from 1 (`columnKind`), without a byte order mark, as the standard asks;
the end is exclusive. Paths are relative to the folder that scrubber was run in, `%SRCROOT%`, of
which no address is given: who reads the report has the texts elsewhere. Each proposal is a fix.

The fingerprint is our own and no `primaryLocationLineHash`: GitHub's upload works that one out
itself, from lines, and warns of any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scrubber.documents.source import Source
from scrubber.model import Edit, Finding
from scrubber.report.fingerprint import Fingerprints
from scrubber.report.jsonl import dumped
from scrubber.report.message import message
from scrubber.report.sarif_rules import plain, rules
from scrubber.report.severity import SEVERITIES
from scrubber.report.stored import Spot, Stored
from scrubber.report.text import printable
from scrubber.report.writers import Run, Told

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
FINGERPRINT = "scrubberPlace/v1"
"""Changes its number when `fingerprint` makes other names of the same places."""


class Writer:
    """Writes one log with one run: the rules first, then a line for each finding as they come."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._indices = {rule.id: index for index, rule in enumerate(run.rules)}
        self._fingerprints = Fingerprints()
        self._between = "\n"

    def begin(self) -> Iterator[str]:
        """Give the tool with its rules, and what holds for all results."""
        run = {
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n"],
            "defaultEncoding": "UTF-8",
            "originalUriBaseIds": {
                ROOT: {"description": {"text": "The folder that scrubber was run in."}}
            },
        }
        driver = {"name": "scrubber", "version": self._run.version}
        if _is_semantic(self._run.version):
            driver["semanticVersion"] = self._run.version
        yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n'
        yield f"{dumped(run)[1:-1]},\n"
        yield f'"tool": {{"driver": {{{dumped(driver)[1:-1]}, "rules": ['
        yield ",".join(f"\n{dumped(rule)}" for rule in rules(self._run))
        yield '\n]}},\n"results": ['

    def open(self, source: Source) -> None:
        """Go on with another source."""
        self._source, self._stored = source, Stored(source, self._run.root)

    def add(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        """Give a result for each finding."""
        for finding in findings:
            yield self._between + dumped(self._result(number, finding))
            self._between = ",\n"

    def _result(self, number: int, finding: Finding) -> dict[str, Any]:
        document, record = self._source.documents[number], self._source.record(number)
        spot = self._stored.spot(number, finding)
        location: dict[str, Any] = {"physicalLocation": self._physical(spot)}
        properties: dict[str, Any] = {"action": finding.action}
        if record is not None:
            location["logicalLocations"] = [{"name": printable(str(record)), "kind": "record"}]
            properties["record"] = record
        name = self._fingerprints.of(document, finding, self._stored.path, record)
        result: dict[str, Any] = {"ruleId": finding.rule}
        if finding.rule in self._indices:
            result["ruleIndex"] = self._indices[finding.rule]
        result |= {
            "level": SEVERITIES[finding.action].sarif,
            "message": {"text": plain(message(finding, record))},
            "locations": [location],
            "partialFingerprints": {FINGERPRINT: name},
            "properties": properties,
        }
        if spot.edits:
            pairs = zip(finding.proposals, spot.edits, strict=True)
            result["fixes"] = [self._fix(proposal, edit) for proposal, edit in pairs]
        return result

    def _physical(self, spot: Spot) -> dict[str, Any]:
        region = self._region(spot.start, spot.end)
        region["snippet"] = {"text": self._stored.text[spot.start : spot.end]}
        return {"artifactLocation": self._artifact(), "region": region}

    def _artifact(self) -> dict[str, Any]:
        uri, below = self._stored.uri
        if self._stored.path == "-":
            return {"uri": uri, "description": {"text": "Standard input."}}
        return {"uri": uri, "uriBaseId": ROOT} if below else {"uri": uri}

    def _fix(self, proposal: str, edit: Edit) -> dict[str, Any]:
        replacement: dict[str, Any] = {"deletedRegion": self._region(edit.start, edit.end)}
        if edit.after:
            replacement["insertedContent"] = {"text": edit.after}
        change = {"artifactLocation": self._artifact(), "replacements": [replacement]}
        said = f"Put “{printable(proposal)}”." if proposal else "Take it out."
        return {"description": {"text": plain(said)}, "artifactChanges": [change]}

    def _region(self, start: int, end: int) -> dict[str, Any]:
        (line, column), (last, stop) = self._place(start), self._place(end)
        return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": stop}

    def _place(self, offset: int) -> tuple[int, int]:
        """Line and column; the end of the text belongs to its last line, with the break of it."""
        text = self._stored.text
        line, begins = self._stored.line(offset)
        if offset == begins == len(text) and offset:
            line, begins = self._stored.line(offset - 1)
        mark = begins == 0 and text.startswith("\ufeff")
        return line, max(1, offset - begins + 1 - mark)

    def end(self, told: Told, code: int) -> Iterable[str]:
        """Give how the run ended, and what went wrong."""
        invocation = {
            "executionSuccessful": code != 2,
            "exitCode": code,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": plain(printable(f"{path}: {problem}"))}}
                for path, problem in told
            ],
        }
        return (f'\n],\n"invocations": [{dumped(invocation)}]\n}}]}}\n',)


def _is_semantic(version: str) -> bool:
    """Whether a version is three numbers, as semantic versions are at the least."""
    parts = version.split(".")
    return len(parts) == 3 and all(part.isdecimal() for part in parts)
