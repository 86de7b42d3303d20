"""Measures a model and writes from which answer on it counts (`scrubber/opinion/thresholds.toml`).

    python tests/opinion/calibrate.py ../shared/eval/dev [--model PATH] [--part PART]… [--write]

Half of the texts set the thresholds, the other half gives the figures that stand beside them. All
that is of one page is in one half. What is no PART that is asked for stays as it stands.

pronouns   of each direction ("m-f": the text says he, she is likelier): between genders the
           lowest threshold, in steps of a half and at least 1, that no natural place of the first
           half reaches; for things the highest
           that 86 of 100 swapped ones reach; then
           `false` of `natural` places and `found` of `swapped` ones of the second half
rules      of what a rule suggests: `confirm`, from which 98 of 100 findings in the first half
           are labelled (90 of stray capitals); `withdraw`, up to which at most 1 of 50 labelled
           ones stands; then, of the second half, `right` of `confirmed`, `kept` of `labels`,
           `withdrawn` of the `others`, and of those left `first`, whose first proposal is right

capitals   "near" a seam and "far" from one: the lowest threshold, in halves, at which 73 of 100 of
           the first half's found are labelled (near), at which there are at most 8 in a million
           characters of the first half of clean prose (far); then, of the second half, `found` of
           news, `right` of them of the `labels` that were asked about, and in clean prose of so
           many `characters` `clean`

quotations of those cut off from their sentence: `right` are confirmed of `labels`, `kept` not
           withdrawn, `first` have the right proposal first; of `others`, which begin a sentence,
           `false` are confirmed and `withdrawn`

A finding that no label asks for counts as wrong, though some are true (labels are never complete).
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections.abc import Iterable, Sequence
from itertools import islice, product
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

import cut_quotes
import directions
import strays
import swapped

from scrubber import engine, packs
from scrubber.model import Action, Document, Finding
from scrubber.opinion import choosing, judging, thresholds
from scrubber.opinion.asking import Answer, Question, Scorer, stop
from scrubber.opinion.remembered import Remembered

GROUPS = {
    "links/glued-lower": 0.98,
    "links/glued-capital": 0.98,
    "links": 0.98,
    "case/stray-capital": 0.9,
}
"""What has bounds of its own; "links" are all of its rules together, for those that are rare; with
the share of those confirmed that are to be labelled."""

DOUBLED = {"confirm": 7.0, "withdraw": 0.0}
"""Doubled words have no labels. Read: all 26 that the rules find in the dev texts, clean ones too,
are slips, and their answers go from 7.1 to 12.0; a person may still have said it twice."""


DOUBLED_RULES = ("attribution/doubled-word", "spacing/doubled-word")

Tables = dict[str, dict[str, Any]]
"""What is written: rows by their names, and tables of them."""


class Doubted(NamedTuple):
    """What a rule suggests: the answers, whether a label is there, which proposals it asks for."""

    rule: str
    answer: Answer
    labelled: bool
    right: tuple[bool, ...]
    half: int


def suggested(dev: Path, scorer: Scorer) -> list[Doubted]:
    """Return what the rules suggest in the labelled news, with the answers."""
    rules = tuple(rule for rule in packs.built_in(None).rules if rule.default)
    found = []
    lines = (dev / "pairs_news.jsonl").read_text(encoding="utf-8").split("\n")
    for line in (line for line in lines if line):
        row = json.loads(line)
        if row["lang"] != "en":
            continue
        document = Document(row["text"], given_language="en")
        findings = [
            finding
            for finding in engine.find(document, rules)[0]
            if finding.action is Action.SUGGEST
            and finding.proposals
            and finding.rule.startswith(("links/", "case/stray"))
        ]
        questions = [_question(document.text, finding) for finding in findings]
        answers = scorer.answers(document.text, questions)
        for finding, answer in zip(findings, answers, strict=True):
            edits = row["edits"]
            here = any(e["start"] <= finding.end and e["end"] >= finding.start for e in edits)
            wanted = _wanted(finding, edits)
            right = tuple(proposal in wanted for proposal in finding.proposals)
            found.append(Doubted(finding.rule, answer, here, right, swapped.half(row["id"])))
    return found


def _question(text: str, finding: Finding) -> Question:
    until = stop(text, finding.end, judging.TAIL)
    return Question(finding.start, finding.end, finding.proposals, until)


def _wanted(finding: Finding, edits: Iterable[dict[str, Any]]) -> set[str]:
    """What may stand in the place of a finding once the labels in it are followed."""
    inside = [e for e in edits if e["start"] >= finding.start and e["end"] <= finding.end]
    inside.sort(key=lambda edit: -edit["start"])
    found = set()
    for choice in islice(product(*(edit["new"] for edit in inside)), 50):
        text = finding.text
        for edit, new in zip(inside, choice, strict=True):
            start, end = edit["start"] - finding.start, edit["end"] - finding.start
            text = text[:start] + new + text[end:]
        found.add(text)
    return found if inside else set()


def _bounds(doubted: Sequence[Doubted], sure: float) -> dict[str, Any]:
    steps = [step / 2 for step in range(-20, 25)]
    first = [one for one in doubted if one.half == 0]
    labels = [max(one.answer) for one in first if one.labelled]

    def share(step: float) -> float:
        above = [one.labelled for one in first if max(one.answer) >= step]
        return sum(above) / len(above) if above else 1.0

    confirm = next((step for step in steps if step >= 0 and share(step) >= sure), 12.0)
    lost = [step for step in steps if sum(value <= step for value in labels) * 50 <= len(labels)]
    withdraw = min(max(lost, default=-10.0), confirm - 0.5)
    second = [one for one in doubted if one.half == 1]
    high = [one for one in second if max(one.answer) >= confirm]
    left = [one for one in second if max(one.answer) > withdraw]
    best = sum(one.right[one.answer.index(max(one.answer))] for one in left)
    row: dict[str, Any] = {"confirm": confirm, "withdraw": withdraw}
    row |= {"right": sum(one.labelled for one in high), "confirmed": len(high)}
    row |= {"kept": sum(one.labelled for one in left)}
    row |= {"labels": sum(one.labelled for one in second)}
    row |= {"withdrawn": sum(not one.labelled for one in second if one not in left)}
    row |= {"others": sum(not one.labelled for one in second), "first": best, "left": len(left)}
    return row


def written(rows: Tables, name: str, parts: Sequence[str]) -> str:
    """Return the thresholds as TOML, with the parts that were measured last."""
    earlier = ", ".join(part for part in PARTS if part not in parts)
    lines = [
        "# Made by tests/opinion/calibrate.py, which says what the figures mean; do not edit.",
        f"# Measured with {name}: {', '.join(parts)}.",
        *([f"# In earlier runs, maybe with weights held otherwise: {earlier}."] if earlier else []),
    ]
    for table, entries in rows.items():
        lines += ["", f"[{table}]"]
        for key, row in entries.items():
            inner = row
            if isinstance(row, dict):
                fields = ", ".join(f"{field} = {value}" for field, value in row.items())
                inner = f"{{ {fields} }}"
            lines.append(f'"{key}" = {inner}')
    return "\n".join(lines) + "\n"


def _pronouns(dev: Path, scorer: Scorer) -> Tables:
    read = directions.read(dev, scorer)
    turned = directions.answers(read)
    return {
        "pronouns": directions.rows(turned),
        "rules": {"pronouns": directions.bounds(directions.answers(read, -inf))},
    }


def _rules(dev: Path, scorer: Scorer) -> Tables:
    doubted = suggested(dev, scorer)
    found = {
        group: _bounds([one for one in doubted if one.rule.startswith(group)], sure)
        for group, sure in GROUPS.items()
    }
    return {"rules": found | dict.fromkeys(DOUBLED_RULES, DOUBLED)}


def _quotations(dev: Path, scorer: Scorer) -> Tables:
    return {"rules": {cut_quotes.RULE: cut_quotes.row(cut_quotes.quotes(dev, scorer))}}


def _capitals(dev: Path, scorer: Scorer) -> Tables:
    return {"capitals": strays.rows(*strays.strays(dev, scorer))}


PARTS = {"pronouns": _pronouns, "rules": _rules, "quotations": _quotations, "capitals": _capitals}


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dev", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--part", action="append", choices=PARTS, help="measure these alone")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    file = choosing.located(options.model)
    digest = choosing.digest(file, None if options.model else choosing.SHA256)
    scorer = Remembered(judging.through(lambda: choosing.scorer(file, digest)), digest)
    tables: Tables = tomllib.loads(thresholds.FILE.read_text(encoding="utf-8"))
    for part in options.part or PARTS:
        begun, asked = time.monotonic(), scorer.asked
        try:
            for name, rows in PARTS[part](options.dev, scorer).items():
                tables[name] = tables.get(name, {}) | rows
        finally:
            scorer.save()
        taken = time.monotonic() - begun
        print(f"{part}: asked about {scorer.asked - asked} places in {taken:.0f} s", flush=True)
    told = written(tables, file.name, options.part or list(PARTS))
    print(told)
    if options.write:
        thresholds.FILE.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
