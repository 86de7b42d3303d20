"""Look, plan, apply, and look again until nothing is left to do. Pure: no files, no output."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from scrubber import edits
from scrubber.comments import DETECTOR, MARK
from scrubber.look import Look, looked
from scrubber.look import find as find
from scrubber.model import Action, Document, Edit, Fault, Finding
from scrubber.rules import Rule

LOOKS = 8
"""How often a text is looked at; each look repairs what overlapped in the one before.

Of 10,648 runs over the labelled texts, unattended and with suggestions, 2 need 4 and none more."""

UNATTENDED = frozenset({Action.FIX})
SUGGESTED = frozenset({Action.FIX, Action.SUGGEST})

Judge = Callable[[Document, Finding], Finding | None]
"""Returns what is left of a finding once decisions are honoured; None where it is rejected."""


Within = Callable[[Finding], bool]
"""Says of a finding, at its place in the original text, whether it is looked for."""


class NotSettledError(Exception):
    """Rules undo each other's work; nothing was changed. The message names them."""


class Plan(NamedTuple):
    """What of some findings is done now, shown to a person, or left for the next look."""

    taken: tuple[Finding, ...]
    shown: tuple[Finding, ...]
    waiting: tuple[Finding, ...]


class Outcome(NamedTuple):
    """All that is known about a document after it was looked at until it settled.

    `findings` and `edits` refer to the original text; `text` is the repaired one, the very same
    object as the original when there is nothing to do.
    """

    document: Document
    findings: tuple[Finding, ...]
    edits: tuple[Edit, ...]
    text: str
    faults: tuple[Fault, ...] = ()
    looks: int = 1


def plan(findings: Sequence[Finding], actions: frozenset[Action] = UNATTENDED) -> Plan:
    """Choose what to do now: the surest first, then by place; what overlaps that has to wait.

    The order is total, so the result does not depend on the order of the rules.
    """
    taken: list[Finding] = []
    spans: list[tuple[int, int]] = []
    rest: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: finding.order):
        may = finding.action in actions and finding.proposals
        if may and not _meets(spans, finding):
            taken.append(finding)
            insort(spans, (finding.start, finding.end))
        else:
            rest.append(finding)
    waiting = [finding for finding in rest if _meets(spans, finding)]
    shown = [finding for finding in rest if not _meets(spans, finding)]
    return Plan(tuple(sorted(taken, key=_place)), tuple(shown), tuple(waiting))


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start, finding.end


def _meets(spans: list[tuple[int, int]], finding: Finding) -> bool:
    """Whether a finding overlaps one of some sorted spans that do not overlap each other."""
    at = bisect_left(spans, (finding.start, finding.start))
    while at < len(spans) and spans[at][0] <= finding.end:
        if edits.overlaps(*spans[at], finding.start, finding.end):
            return True
        at += 1
    at = bisect_left(spans, (finding.start, finding.start)) - 1
    return at >= 0 and edits.overlaps(*spans[at], finding.start, finding.end)


def settle(
    document: Document,
    rules: Sequence[Rule],
    actions: frozenset[Action] = UNATTENDED,
    looks: int = LOOKS,
    judge: Judge | None = None,
    within: Within | None = None,
    look: Look = looked,
) -> Outcome:
    """Look, repair, and look again until nothing is left to do; then a second run does nothing.

    `judge` honours what people decided: it is asked about every finding of every look. What is not
    `within` is neither told nor done. A rule that fails at any look is told of in `faults` and
    takes no part at all: what it did before it failed is not kept. `look` is how they look.

    Raises:
        NotSettledError: after `looks` looks the rules still want changes.
    """
    faults: list[Fault] = []
    while True:
        outcome = _settle(document, rules, actions, looks, judge, within, look)
        if not outcome.faults:
            return outcome._replace(faults=tuple(faults))
        faults += outcome.faults
        failed = {fault.rule for fault in outcome.faults}
        rules = [rule for rule in rules if rule.id not in failed]


def _settle(
    document: Document,
    rules: Sequence[Rule],
    actions: frozenset[Action],
    looks: int,
    judge: Judge | None,
    within: Within | None,
    look: Look,
) -> Outcome:
    """As `settle`, but stops at the first look at which a rule fails."""
    current, done = document, list[Edit]()
    decided: list[Finding] = []
    silent: set[tuple[str, int, int]] = set()
    listed: dict[tuple[str, int, int], Finding] = {}
    busy: list[set[str]] = []
    used: set[tuple[int, str]] = set()
    said = MARK in document.text
    remarks = {rule.id for rule in rules if rule.detector == DETECTOR} if said else ()
    for turn in range(1, looks + 1):
        found, faults = find(current, rules, used, look)
        if faults:
            return Outcome(document, (), (), document.text, tuple(faults), turn)
        trace = edits.Trace(document.text, done) if done else None
        if judge is not None:
            found = _judged(current, found, judge, decided, silent, trace)
        if within is not None:
            found = [f for f in found if within(trace.back(f) if trace else f)]
        step = plan(found, actions)
        for finding in (*step.taken, *step.shown):
            if step.taken and finding.rule in remarks:
                continue  # the last look knows which comments were of use
            original = trace.back(finding) if trace else finding
            if finding.decided and finding in step.taken:
                decided.append(original)
            listed.setdefault((original.rule, original.start, original.end), original)
        if not step.taken:
            findings = tuple(sorted(listed.values(), key=lambda f: (*_place(f), f.rule)))
            same = current.text == document.text
            text = document.text if same else current.text
            return Outcome(document, findings, () if same else tuple(done), text, (), turn)
        busy.append({finding.rule for finding in step.taken})
        now = [edits.minimal(finding, finding.proposals[0]) for finding in step.taken]
        done = edits.compose(document.text, done, now)
        current = current._replace(text=edits.apply(current.text, now))
    names = sorted(set().union(*busy[-2:]))
    if len(names) == 1:
        raise NotSettledError(
            f"rule {names[0]} never ends: it finds its own repair; no change made"
        )
    raise NotSettledError(f"rules {', '.join(names)} undo each other's work; no change made")


def _judged(
    document: Document,
    found: Sequence[Finding],
    judge: Judge,
    decided: Sequence[Finding],
    silent: set[tuple[str, int, int]],
    trace: edits.Trace | None,
) -> list[Finding]:
    """The findings of a look as people decided about them; what is rejected is added to `silent`.

    Where a person chose the text, the same rule has no more to say: it would undo the choice. What
    was rejected stays so, though repairs beside it make it another place, and whichever other rule
    offers the same there.
    """
    from scrubber.spans import Spans

    chosen: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for finding in decided:
        chosen[finding.rule].append(_place(finding))
    spans = {rule: Spans(places) for rule, places in chosen.items()}
    left: list[Finding] = []
    refused: set[tuple[int, int, tuple[str, ...]]] = set()
    for finding in found:
        kept = judge(document, finding)
        back = trace.back(finding) if trace else finding
        place = back.rule, *_place(back)
        if kept is None:
            silent.add(place)
            if finding.proposals:
                refused.add((*_place(finding), finding.proposals))
        elif place not in silent and not (
            back.rule in spans and spans[back.rule].meet(*_place(back))
        ):
            left.append(kept)
    return [f for f in left if f.decided or (*_place(f), f.proposals) not in refused]
