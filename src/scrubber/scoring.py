"""Precision and recall on labelled texts, rule by rule and kind by kind.

What was measured before, and what may not fall, is the matter of `floors`.

A labelled record is `{"id", "text", "edits": [{"start", "end", "old", "new": [accepted, …], "kind",
"optional"?}], "markup"?}`; offsets count code points. `markup` is the ending of a file's name, `md`
for one, where the text is not all prose.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from scrubber import engine
from scrubber.edits import overlaps
from scrubber.markup import reader
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule


class LabelsError(Exception):
    """Labelled data that cannot be read: one line with the record."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A finding that no label asks for (`false`), or whose first proposal is another (`wrong`).

    Data is never labelled fully: a `false` one has to be read before it is called an error.
    """

    verdict: str
    action: Action
    rule: str
    record: str | None
    start: int
    text: str

    def __str__(self) -> str:
        return f"{self.verdict} {self.rule}: {self.text!r} at {self.start} of {self.record}"


@dataclass(slots=True)
class Score:
    """What was counted. `rules` counts findings, `kinds` counts labels.

    `labels` counts labels by `kind_at` and the language of their text, `found` by rule and
    `kind_at` those that the rule touches; `faults` counts the texts on which a rule failed.
    """

    chars: int = 0
    records: int = 0
    rules: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    not_right: list[Wrong] = field(default_factory=list)
    labels: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> list[Wrong]:
        """The unattended repairs among what is not right."""
        return [wrong for wrong in self.not_right if wrong.action is Action.FIX]


def measure(rows: Iterable[Mapping[str, Any]], rules: Sequence[Rule]) -> Score:
    """Look at labelled records and count what was found, offered, done, and done wrongly.

    Raises:
        LabelsError: a record has not the shape of a labelled one.
    """
    score = Score()
    for number, row in enumerate(rows, 1):
        try:
            read = reader(f"text.{row['markup']}") if "markup" in row else None
            document = Document(row["text"], row.get("id"), reader=read)
            outcome = engine.settle(document, rules)
            score.records += 1
            score.chars += len(document.text)
            score.faults.update(f"{fault.rule} {fault.problem}" for fault in outcome.faults)
            _count_labels(score, document, row.get("edits", []), outcome.findings)
            _count_findings(score, document, row.get("edits", []), outcome.findings)
        except (KeyError, TypeError, AttributeError) as error:
            raise LabelsError(f"record {number}: not a labelled record ({error!r})") from None
    return score


def _count_labels(
    score: Score,
    document: Document,
    labels: Sequence[Mapping[str, Any]],
    found: Sequence[Finding],
) -> None:
    text = document.text
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
        kind = kind_at(text, label)
        score.labels[kind, document.language] += 1
        score.found.update({(f.rule, kind) for f in near})


def _count_findings(
    score: Score,
    document: Document,
    labels: Sequence[Mapping[str, Any]],
    found: Sequence[Finding],
) -> None:
    text = document.text
    for finding in found:
        near = [label for label in labels if _touches(finding, label)]
        right = any(
            _repairs(text, finding, proposal, label)
            for label in near
            for proposal in finding.proposals[:1]
        ) or (bool(finding.proposals) and _repairs_all(text, finding, near))
        verdict = "right" if right else "wrong" if near else "false"
        score.rules[finding.rule][f"{finding.action} {verdict}"] += 1
        if not right:
            place = finding.start, finding.text
            score.not_right.append(
                Wrong(verdict, finding.action, finding.rule, document.id, *place)
            )


def kind_at(text: str, label: Mapping[str, Any]) -> str:
    """Return the kind of a label; where a seam is to be opened, by what stands at the seam.

    The rules for words run together part their work so, and each is measured on its own share. A
    `stray-case` label that asks for a capital is `lost-case`.

    >>> kind_at("treatyBut", {"kind": "glued-words", "start": 6, "end": 7, "new": [", b", ". B"]})
    'glued-capital'
    >>> kind_at("sea.Next", {"kind": "glued-words", "start": 4, "end": 4, "new": [" "]})
    'glued-stop'
    """
    kind: str = label["kind"]
    old, new = text[label["start"] : label["end"]], label["new"][0] if label["new"] else ""
    if kind == "stray-case" and old[:1].islower() and new[:1].isupper():
        return "lost-case"
    opens = sum(map(str.isspace, new)) > sum(map(str.isspace, old))
    if kind not in ("glued-words", "spacing-punct") or not opens:
        return kind
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = label["start"] + same
    return f"glued-{_seam(text[max(0, start - 1) : start], text[start : start + 1])}"


def _seam(before: str, after: str) -> str:
    if not {before, after}.isdisjoint("()[]{}"):
        return "bracket"
    if before in set('.!?…"”»') and not after.islower():
        return "stop"
    if before.isdigit() or after.isdigit():
        return "digit"
    if not (before.isalpha() and after.isalpha()):
        return "mark"
    return "capital" if after.isupper() else "lower"


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
