r"""JUnit's XML: a test case for each file, so that a file has one history, clean or not.

A case passes when nothing was found; else its failure lists the findings, with lines and columns of
the text (a record's own, in a dataset) that count code points from 1, as the report for a terminal
does. What could not be read or worked on is an error. A character that XML forbids is written as
Python does (`\x1b`), so that the report can be parsed whatever a file holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from scrubber.documents.source import Source
from scrubber.model import Action, Document, Finding
from scrubber.report.message import message
from scrubber.report.place import place
from scrubber.report.stored import relative
from scrubber.report.text import counted, first_seen
from scrubber.report.writers import Run, Told


class Writer:
    """Writes one suite at the end, which begins with how many of its cases failed."""

    def __init__(self, run: Run) -> None:
        self._root = run.root
        self._cases: list[str] = []
        self._failed = 0
        self._source: Source | None = None
        self._looked = False
        self._counts: Counter[Action] = Counter()
        self._lines: list[str] = []

    def begin(self) -> Iterable[str]:
        """Give nothing yet."""
        return ()

    def open(self, source: Source) -> None:
        """Go on with another source."""
        self._close()
        self._source, self._looked = source, not source.documents

    def add(self, number: int, findings: Sequence[Finding]) -> Iterable[str]:
        """Keep the findings for the end."""
        assert self._source is not None
        self._looked = True
        document, record = self._source.documents[number], self._source.record(number)
        for finding in findings:
            self._counts[finding.action] += 1
            self._lines.append(_line(document, finding, record))
        return ()

    def _close(self) -> None:
        """End the case of the source that is open; one that was not looked at is an error."""
        if self._source is None or not self._looked:
            return
        head = _head(relative(self._source.path, self._root))
        if self._counts:
            self._failed += 1
            found = ", ".join(f"{self._counts[a]:,} {a}" for a in Action if self._counts[a])
            summary = f"{counted(self._counts.total(), 'finding')}: {found}"
            worst = min(self._counts, key=lambda action: action.doubt)
            body = "".join(f"\n{line}" for line in self._lines)
            self._cases.append(
                f'{head}><failure message="{_attribute(summary)}" type="{worst}">'
                f"{_text(body)}\n</failure></testcase>\n"
            )
        else:
            self._cases.append(f"{head}/>\n")
        self._counts, self._lines = Counter(), []

    def end(self, told: Told, code: int) -> Iterator[str]:
        """Give the whole report."""
        self._close()
        errors = [
            f'{_head(path)}><error message="{_attribute(problem)}" type="error"/></testcase>\n'
            for path, problem in told
        ]
        counts = (
            f'tests="{len(self._cases) + len(errors)}" failures="{self._failed}"'
            f' errors="{len(errors)}"'
        )
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield f'<testsuites name="scrubber" {counts}>\n'
        yield f'<testsuite name="scrubber" {counts} skipped="0" time="0">\n'
        yield from self._cases
        yield from errors
        yield "</testsuite>\n</testsuites>\n"


def _head(path: str) -> str:
    return f'<testcase name="{_attribute(path)}" classname="scrubber" time="0"'


def _line(document: Document, finding: Finding, record: object) -> str:
    line, column, _, _ = place(document, first_seen(document.text, finding))
    return f"{line}:{column}: {finding.action} {finding.rule}: {message(finding, record)}"


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(text: str, **more: str) -> str:
    """A text as XML; a carriage return is numbered, or a parser would make a line feed of it."""
    allowed = _FORBIDDEN.sub(lambda hit: hit[0].encode("unicode_escape").decode(), text)
    return escape(allowed, {"\r": "&#13;", **more})


def _attribute(text: str) -> str:
    return _text(text, **{'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})
