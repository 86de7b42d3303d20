"""A finding in one line, for formats that show no more than a message."""

from __future__ import annotations

from scrubber.model import Finding
from scrubber.report.text import offers, printable


def message(finding: Finding, record: object = None, *, offered: bool = True) -> str:
    """Return what a finding says, of which record of a dataset, and what is offered; one line.

    >>> from scrubber.model import Action
    >>> glued = Finding("x/y", 0, 6, "seaBut", ("sea but", "sea. But"), Action.FIX, "run together")
    >>> message(glued, 7)
    'run together (record 7) → “sea but” | “sea. But”'
    """
    parts = [printable(finding.message)]
    if record is not None:
        parts.append(f"(record {printable(str(record))})")
    if offered and finding.proposals:
        parts.append(f"→ {offers(finding)}")
    return " ".join(parts)
