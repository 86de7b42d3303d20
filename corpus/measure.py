"""Measures every rule and pins the result in floors.toml.

    python corpus/measure.py ../shared/eval/dev [[NAME=]CLEAN…]

CLEAN is further clean text: files, folders or JSON Lines, of which a sample of 5 million characters
is looked at (`--sample`). What is worse than pinned is listed, nothing is written and the exit code
is 1; `--lower` writes it all the same: say in the commit why a figure fell. A rule that may not be
`fix` by these figures is listed too. The figures of a rule:

judged, right   findings with the rule's own action, and those whose first proposal a label asks for
                (of a report: those that touch a label); `precision` is their share, `at_least` its
                lower bound with 95 % confidence (Wilson), `thin` stands under 100
labels, found   labels of its `kinds` (kinds.toml) in texts of its languages, and those that it
                touches, whatever it proposes; `recall` is their share
clean, false    characters of clean text in its languages, and its unattended repairs there;
                `false_per_million` is their share, `noise_per_million` that of its other findings
on              right findings of any action and wrong unattended repairs in each labelled set

Labels are never complete: what no label asks for counts as wrong until someone has read it and
entered it in verdicts.jsonl as right; `--unread` prints what is to be read as lines for that file,
and each with its text on standard error. `extractor_glue` has labels for one seam in each text, so
what is found elsewhere in it does not count; nor do suggestions of a rule none of whose kinds is
labelled in a set.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import texts

from scrubber import engine, floors, packs, scoring
from scrubber.comments import DETECTOR
from scrubber.documents.source import InputError
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule
from scrubber.shares import wilson

HERE = Path(__file__).parent
LABELLED = ("pairs_news", "pairs_tech", "pairs_langs", "gold", "traps", "extractor_glue")
PARTLY = ("extractor_glue",)
WHOLLY = ("corpus", "gold", "traps")
"""Sets in which every kind of defect is labelled."""
SAMPLE = 5_000_000

Place = tuple[str, object, str, int]
"""What verdicts.jsonl says of a finding: data, record, rule, start."""


class Measured:
    """What was counted so far, by rule, and what nobody has read yet."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.read = verdicts()
        self.unread: list[tuple[Place, str]] = []
        self.sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.on: defaultdict[str, dict[str, dict[str, int]]] = defaultdict(dict)
        self.kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.clean: dict[str, dict[str, Any]] = {}
        self.of = {rule: kinds_of(rule) for rule in self.rules}

    def labelled(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Count what the rules find in a labelled set; those that are off by default by themselves.

        Raises:
            scoring.LabelsError: the set cannot be measured, or a rule fails on it.
        """
        for default in (True, False):
            rules = [rule for rule in self.rules.values() if rule.default is default]
            score = scoring.measure(rows, rules)
            for fault in score.faults:
                raise scoring.LabelsError(f"{name}: rule {fault}")
            for kind, count in score.kinds.items():
                self.kinds[kind].update(count if default else {})
            for rule in rules:
                self._recall(rule, score)
                self._precision(rule, name, score)
            self._wrong(name, score, {row.get("id"): row["text"] for row in rows})

    def _recall(self, rule: Rule, score: scoring.Score) -> None:
        for kind in self.of[rule.id]:
            self.sums[rule.id]["found"] += score.found[rule.id, kind]
            self.sums[rule.id]["labels"] += sum(
                count
                for (other, language), count in score.labels.items()
                if other == kind and (not rule.languages or language in rule.languages)
            )

    def _precision(self, rule: Rule, name: str, score: scoring.Score) -> None:
        found = score.rules.get(rule.id)
        if not found:
            return
        right, fixes = scoring.precision(found)
        hits = sum(count for key, count in found.items() if key.endswith("right"))
        self.on[rule.id][name] = {"right": hits, "wrong": fixes - right}
        sure = found[f"{rule.action} right"]
        self.sums[rule.id].update(judged=sure, right=sure)

    def _wrong(self, name: str, score: scoring.Score, by_id: Mapping[object, str]) -> None:
        whole = name in WHOLLY
        here = {kind for kind, _ in score.labels}
        for wrong in score.not_right:
            rule = self.rules[wrong.rule]
            counts = wrong.action is Action.FIX or whole or bool(here & set(self.of[rule.id]))
            unlabelled = wrong.verdict == "false" and (name in PARTLY or not counts)
            if wrong.action is not rule.action or unlabelled:
                continue
            place = name, wrong.record, wrong.rule, wrong.start
            right = place in self.read
            if rule.action is Action.REPORT:
                right = right or wrong.verdict == "wrong"
            self.sums[rule.id].update(judged=1, right=int(right))
            if rule.action is Action.FIX and not right:
                text = by_id[wrong.record]
                self.unread.append((place, context(text, wrong.start, wrong.text)))

    def unlabelled(self, name: str, held: list[texts.Text]) -> None:
        """Count what the rules find in clean text.

        Raises:
            scoring.LabelsError: a rule fails on it.
        """
        chars = false = 0
        for text in held:
            document = Document(text.text)
            outcome = engine.settle(document, tuple(self.rules.values()))
            for fault in outcome.faults:
                raise scoring.LabelsError(f"{name}: rule {fault.rule} {fault.problem}")
            chars += len(text.text)
            for rule in self.rules.values():
                if not rule.languages or document.language in rule.languages:
                    self.sums[rule.id]["clean"] += len(text.text)
            for finding in outcome.findings:
                false += self._false(name, text, finding)
        self.clean[name] = {"digest": texts.digest(held), "characters": chars, "false": false}

    def _false(self, name: str, text: texts.Text, finding: Finding) -> bool:
        place = name, text.record, finding.rule, finding.start
        fix = finding.action is Action.FIX
        if place in self.read:
            return False
        self.sums[finding.rule]["false" if fix else "noise"] += 1
        if fix:
            self.unread.append((place, context(text.text, finding.start, finding.text)))
        return fix

    def figures(self) -> dict[str, dict[str, Any]]:
        """Return the figures of each rule."""
        return {rule.id: self._figures(rule) for rule in self.rules.values()}

    def _figures(self, rule: Rule) -> dict[str, Any]:
        count = self.sums[rule.id]
        judged, right, labels, clean = (count[k] for k in ("judged", "right", "labels", "clean"))
        value: dict[str, Any] = {"action": str(rule.action), "judged": judged, "right": right}
        if judged:
            value["precision"] = round(right / judged, 4)
            value["at_least"] = round(wilson(right, judged)[0], 4)
        if judged < floors.THIN:
            value["thin"] = True
        if self.of[rule.id]:
            value |= {"kinds": self.of[rule.id], "labels": labels, "found": count["found"]}
        if labels:
            value["recall"] = round(count["found"] / labels, 4)
        value |= {"clean": clean, "false": count["false"]}
        if clean:
            value["false_per_million"] = round(1e6 * count["false"] / clean, 2)
            value["noise_per_million"] = round(1e6 * count["noise"] / clean, 2)
        return {**value, "on": self.on[rule.id]}


def kinds_of(rule: str) -> list[str]:
    """Return the kinds of label that a rule is there to find."""
    kinds: dict[str, list[str]] = tomllib.loads((HERE / "kinds.toml").read_text(encoding="utf-8"))
    return kinds.get(max((key for key in kinds if rule.startswith(key)), key=len, default=""), [])


def verdicts() -> set[Place]:
    """The findings that no label asks for and that were read and found right."""
    rows = scoring.rows(HERE / "verdicts.jsonl")
    return {(row["data"], row["record"], row["rule"], row["start"]) for row in rows}


def context(text: str, start: int, found: str) -> str:
    """Return a finding with what stands around it, in one line."""
    end = start + len(found)
    around = f"{text[max(0, start - 60) : start]}⟦{found}⟧{text[end : end + 60]}"
    return around.replace("\n", "⏎")


def measure(dev: Path, further: Iterable[str], sample: int) -> tuple[floors.Floors, Measured]:
    """Count in the corpus, the labelled sets, the clean texts beside them, and further ones.

    Raises:
        scoring.LabelsError: something cannot be measured.
        InputError: a text cannot be read.
    """
    every = packs.built_in().rules
    measured = Measured(rule for rule in every if rule.detector != DETECTOR)
    files = sorted(HERE.glob("broken/*/labels.jsonl"))
    measured.labelled("corpus", [row for file in files for row in scoring.rows(file)])
    digests = {"corpus": ""}
    for name in LABELLED:
        file = dev / f"{name}.jsonl"
        digests[name] = floors.digest(file)
        measured.labelled(name, list(scoring.rows(file)))
    for file in sorted(dev.glob("clean/*.txt")):
        measured.unlabelled(file.stem, list(texts.read([str(file)])))
    for argument in further:
        before, equals, after = argument.partition("=")
        path = after if equals else argument
        name = before if equals else Path(path).name.partition(".")[0]
        if not re.fullmatch(r"[\w-]+", name, re.ASCII):
            raise InputError(f"{path}: give it a plain name: NAME={path}")
        if name in digests or name in measured.clean:
            raise InputError(f"{path}: there is a set {name} already; give it a name: NAME={path}")
        measured.unlabelled(name, texts.sample(texts.read([path]), sample))
    kinds = {kind: dict(count) for kind, count in sorted(measured.kinds.items())}
    return floors.Floors(digests, measured.clean, kinds, measured.figures()), measured


def main() -> int:
    """Measure, compare with what is pinned, and pin it where nothing fell."""
    what, _, more = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=what, epilog=more, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dev", type=Path, help="the folder with the labelled sets and clean/")
    parser.add_argument("clean", nargs="*", metavar="[NAME=]CLEAN", help="further clean text")
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="CHARACTERS")
    parser.add_argument("--lower", action="store_true", help="pin figures that fell as well")
    parser.add_argument("--unread", action="store_true", help="print what is to be read, only")
    options = parser.parse_args()
    try:
        now, measured = measure(options.dev, options.clean, options.sample)
        pinned = floors.read(HERE / "floors.toml")
    except (scoring.LabelsError, InputError, engine.NotSettledError, OSError) as error:
        print(f"measure: {error}", file=sys.stderr)
        return 2
    if options.unread:
        for place, shown in measured.unread:
            print(json.dumps(dict(zip(("data", "record", "rule", "start"), place, strict=True))))
            print(f"    {shown}", file=sys.stderr)
        return 0
    refused = [
        f"{rule} may not be fix: {line}"
        for rule, figures in now.rules.items()
        for line in floors.refusals(figures["action"], figures)
    ]
    fallen = list(floors.falls(pinned, now))
    print(*fallen, *refused, sep="\n", end="\n" * bool(fallen or refused))
    characters = sum(text["characters"] for text in now.clean.values())
    print(f"{len(now.rules)} rules, {characters:,} characters of clean text: ", end="")
    if (fallen or refused) and not options.lower:
        print("floors.toml is as it was; --lower pins this (say why in the commit)")
        return 1
    (HERE / "floors.toml").write_text(floors.written(now), encoding="utf-8")
    print("floors.toml is written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
