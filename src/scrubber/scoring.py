"""Precision and recall on labelled texts, rule by rule and kind by kind.

A labelled record is `{"id", "text", "edits": [{"start", "end", "old", "new": [accepted, …], "kind",
"optional"?}]}`; offsets count code points.
"""

from __future__ import annotations

import hashlib
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


@dataclass(frozen=True, slots=True)
class Wrong:
    """An unattended repair that no label asks for (`false`) or that does another thing (`wrong`).

    Data is never labelled fully: a `false` one has to be read before it is called an error.
    """

    verdict: str
    rule: str
    record: str | None
    start: int
    text: str

    def __str__(self) -> str:
        return f"{self.verdict} {self.rule}: {self.text!r} at {self.start} of {self.record}"


@dataclass(slots=True)
class Score:
    """What was counted. `rules` counts findings, `kinds` counts labels."""

    chars: int = 0
    records: int = 0
    rules: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[Wrong] = field(default_factory=list)


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
            _count(score, row.get("id"), text, labels, outcome.findings)
        except (KeyError, TypeError, AttributeError) as error:
            raise LabelsError(f"record {number}: not a labelled record ({error!r})") from None
    return score


def _count(
    score: Score,
    record: str | None,
    text: str,
    labels: Sequence[Mapping[str, Any]],
    found: Sequence[Finding],
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
        ) or (bool(finding.proposals) and _repairs_all(text, finding, near_labels))
        verdict = "right" if right else "wrong" if near_labels else "false"
        score.rules[finding.rule][f"{finding.action} {verdict}"] += 1
        if finding.action == "fix" and not right:
            wrong = Wrong(verdict, finding.rule, record, finding.start, finding.text)
            score.wrong.append(wrong)


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


def _repairs_all(text: str, finding: Finding, labels: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a repair that spans several labels does what all of them ask for."""
    if len(labels) < 2:
        return False
    low = min(finding.start, *(label["start"] for label in labels))
    high = max(finding.end, *(label["end"] for label in labels))
    mine = text[low : finding.start] + finding.proposals[0] + text[finding.end : high]
    parts, at = [], low
    for label in labels:
        parts += [text[at : label["start"]], label["new"][0]]
        at = label["end"]
    other = "".join([*parts, text[at:high]])
    return mine.split() == other.split()


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
    except (ValueError, RecursionError) as error:
        raise LabelsError(f"{path}: {error}") from None


def precision(count: Mapping[str, int]) -> tuple[int, int]:
    """Return the right and all unattended repairs of a rule."""
    right = count.get("fix right", 0)
    return right, right + count.get("fix wrong", 0) + count.get("fix false", 0)


@dataclass(frozen=True, slots=True)
class Floors:
    """Pinned results. `data` holds the digest of each data set, `rules` what was counted on it."""

    data: Mapping[str, str]
    rules: Mapping[str, Mapping[str, Any]]


def floors(path: Path) -> Floors:
    """Read the pinned results.

    Raises:
        LabelsError: the file cannot be read.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path}: {error}") from None
    return Floors(found.get("data", {}), found.get("rules", {}))


def digest(path: Path) -> str:
    """Return the first 16 hexadecimal digits of a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def below(score: Score, pinned: Floors, name: str) -> list[str]:
    """Return a line for each rule that finds less, or does more wrong, than is pinned for a set."""
    lines = []
    for rule, floor in pinned.rules.items():
        expected = floor.get("on", {}).get(name)
        if expected is None:
            continue
        found = score.rules.get(rule, Counter())
        hits = sum(count for key, count in found.items() if key.endswith("right"))
        right, fixes = precision(found)
        if hits < expected["right"]:
            lines.append(f"{rule}: {hits} right findings, at least {expected['right']}")
        if fixes - right > expected["wrong"]:
            lines.append(f"{rule}: {fixes - right} wrong fixes, at most {expected['wrong']}")
    return lines
