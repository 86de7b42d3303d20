"""What was measured of a rule, as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a rule: `right` of `judged`, the ends of the interval, and in words."""

    right: int
    judged: int
    low: float
    high: float
    thin: bool
    lines: tuple[str, ...]
