"""What was measured of the rules, as a table, in words and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from scrubber import floors
from scrubber.rules import Rule

_Figures = Mapping[str, Any]

_WORDS = {
    "fix": ("unattended repairs", "were right"),
    "suggest": ("suggestions", "had the right one first"),
    "report": ("reports", "stood at a labelled defect"),
}


def table(rules: Iterable[Rule], pinned: floors.Floors, width: int | None = None) -> str:
    """Return a line for each rule with its figures, cut at `width` columns where that is given."""
    listed = list(rules)
    wide = max(len("rule"), *(len(rule.id) for rule in listed))
    head = (
        f"{'rule':{wide}}  action   precision   ≥ 95 %  judged"
        "        recall      of   false/M  noise/M  what"
    )
    lines = [head, *(_row(rule, pinned.rules.get(rule.id), wide) for rule in listed)]
    if width:
        lines = [line if len(line) <= width else line[: width - 1] + "…" for line in lines]
    return "\n".join(lines) + "\n"


def _row(rule: Rule, figures: _Figures | None, wide: int) -> str:
    known = figures or {}
    cells = (
        f"{rule.id:{wide}}",
        f"{rule.action:7}",
        f"{_share(known, 'precision'):>9}",
        f"{_share(known, 'at_least'):>7}",
        f"{known['judged']:>6,}" if "judged" in known else f"{'–':>6}",
        "thin" if known.get("thin") else "    ",
        f"{_share(known, 'recall'):>6}",
        f"{known['labels']:>6,}" if "labels" in known else f"{'–':>6}",
        f"{_rate(known, 'false_per_million') if rule.action == 'fix' else '–':>8}",
        f"{_rate(known, 'noise_per_million'):>7}",
    )
    off = "" if rule.default else " (off by default)"
    return "  ".join((*cells, " ".join(rule.about.split()) + off))


def legend(rules: int, pinned: floors.Floors) -> str:
    """Return in some lines what the columns of the table mean."""
    clean = sum(text.get("characters", 0) for text in pinned.clean.values())
    return (
        f"{rules} rules. Precision: what was right of what was judged (thin under {floors.THIN}),"
        " with its lower bound.\nRecall: what it finds of the labels of its kind. False and noise:"
        " unattended repairs and other findings\nin a million characters of clean text"
        f" ({clean:,} were looked at). `scrubber rules ID` says more."
    )


def in_words(rule: Rule, pinned: floors.Floors) -> str:
    """Return what was measured of a rule in some lines, without a final line break."""
    figures = pinned.rules.get(rule.id)
    if not figures:
        return "not yet"
    lines = [_precision(figures), *_recall(figures, pinned), _clean(figures)]
    refused = floors.refusals(rule.action, figures)
    lines += [f"it has not earned its fix: {line}" for line in refused]
    return ";\n          ".join(lines)


def in_short(figures: _Figures | None) -> str:
    """Return a rule's measured precision in a few words."""
    if not figures or not figures.get("judged"):
        return "precision not measured"
    thin = ", thin" if figures.get("thin") else ""
    return (
        f"{_share(figures, 'precision')} right of {figures['judged']:,} measured"
        f" (at least {_share(figures, 'at_least')}{thin})"
    )


def _precision(figures: _Figures) -> str:
    judged, right = figures.get("judged", 0), figures.get("right", 0)
    what, were = _WORDS[figures.get("action", "fix")]
    if not judged:
        return f"no precision, for none of its {what} could be judged"
    thin = f", thin: fewer than {floors.THIN}" if figures.get("thin") else ""
    return (
        f"precision {_share(figures, 'precision')}: of {judged:,} {what} in labelled text"
        f" {right:,} {were}, which is at least {_share(figures, 'at_least')}"
        f" with 95 % confidence{thin}"
    )


def _recall(figures: _Figures, pinned: floors.Floors) -> list[str]:
    if "recall" not in figures:
        return ["no recall, for no label names its defect"]
    kinds = ", ".join(figures["kinds"])
    line = (
        f"recall {_share(figures, 'recall')}: it touches {figures['found']:,} of"
        f" {figures['labels']:,} labels of its kind ({kinds}) in texts of its languages"
    )
    every = [pinned.kinds[kind] for kind in figures["kinds"] if kind in pinned.kinds]
    if every:
        found, labels = (sum(count[name] for count in every) for name in ("found", "labels"))
        line += f"; all rules together find {found / labels:.1%} of such labels"
    return [line]


def _clean(figures: _Figures) -> str:
    chars = figures.get("clean", 0)
    if not chars:
        return "no clean text in its languages was looked at"
    return (
        f"clean text: {figures['false']} false repairs in {chars:,} characters"
        f" ({_rate(figures, 'false_per_million')} a million), and"
        f" {_rate(figures, 'noise_per_million')} other findings a million"
    )


def line(rule: Rule, pinned: floors.Floors) -> str:
    """Return a rule with its figures as one line of JSON, without a line break."""
    value = {
        "id": rule.id,
        "action": rule.action,
        "default": rule.default,
        "about": " ".join(rule.about.split()),
        "why": " ".join(rule.why.split()),
        "safety": " ".join(rule.safety.split()),
        "languages": sorted(rule.languages),
        "measured": pinned.rules.get(rule.id),
    }
    return json.dumps(value, ensure_ascii=False)


def _share(figures: _Figures, key: str) -> str:
    return f"{figures[key]:.1%}" if key in figures else "–"


def _rate(figures: _Figures, key: str) -> str:
    return f"{figures[key]:.2f}" if key in figures else "–"
