"""From which answer of a model on something counts: measured by `tests/opinion/calibrate.py`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("thresholds.toml")


class Bounds(NamedTuple):
    """The log odds of its best reading from which a finding is confirmed, up to which withdrawn."""

    confirm: float
    withdraw: float


class Thresholds(NamedTuple):
    """`rules` by their ids, or the longest beginning of one; `pronouns` by genders: "m-f".

    `capitals` by whether words are run together "near" or only "far". What is in none of them is
    not asked about.
    """

    rules: dict[str, Bounds]
    pronouns: dict[str, float]
    capitals: dict[str, float]

    def of(self, rule: str) -> Bounds | None:
        """Return what holds for a rule's findings; None where the model has no say."""
        fitting = [name for name in self.rules if rule == name or rule.startswith(f"{name}/")]
        return self.rules[max(fitting, key=len)] if fitting else None


@cache
def thresholds() -> Thresholds:
    """Return the thresholds that ship."""
    data: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rules = {name: Bounds(row["confirm"], row["withdraw"]) for name, row in data["rules"].items()}
    pronouns = {name: row["threshold"] for name, row in data["pronouns"].items()}
    capitals = {name: row["threshold"] for name, row in data["capitals"].items()}
    return Thresholds(rules, pronouns, capitals)
