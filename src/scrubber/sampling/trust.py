"""Which rules act unattended because what was measured of them reaches a bound. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scrubber.engine import Judge
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule
from scrubber.sampling.proof import Measured
from scrubber.shares import Share, needed


@dataclass(frozen=True, slots=True)
class Standing:
    """What was measured of a rule, and whether its lower bound reaches the one asked for.

    `share` is None for a rule that was never measured; `sampled` says that it comes from complete
    samples in the ledger and not from the labelled texts that ship with scrubber.
    """

    rule: Rule
    bound: float
    share: Share | None = None
    sampled: bool = False

    @property
    def acts(self) -> bool:
        """Whether the rule acts unattended."""
        return self.share is not None and self.share.low >= self.bound

    def __str__(self) -> str:
        name = f"{self.rule.id}: {'yes' if self.acts else 'no'}"
        if self.share is None:
            return f"{name}, never measured"
        share, how = self.share, "sampled" if self.sampled else "judged"
        return f"{name}, {share.part:,} of {share.whole:,} {how} right, at least {_floor(share)}"


def _floor(share: Share) -> str:
    """The lower bound, rounded down: what is shown is never more than what was reached."""
    return f"{int(share.low * 1000) / 10:.1f} %"


def standings(
    rules: Iterable[Rule],
    bound: float,
    samples: Iterable[Measured] = (),
    pinned: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Standing]:
    """Return how each rule stands that could act: one that has something to propose.

    Complete samples go before what ships with scrubber (`pinned`, by rule, as in `floors.toml`):
    they were drawn from the very texts. Both count what would act: findings with a proposal and
    the rule's own action, right where the first proposal is. What was measured when the rule had
    another action does not count.
    """
    drawn = {measured.rule: measured.share for measured in samples if measured.share.whole}
    found = []
    for rule in rules:
        if rule.action is Action.REPORT:
            continue
        figures = (pinned or {}).get(rule.id, {})
        if rule.id in drawn:
            found.append(Standing(rule, bound, drawn[rule.id], sampled=True))
        elif figures.get("judged") and figures.get("action") == rule.action:
            found.append(Standing(rule, bound, Share(figures["right"], figures["judged"])))
        else:
            found.append(Standing(rule, bound))
    return found


def judge(standings: Iterable[Standing], decided: Judge | None = None) -> Judge:
    """Return a judge that lets exactly the rules act that reach the bound, after `decided`.

    What a person accepted is done, what they rejected is silent, and what is in dispute stays with
    people, whatever the rule has proven. Findings that a rule doubts more than its action says stay
    suggestions: they are not what was measured.
    """
    acting = {standing.rule.id: standing.rule.action for standing in standings if standing.acts}

    def judged(document: Document, finding: Finding) -> Finding | None:
        kept = finding if decided is None else decided(document, finding)
        if kept is None or kept is not finding:
            return kept
        if acting.get(finding.rule) is finding.action and finding.proposals:
            return finding._replace(action=Action.FIX)
        if finding.action is Action.FIX:
            note = f"{finding.message}; below the trust asked for"
            return finding._replace(action=Action.SUGGEST, message=note)
        return finding

    return judged


def summary(standings: Sequence[Standing]) -> list[str]:
    """Return lines that say of every rule which way it went: those that act, then the others.

    The surest stand first; rules that were never measured share a line.
    """
    measured = [standing for standing in standings if standing.share is not None]
    measured.sort(key=lambda s: (not s.acts, -s.share.low if s.share else 0, s.rule.id))
    lines = [str(standing) for standing in measured]
    names = [standing.rule.id for standing in standings if standing.share is None]
    return [*lines, f"no, never measured: {', '.join(names)}"] if names else lines


def legend(bound: float) -> str:
    """Return in a line what the words of the summary mean, and what would let a rule act.

    >>> legend(0.99).split("; ")[-1]
    'a sample of 381 without a wrong one proves 99 %.'
    """
    return (
        "Sampled: in samples of your ledger; judged: in the labelled texts scrubber is measured on;"
        f" a sample of {needed(bound):,} without a wrong one proves {100 * bound:g} %."
    )
