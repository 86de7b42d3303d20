"""Which verdicts make of a text what a person made of it, where reading them back does not tell.

Where a line and the footer below it were to go and only one went, the two repairs are one to a
reader of the text. Then the verdicts are tried, and those that give exactly the person's text hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from scrubber import engine
from scrubber.decisions.book import Book, Decision, Verdict, judged
from scrubber.edits import overlaps
from scrubber.model import Action, Document, Finding
from scrubber.rules import Rule

MOST = 6
"""How many findings are tried with and without: 64 looks at one text at the most."""

Decide = Callable[[Finding, Verdict, str | None], Decision]
"""Makes a decision about a finding, with the text that is to stand there."""


def explained(
    document: Document,
    rules: Sequence[Rule],
    actions: frozenset[Action],
    places: Sequence[tuple[int, int]],
    decide: Decide,
    target: str,
    said: Sequence[Decision] = (),
) -> list[Decision] | None:
    """Return verdicts on what is found in some places that make `target` of a document, or None.

    The fewest rejections are tried first. `said` are the decisions that hold besides; `actions` are
    what is done where nothing was decided.
    """
    found = [
        finding
        for finding in engine.find(document, rules)[0]
        if finding.proposals and finding.action in actions
        if any(overlaps(finding.start, finding.end, *place) for place in places)
    ]
    if len(found) > MOST:
        return None
    for count in range(len(found) + 1):
        for rejected in combinations(found, count):
            decisions = [
                decide(finding, Verdict.REJECT, None)
                if finding in rejected
                else decide(finding, Verdict.ACCEPT, finding.proposals[0])
                for finding in found
            ]
            if _made(document, rules, actions, [*said, *decisions]) == target:
                return decisions
    return None


def _made(
    document: Document,
    rules: Sequence[Rule],
    actions: frozenset[Action],
    decisions: Sequence[Decision],
) -> str | None:
    book = Book(decisions)
    identity = next(d.key.document for d in reversed(decisions)) if decisions else None

    def judge(document: Document, finding: Finding) -> Finding | None:
        return judged(document, finding, book.ruling(document, finding, identity))

    try:
        return engine.settle(document, rules, actions, judge=judge).text
    except engine.NotSettledError:
        return None
