"""Workflow commands, which GitHub shows as annotations in the changed files of a pull request.

Columns count code points from 1, without a byte order mark. GitHub's documentation says no more
than "column number, starting at 1" and neither names a unit nor marks columns in its pages, so
ours are those of all our other formats. They are left out where a finding spans lines: GitHub
refuses such an annotation.

GitHub shows 10 annotations of a level for each step, the first ones
(https://docs.github.com/en/actions/reference/limits). So all are kept until the end, the worst are
written first, and a notice says how many are in the log only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scrubber.documents.source import Source
from scrubber.model import Action, Finding
from scrubber.report.message import message
from scrubber.report.severity import SEVERITIES
from scrubber.report.stored import Spot, Stored
from scrubber.report.text import counted, printable
from scrubber.report.writers import Run, Told

SHOWN = 10
"""Annotations of a level that GitHub shows for each step."""


class Writer:
    """Writes one command a line, all at the end."""

    def __init__(self, run: Run) -> None:
        self._root = run.root
        self._lines: dict[Action, list[str]] = {action: [] for action in Action}

    def begin(self) -> Iterable[str]:
        """Give nothing yet."""
        return ()

    def open(self, source: Source) -> None:
        """Go on with another source."""
        self._source, self._stored = source, Stored(source, self._root)

    def add(self, number: int, findings: Sequence[Finding]) -> Iterable[str]:
        """Keep the findings for the end."""
        record = self._source.record(number)
        for finding in findings:
            place = self._place(self._stored.spot(number, finding))
            severity = SEVERITIES[finding.action].github
            properties = {"file": self._stored.path, **place, "title": finding.rule}
            line = command(severity, properties, message(finding, record))
            self._lines[finding.action].append(line)
        return ()

    def _place(self, spot: Spot) -> dict[str, object]:
        first, last = self._stored.lines(spot)
        if first != last:
            return {"line": first, "endLine": last}
        _, begins = self._stored.line(spot.start)
        begins += begins == 0 and self._stored.text.startswith("\ufeff")
        column = max(spot.start, begins) - begins + 1
        end = max(spot.end, begins) - begins + 1
        return {"line": first, "col": column, "endLine": last, "endColumn": end}

    def end(self, told: Told, code: int) -> Iterator[str]:
        """Give all commands: what went wrong, then the findings, those trusted most first."""
        title = {"title": "scrubber"}
        wrong = [command("error", title, printable(f"{path}: {problem}")) for path, problem in told]
        levels = {SEVERITIES[action].github: lines for action, lines in self._lines.items()}
        levels["error"] = wrong + levels["error"]
        if hidden := _hidden({level: len(lines) for level, lines in levels.items()}):
            yield command("notice", title, hidden)
        for lines in levels.values():
            yield from lines


def _hidden(counts: dict[str, int]) -> str:
    """What GitHub does not show, in words; the notice that says so takes the place of another.

    >>> _hidden({"error": 12, "warning": 10, "notice": 10})
    'GitHub shows 10 annotations of a level for each step; in the log only: 2 errors, 1 notice'
    >>> _hidden({"error": 10, "warning": 10, "notice": 10})
    ''
    """
    if all(count <= SHOWN for count in counts.values()):
        return ""
    over = {level: count - SHOWN + (level == "notice") for level, count in counts.items()}
    parts = ", ".join(counted(count, level) for level, count in over.items() if count > 0)
    return f"GitHub shows {SHOWN} annotations of a level for each step; in the log only: {parts}"


def command(name: str, properties: Mapping[str, object], text: str) -> str:
    r"""Return a workflow command, escaped as GitHub's own toolkit does, with its line feed.

    >>> command("error", {"file": "a,b.md", "line": 2}, "50% so\n")
    '::error file=a%2Cb.md,line=2::50%25 so%0A\n'
    """
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {given}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
