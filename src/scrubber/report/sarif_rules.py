"""The rules of a run as SARIF describes them: what they find, why, and how far they are trusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrubber.report.measured import Measured
from scrubber.report.severity import SEVERITIES
from scrubber.report.text import printable
from scrubber.report.writers import Run
from scrubber.rules import Rule


def rules(run: Run) -> Iterator[dict[str, Any]]:
    """Yield a descriptor for each rule that was asked, also of those that found nothing."""
    measured = run.measured()
    for rule in run.rules:
        yield _descriptor(rule, measured.get(rule.id))


def _descriptor(rule: Rule, measured: Measured | None) -> dict[str, Any]:
    about, why, safety = (" ".join(text.split()) for text in (rule.about, rule.why, rule.safety))
    known = "; ".join(measured.lines) if measured else "not yet"
    properties: dict[str, Any] = {"action": rule.action, "tags": [rule.id.partition("/")[0]]}
    if measured and measured.judged:
        properties["measured"] = {
            "precision": round(measured.right / measured.judged, 4),
            "atLeast": round(measured.low, 4),
            "judged": measured.judged,
            "thin": measured.thin,
        }
    return {
        "id": rule.id,
        "shortDescription": {"text": plain(about)},
        "fullDescription": {"text": plain(why or about)},
        "help": {"text": plain(f"{about}\n\nWhy: {why}\n\nSafe: {safety}\n\nMeasured: {known}")},
        "defaultConfiguration": {"level": SEVERITIES[rule.action].sarif},
        "properties": properties,
    }


def plain(text: str) -> str:
    """Return a text as a plain message says it: braces doubled, and nothing that reads as a link.

    >>> plain("a {b} [c](d)")
    'a {{b}} [c] (d)'
    """
    shown = "\n".join(map(printable, text.split("\n")))
    return shown.replace("{", "{{").replace("}", "}}").replace("](", "] (")
