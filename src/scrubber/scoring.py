"""Precision and recall on labelled texts, rule by rule and kind by kind.

A labelled record is `{"id", "text", "edits": [{"start", "end", "old", "new": [accepted, …], "kind",
"optional"?}]}`; offsets count code points.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrubber import engine
from scrubber.edits import overlaps
from scrubber.model import Document, Finding
from scrubber.rules import Rule


class LabelsError(Exception):
    """Labelled data that cannot be read: one line with the record."""


@dataclass(slots=True)
class Score:
    """What was counted. `rules` counts findings, `kinds` counts labels."""

    chars: int = 0
    records: int = 0
    rules: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[str] = field(default_factory=list)


def wilson(hits: int, trials: int, z: float = 1.96) -> float:
    """Return the lower bound of the Wilson interval of a share, 95 % unless told otherwise.

    Wilson, Journal of the American Statistical Association 22 (1927) 209-212.

    >>> round(wilson(100, 100), 3), wilson(0, 0)
    (0.963, 0.0)
    """
    if not trials:
        return 0.0
    share = hits / trials
    middle = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return (middle - spread) / (1 + z * z / trials)


def measure(rows: Iterable[Mapping[str, Any]], rules: Sequence[Rule]) -> Score:
    """Look at labelled records and count what was found, offered, done, and done wrongly.

    Raises:
        LabelsError: a record has not the shape of a labelled one.
    """
    score = Score()
    for number, row in enumerate(rows, 1):
        try:
            text, labels = row["text"], row.get("edits", [])
            document = Document(text, row.get("id"), given_language=None)
            outcome = engine.settle(document, rules)
            score.records += 1
            score.chars += len(text)
            _count(score, text, labels, outcome.findings)
        except (KeyError, TypeError, AttributeError) as error:
            raise LabelsError(f"record {number}: not a labelled record ({error!r})") from None
    return score


def _count(
    score: Score, text: str, labels: Sequence[Mapping[str, Any]], found: Sequence[Finding]
) -> None:
    for label in labels:
        if label.get("optional"):
            continue
        near = [f for f in found if _touches(f, label)]
        count = score.kinds[label["kind"]]
        count["labels"] += 1
        count["found"] += bool(near)
        count["offered"] += any(_repairs(text, f, p, label) for f in near for p in f.proposals)
        count["fixed"] += any(
            f.action == "fix" and _repairs(text, f, f.proposals[0], label) for f in near
        )
    for finding in found:
        near_labels = [label for label in labels if _touches(finding, label)]
        right = any(
            _repairs(text, finding, proposal, label)
            for label in near_labels
            for proposal in finding.proposals[:1]
        )
        verdict = "right" if right else "wrong" if near_labels else "false"
        score.rules[finding.rule][f"{finding.action} {verdict}"] += 1
        if finding.action == "fix" and not right:
            score.wrong.append(f"{verdict} {finding.rule}: {finding.text!r} at {finding.start}")


def _touches(finding: Finding, label: Mapping[str, Any]) -> bool:
    return overlaps(finding.start, finding.end, label["start"], label["end"])


def _repairs(text: str, finding: Finding, proposal: str, label: Mapping[str, Any]) -> bool:
    """Whether a proposal gives the same text as the label, but for blanks, marks and case there."""
    low = max(0, min(finding.start, label["start"]) - 4)
    high = max(finding.end, label["end"]) + 4
    mine = text[low : finding.start] + proposal + text[finding.end : high]
    for new in label["new"]:
        other = text[low : label["start"]] + new + text[label["end"] : high]
        if mine == other:
            return True
        if label["kind"] == "glued-words" and _split(mine) == _split(other):
            return True
        if not new.strip() and not proposal.strip() and mine.split() == other.split():
            return True
    return False


def _split(text: str) -> list[str]:
    """The words of a text without marks and case: what a blank at the right place decides."""
    return "".join(c for c in text if c not in ".,;:").lower().split()


def rows(path: Path) -> Iterable[dict[str, Any]]:
    """Yield the records of a labelled JSON Lines file.

    Raises:
        LabelsError: it cannot be read.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise LabelsError(f"{path}: line {number}: not a JSON object")
                    yield row
    except OSError as error:
        raise LabelsError(f"{path}: cannot be read: {(error.strerror or '').lower()}") from None
    except ValueError as error:
        raise LabelsError(f"{path}: {error}") from None


def precision(count: Mapping[str, int]) -> tuple[int, int]:
    """Return the right and all unattended repairs of a rule."""
    right = count.get("fix right", 0)
    return right, right + count.get("fix wrong", 0) + count.get("fix false", 0)


def floors(path: Path) -> dict[str, dict[str, Any]]:
    """Return the pinned floors, by rule.

    Raises:
        LabelsError: the file cannot be read.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path}: {error}") from None
    found: dict[str, dict[str, Any]] = data.get("rules", {})
    return found


def below(score: Score, pinned: Mapping[str, Mapping[str, Any]], data: str) -> list[str]:
    """Return a line for each rule or kind that is under its floor for the data of that name."""
    lines = []
    for rule, floor in pinned.items():
        expected = floor.get(data)
        if not expected:
            continue
        right, all_fixes = precision(score.rules.get(rule, {}))
        if all_fixes - right > expected["wrong"]:
            lines.append(f"{rule}: {all_fixes - right} wrong fixes, at most {expected['wrong']}")
        hits = sum(n for key, n in score.rules.get(rule, {}).items() if key.endswith("right"))
        if hits < expected["right"]:
            lines.append(f"{rule}: {hits} right findings, at least {expected['right']}")
    return lines
