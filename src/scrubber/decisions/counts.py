"""What the decisions of a ledger say about the rules, and which of them fit nothing any more. Pure.

A share counted here is of what people looked at, and they may have looked where it was worst: only
a random sample (`sampling`) speaks for a whole data set.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import NEAR, REACH, Scope
from scrubber.shares import Share


@dataclass(frozen=True, slots=True)
class Tally:
    """What was decided about one rule's findings, a decision in force counted once.

    `replaced` counts own replacements: the proposals were wrong. What was said of a word or of the
    rule as a whole is no judgement of a finding: it counts in `broad` alone.
    """

    rule: str
    accepted: int = 0
    rejected: int = 0
    replaced: int = 0
    broad: int = 0

    @property
    def share(self) -> Share:
        """What was accepted of what was decided."""
        return Share(self.accepted, self.accepted + self.rejected + self.replaced)

    def standing(self, floor: float | None) -> str:
        """Return "" for a rule that holds its floor, "under", or "wholly under".

        Under is who has a smaller share accepted; that is proven when the floor lies above the
        whole interval.

        >>> Tally("x/y", 49, 1).standing(0.99), Tally("x/y", 4, 1).standing(0.99)
        ('under', 'wholly under')
        """
        share = self.share
        if floor is None or share.value is None or share.value >= floor:
            return ""
        return "wholly under" if share.high < floor else "under"


_FIELDS = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.REPLACE: "replaced"}


def tallies(held: Iterable[Decision]) -> list[Tally]:
    """Return the counts of each rule, or pack for words, by name, from the decisions in force."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for decision in held:
        broad = decision.key.scope in (Scope.WORD, Scope.RULE)
        name = "broad" if broad else _FIELDS[decision.verdict]
        of_rule = counts[decision.key.rule]
        of_rule[name] = of_rule.get(name, 0) + 1
    return [Tally(rule, **counts[rule]) for rule in sorted(counts)]


def is_done(decision: Decision, text: str) -> bool:
    """Whether the text that a decision put in stands there, with its surroundings or most of them.

    As with rejections, one side may have been edited since: a neighbour's repair does that. Where
    something was taken out, all of one side has to stand, and not what was taken out beside it.
    """
    if decision.verdict is Verdict.REJECT or decision.chosen is None:
        return False
    key, chosen = decision.key, decision.chosen
    sides = [(key.prefix[-NEAR:], key.suffix[:NEAR])]
    if chosen.strip():
        sides += [(key.prefix, "")] if len(key.prefix) >= NEAR else []
        sides += [("", key.suffix)] if len(key.suffix) >= NEAR else []
    flat = _flat(text)
    if any(_flat(before + chosen + after) in flat for before, after in sides):
        return True
    return any(
        len(side) == REACH and _flat(side) in flat and _flat(found) not in flat
        for side, found in (
            (key.prefix, key.prefix + key.exact),
            (key.suffix, key.exact + key.suffix),
        )
    )


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text)


_BLANKS = re.compile(r"\s+")
