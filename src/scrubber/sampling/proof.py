"""What the verdicts on random samples prove of the rules they were drawn for. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scrubber.decisions.book import Decision, Dispute, Verdict, in_force
from scrubber.decisions.keys import Key, Scope
from scrubber.decisions.lines import Sample
from scrubber.shares import Share


@dataclass(frozen=True, slots=True)
class Figures:
    """What the verdicts on one sample say; `disputed` ones count as open."""

    sample: Sample
    right: int
    wrong: int
    disputed: int = 0

    @property
    def open(self) -> int:
        """How many are not decided."""
        return self.sample.size - self.right - self.wrong

    @property
    def complete(self) -> bool:
        """Whether all are decided, so that the sample proves something."""
        return self.open == 0 and self.sample.size > 0

    @property
    def share(self) -> Share:
        """What was right of what was decided."""
        return Share(self.right, self.right + self.wrong)

    def __str__(self) -> str:
        sample, share = self.sample, self.share
        head = f"{sample.id} {sample.rule}"
        tail = f"drawn from {sample.population:,}"
        if not self.complete:
            disputed = f", {self.disputed:,} of them in dispute" if self.disputed else ""
            open_ = f"{self.open:,} of {sample.size:,} open{disputed}; {tail}"
            return f"{head}: {open_}; proves nothing before all are decided"
        return (
            f"{head}: {self.right:,} of {sample.size:,} right, {share.value:.1%},"
            f" between {share.low:.1%} and {share.high:.1%} with 95 % confidence; {tail}"
        )

    def value(self) -> dict[str, Any]:
        """Return the figures as a JSON object."""
        sample, share = self.sample, self.share
        return {
            "kind": "sample",
            "sample": sample.id,
            "rule": sample.rule,
            "size": sample.size,
            "population": sample.population,
            "seed": sample.seed,
            "data": sample.data,
            "right": self.right,
            "wrong": self.wrong,
            "open": self.open,
            "disputed": self.disputed,
            "share": share.value if self.complete else None,
            "low": share.low if self.complete else None,
            "high": share.high if self.complete else None,
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule's samples, and what the complete ones prove together: each place counts once."""

    rule: str
    samples: tuple[Figures, ...]
    share: Share


def measured(samples: Iterable[Sample], decisions: Iterable[Decision]) -> list[Measured]:
    """Return what the samples of a ledger prove, rule by rule, from its decisions in file order.

    A place is in a sample when any decision about it names the sample; what counts is what is in
    force about the place now, whoever changed their mind later.
    """
    by_key = _by_key(decisions)
    held: dict[Key, Decision | Dispute | None] = {}
    keys: defaultdict[str, set[Key]] = defaultdict(set)
    for key, said in by_key.items():
        for name in {decision.sample for decision in said if decision.sample is not None}:
            keys[name].add(key)
            held[key] = in_force(said)
    by_rule: defaultdict[str, list[Figures]] = defaultdict(list)
    proven: defaultdict[str, set[Key]] = defaultdict(set)
    for sample in {sample.id: sample for sample in samples}.values():
        mine = {key for key in keys[sample.id] if key.rule == sample.rule}
        figures = _figures(sample, [held[key] for key in mine])
        by_rule[sample.rule].append(figures)
        proven[sample.rule] |= mine if figures.complete else set()
    return [
        Measured(rule, tuple(by_rule[rule]), _share([held[key] for key in proven[rule]]))
        for rule in sorted(by_rule)
    ]


def _by_key(decisions: Iterable[Decision]) -> dict[Key, list[Decision]]:
    """The decisions about single places; wider ones judge what nobody looked at."""
    by_key: defaultdict[Key, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.key.scope is Scope.HERE:
            by_key[decision.key].append(decision)
    return by_key


def _share(held: Sequence[Decision | Dispute | None]) -> Share:
    decided = [one for one in held if isinstance(one, Decision)]
    return Share(sum(one.verdict is Verdict.ACCEPT for one in decided), len(decided))


def _figures(sample: Sample, held: Sequence[Decision | Dispute | None]) -> Figures:
    share = _share(held)
    disputed = sum(isinstance(one, Dispute) for one in held)
    return Figures(sample, share.part, share.whole - share.part, disputed)
