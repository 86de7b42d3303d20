"""Measures every rule and pins the result in floors.toml.

    python corpus/measure.py ../shared/eval/dev

Lowering a floor is meant to be seen: run this, and say in the commit why a figure fell.

`right` counts findings of any action whose first proposal a label asks for. A rule's precision
counts its unattended repairs on all sets together. Labels are never complete: a repair that no
label asks for counts as wrong until someone has read it and entered it in verdicts.jsonl as right.
`extractor_glue` has labels for one seam in each text and leaves the others unlabelled, so repairs
elsewhere in it do not count.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scrubber import engine, packs, scoring
from scrubber.model import Document
from scrubber.rules import Rule

HERE = Path(__file__).parent
LABELLED = ("pairs_news", "pairs_tech", "pairs_langs", "gold", "traps", "extractor_glue")
PARTLY = ("extractor_glue",)
CLEAN = ("en_abc_rural", "en_gum_written", "en_pud")


def corpus_rows() -> Iterable[dict[str, Any]]:
    """The labelled texts that ship with the project."""
    for file in sorted(HERE.glob("broken/*/labels.jsonl")):
        yield from scoring.rows(file)


def verdicts() -> set[tuple[str, str | None, str, int]]:
    """The repairs that no label asks for and that were read and found right."""
    rows = scoring.rows(HERE / "verdicts.jsonl")
    return {(row["data"], row["record"], row["rule"], row["start"]) for row in rows}


def measure(dev: Path) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Return the digests of the data and, by rule, what was counted."""
    rules = packs.built_in().rules
    read = verdicts()
    digests: dict[str, str] = {}
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    on: defaultdict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for name in ("corpus", *LABELLED):
        path = dev / f"{name}.jsonl"
        rows = corpus_rows() if name == "corpus" else scoring.rows(path)
        score = scoring.measure(rows, rules)
        digests[name] = "" if name == "corpus" else scoring.digest(path)
        known = Counter(
            wrong.rule
            for wrong in score.wrong
            if (name, wrong.record, wrong.rule, wrong.start) in read
            or (name in PARTLY and wrong.verdict == "false")
        )
        for rule, found in score.rules.items():
            right, fixes = scoring.precision(found)
            hits = sum(count for key, count in found.items() if key.endswith("right"))
            on[rule][name] = {"right": hits, "wrong": fixes - right}
            mended = 0 if name in PARTLY else known[rule]
            left = fixes - right - known[rule]
            sums[rule].update(fixes=right + mended + left, right=right + mended)
            sums[rule].update(findings=sum(found.values()))
    false, chars = clean_counts(dev, rules, read)
    measured = {}
    for one in rules:
        count = sums[one.id]
        value: dict[str, Any] = {"findings": count["findings"], "fixes": count["fixes"]}
        if count["fixes"]:
            value["precision"] = round(count["right"] / count["fixes"], 4)
            value["at_least"] = round(scoring.wilson(count["right"], count["fixes"]), 4)
        value["false_per_million"] = round(1e6 * false[one.id] / chars, 2)
        value["on"] = on[one.id]
        measured[one.id] = value
    return digests, measured


def clean_counts(
    dev: Path, rules: tuple[Rule, ...], read: set[tuple[str, str | None, str, int]]
) -> tuple[Counter[str], int]:
    """Count unattended repairs in clean English prose, by rule, but those found right."""
    false: Counter[str] = Counter()
    chars = 0
    for name in CLEAN:
        text = (dev / "clean" / f"{name}.txt").read_text(encoding="utf-8")
        chars += len(text)
        for finding in engine.settle(Document(text), rules).findings:
            if finding.action == "fix" and (name, None, finding.rule, finding.start) not in read:
                false[finding.rule] += 1
    return false, chars


def toml(digests: dict[str, str], measured: dict[str, dict[str, Any]]) -> str:
    """Return the floors as TOML, a line for a figure."""
    lines = ["# Made by corpus/measure.py, which says what the figures mean; do not edit.", ""]
    lines += ["[data]", *(f'{name} = "{digest}"' for name, digest in digests.items())]
    for rule, value in measured.items():
        lines += ["", f'[rules."{rule}"]']
        lines += [f"{key} = {figure}" for key, figure in value.items() if key != "on"]
        lines += [
            f"on.{name} = {{ right = {count['right']}, wrong = {count['wrong']} }}"
            for name, count in value["on"].items()
        ]
    return "\n".join(lines) + "\n"


def unread(dev: Path) -> Iterable[str]:
    """Yield the repairs that someone has to read, as lines for verdicts.jsonl."""
    rules, read = packs.built_in().rules, verdicts()
    for name in LABELLED:
        if name in PARTLY:
            continue
        for wrong in scoring.measure(scoring.rows(dev / f"{name}.jsonl"), rules).wrong:
            key = (name, wrong.record, wrong.rule, wrong.start)
            if key not in read:
                yield json.dumps(dict(zip(("data", "record", "rule", "start"), key, strict=True)))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["--unread"]:
        print(*unread(folder), sep="\n")
    else:
        text = toml(*measure(folder))
        (HERE / "floors.toml").write_text(text, encoding="utf-8")
        print(text, end="")
