"""Pinned results: read, written, held. What a rule has to show to work unattended.

`corpus/measure.py` makes the file and says what each figure means.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrubber.scoring import LabelsError, Score, precision

PRECISION = 0.99
"""What a rule that works unattended has to reach on what was judged."""

CLEAN = 5_000_000
"""Characters of clean text in which it may do one false repair."""

THIN = 100
"""With fewer judged findings a precision is marked as thin."""

_Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Floors:
    """Pinned results.

    `data` holds the digest of each labelled set, `clean` what was counted in each clean text,
    `kinds` how many labels of a kind all rules together found, `rules` what each rule did.
    """

    data: Mapping[str, str] = field(default_factory=dict)
    clean: Mapping[str, _Figures] = field(default_factory=dict)
    kinds: Mapping[str, _Figures] = field(default_factory=dict)
    rules: Mapping[str, _Figures] = field(default_factory=dict)


def read(path: Path) -> Floors:
    """Read the pinned results.

    Raises:
        LabelsError: the file cannot be read.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path}: {error}") from None
    return Floors(*(found.get(name, {}) for name in ("data", "clean", "kinds", "rules")))


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


def asked(action: str, figures: _Figures | None) -> float | None:
    """Return the share of a rule's findings that people have to accept; None where none is asked.

    Of a rule that works unattended, `PRECISION`. Of a suggestion, what it was shown to reach at
    least when it was measured: it promises no more, and a smaller share says that these texts are
    not those it was made on.

    >>> asked("fix", None), asked("suggest", {"action": "suggest", "at_least": 0.47})
    (0.99, 0.47)
    """
    if action == "fix":
        return PRECISION
    if action != "suggest" or not figures or figures.get("action") != action:
        return None
    at_least: float | None = figures.get("at_least")
    return at_least


def refusals(action: str, figures: _Figures | None) -> list[str]:
    """Return what speaks against a rule's working unattended; nothing for other actions.

    It has to be measured as such, be right in 99 of 100 cases, and do at most one false repair in
    five million characters of clean text: in fewer characters, none.

    >>> refusals("fix", {"action": "fix", "right": 97, "judged": 100, "false": 0, "clean": 10})
    ['precision 97.0 % of 100 judged repairs, 99 % is asked']
    >>> refusals("suggest", None)
    []
    """
    if action != "fix":
        return []
    if figures is None or figures.get("action") != "fix":
        return ["never measured as fix"]
    lines = []
    right, judged = figures.get("right", 0), figures.get("judged", 0)
    if not judged:
        lines.append("no repair of it was ever judged: label texts in which it has work to do")
    elif right < PRECISION * judged:
        share = f"precision {_percent(right, judged)} of {judged:,} judged repairs"
        lines.append(f"{share}, {100 * PRECISION:g} % is asked")
    false, clean = figures.get("false", 0), figures.get("clean", 0)
    if false * CLEAN > clean:
        lines.append(
            f"{false} false repairs in {clean:,} characters of clean text,"
            f" at most one in {CLEAN:,} may be"
        )
    return lines


def falls(pinned: Floors, now: Floors) -> Iterator[str]:
    """Yield a line for each figure that is worse than what is pinned.

    What was counted is compared, not the rounded shares: a fall of one finding is a fall.
    """
    for name, old in pinned.data.items():
        if now.data.get(name) != old:
            yield f"{name}: the labelled texts have changed; figures do not compare"
    for name, text in pinned.clean.items():
        new = now.clean.get(name, {})
        if new.get("characters", 0) < text["characters"]:
            yield (
                f"{name}: {new.get('characters', 0):,} characters of clean text,"
                f" before {text['characters']:,}: give the same texts"
            )
    for kind, count in pinned.kinds.items():
        for name in ("found", "offered", "fixed"):
            yield from _less(f"{kind}: {name}", now.kinds.get(kind, {}), count, name, "labels")
    for rule, figures in pinned.rules.items():
        if rule in now.rules:
            yield from (f"{rule}: {line}" for line in _falls(figures, now.rules[rule]))
        else:
            yield f"{rule}: gone"


def _falls(old: _Figures, new: _Figures) -> Iterator[str]:
    if old.get("action") == new["action"]:
        yield from _less("precision", new, old, "right", "judged")
    if old.get("kinds") == new.get("kinds"):
        yield from _less("recall", new, old, "found", "labels")
    if new["false"] * old.get("clean", 0) > old.get("false", 0) * new["clean"]:
        yield (
            f"{new['false']} false repairs in {new['clean']:,} characters of clean text,"
            f" before {old['false']} in {old['clean']:,}"
        )
    for name, before in old.get("on", {}).items():
        after = new["on"].get(name, {"right": 0, "wrong": 0})
        if after["right"] < before["right"]:
            yield f"{after['right']} right findings on {name}, before {before['right']}"
        if after["wrong"] > before["wrong"]:
            yield f"{after['wrong']} wrong fixes on {name}, before {before['wrong']}"


def _less(what: str, new: _Figures, old: _Figures, part: str, whole: str) -> Iterator[str]:
    """Yield a line when the share that `part` is of `whole` was greater."""
    new_part, new_whole = new.get(part, 0), new.get(whole, 0)
    old_part, old_whole = old.get(part, 0), old.get(whole, 0)
    if new_part * old_whole < old_part * max(new_whole, 1):
        yield (
            f"{what} {_percent(new_part, new_whole)} of {new_whole:,},"
            f" before {_percent(old_part, old_whole)} of {old_whole:,}"
        )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def written(floors: Floors) -> str:
    """Return the floors as TOML, a line for a figure."""
    lines = ["# Made by corpus/measure.py, which says what the figures mean; do not edit.", ""]
    lines += ["[data]", *(f'{name} = "{value}"' for name, value in floors.data.items())]
    for heading, table in (("clean", floors.clean), ("kinds", floors.kinds)):
        lines += ["", f"[{heading}]", *(f"{name} = {_value(v)}" for name, v in table.items())]
    for rule, figures in floors.rules.items():
        lines += ["", f'[rules."{rule}"]']
        for key, value in figures.items():
            if key == "on":
                lines += [f"on.{name} = {_value(count)}" for name, count in value.items()]
            else:
                lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
