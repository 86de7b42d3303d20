"""The words of trust in the words of each format: one table, the same everywhere.

A severity says how surely something has to change, for that is what other tools do with it:

- `fix` is an error: the rule has proven itself, `scrubber fix` does it unattended, and GitHub's
  code scanning fails a pull request by it.
- `suggest` is a warning: a person has to pick, and may find that nothing is wrong.
- `report` is a note: nothing can be offered.

In GitLab, where errors are `critical` and `blocker` too, a damaged text is `major` at most: no
program breaks by it. JUnit knows failures only; all are, as all make `scrubber check` exit with 1.
"""

from __future__ import annotations

from typing import NamedTuple

from scrubber.model import Action


class Severity(NamedTuple):
    """How each format names a severity."""

    sarif: str
    rdjson: str
    github: str
    gitlab: str


SEVERITIES = {
    Action.FIX: Severity("error", "ERROR", "error", "major"),
    Action.SUGGEST: Severity("warning", "WARNING", "warning", "minor"),
    Action.REPORT: Severity("note", "INFO", "notice", "info"),
}
