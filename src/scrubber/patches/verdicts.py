"""What a person made of proposed repairs, read back from the text that came of them. Pure.

What cannot be told apart is named as unclear, never guessed at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from scrubber.decisions.book import Verdict
from scrubber.decisions.keys import NEAR
from scrubber.edits import apply
from scrubber.engine import Outcome
from scrubber.model import Action, Edit, Finding

WAYS = 64
"""How many readings of one stretch are followed; with more it is unclear."""

GAP = 80
"""The longest replacement, in code points, that is believed where the line was changed as well."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person said of a finding by leaving, changing or taking back its repair.

    `chosen` is what stands in the finding's place now; None where it is what stood there before.
    """

    finding: Finding
    verdict: Verdict
    chosen: str | None = None


def read_back(
    outcome: Outcome, actions: frozenset[Action], done: Sequence[Edit]
) -> tuple[list[Reading], list[Finding]]:
    r"""Return what was made of each proposed repair, and the findings that are left unclear.

    `outcome` is what `settle` made of the original text with `actions`; `done` are the edits, each
    of whole lines or of the whole text, that gave the person's text.

    >>> from scrubber.model import Document
    >>> found = Finding("x/y", 4, 7, "teh", ("the",), Action.FIX, "")
    >>> proposed = (Edit(5, 7, "eh", "he", ("x/y",)),)
    >>> before, after = "all teh way\n", "all this way\n"
    >>> seen = Outcome(Document(before), (found,), proposed, "all the way\n")
    >>> readings, _ = read_back(seen, frozenset({Action.FIX}), [Edit(0, 12, before, after, ())])
    >>> readings[0].verdict, readings[0].chosen
    (<Verdict.REPLACE: 'replace'>, 'this')
    """
    text = outcome.document.text
    taken = [f for f in outcome.findings if f.action in actions and f.proposals]
    units = _units(text, outcome.edits, taken)
    values: list[str | None] = []
    for start, end in _blocks(text, units, done):
        proposed = [_moved(unit, -start) for unit in units if _in(unit, start, end)]
        if proposed:
            now = apply(text[start:end], [_moved(e, -start) for e in done if _in(e, start, end)])
            values += _values(text[start:end], proposed, now)
    readings: list[Reading] = []
    unclear: list[Finding] = []
    starts = [unit.start for unit in units]
    for finding in taken:
        at = bisect_right(starts, finding.start) - 1
        if at < 0 or units[at].end < finding.end or finding.rule not in units[at].rules:
            continue  # what it proposed was not done, or undone by a later look
        read = _reading(finding, units[at], values[at])
        if isinstance(read, Reading):
            readings.append(read)
        elif read is None:
            unclear.append(finding)
    return readings, unclear


def entangled(
    outcome: Outcome, readings: Sequence[Reading], unclear: Sequence[Finding]
) -> list[tuple[int, int]]:
    """Return the places where repairs cannot be told from each other by reading the text.

    Those that are unclear, and replacements of what holds the repair of another rule too.
    """
    places = [(finding.start, finding.end) for finding in unclear]
    for reading in readings:
        start, end = reading.finding.start, reading.finding.end
        others = (f for f in outcome.findings if f.rule != reading.finding.rule)
        if reading.verdict is Verdict.REPLACE and any(
            start <= other.start and other.end <= end for other in others
        ):
            places.append((start, end))
    return places


def _units(text: str, edits: Sequence[Edit], taken: Sequence[Finding]) -> list[Edit]:
    """What was proposed as edits of whole findings, for a person may change all of one.

    What a later look made of the repair of an earlier one is one unit with it.
    """
    starts = [edit.start for edit in edits]
    spans = [(edit.start, edit.end) for edit in edits]
    for finding in taken:
        low = max(0, bisect_left(starts, finding.start) - 1)
        near = edits[low : bisect_right(starts, finding.end)]
        if any(finding.rule in e.rules and e.end >= finding.start for e in near):
            spans.append((finding.start, finding.end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if merged and (start < merged[-1][1] or start == merged[-1][0]):
            start, reached = merged.pop()
            end = max(end, reached)
        merged.append((start, end))
    units: list[Edit] = []
    number = 0
    for start, end in merged:
        held = []
        while number < len(edits) and edits[number].end <= end:
            held.append(_moved(edits[number], -start))
            number += 1
        before = text[start:end]
        rules = tuple(dict.fromkeys(rule for edit in held for rule in edit.rules))
        units.append(Edit(start, end, before, apply(before, held), rules))
    return units


def _in(edit: Edit, start: int, end: int) -> bool:
    return start <= edit.start and edit.end <= end


def _moved(edit: Edit, by: int) -> Edit:
    return edit._replace(start=edit.start + by, end=edit.end + by)


def _blocks(text: str, proposed: Sequence[Edit], done: Sequence[Edit]) -> list[tuple[int, int]]:
    """Stretches of whole lines, apart from each other, that no edit of either list crosses."""
    spans = [(edit.start, edit.end) for edit in done]
    for edit in proposed:
        stop = text.find("\n", edit.end)
        spans.append((text.rfind("\n", 0, edit.start) + 1, len(text) if stop < 0 else stop + 1))
    blocks: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if blocks and start <= blocks[-1][1]:
            start, reached = blocks.pop()
            end = max(end, reached)
        blocks.append((start, end))
    return blocks


def _values(text: str, proposed: Sequence[Edit], now: str) -> list[str | None]:
    """For each edit what stands in its place in `now`; None where that cannot be told."""
    if now == text:
        return [edit.before for edit in proposed]
    if now == apply(text, proposed):
        return [edit.after for edit in proposed]
    cuts = [0, *(at for edit in proposed for at in (edit.start, edit.end)), len(text)]
    fixed = [text[cuts[n] : cuts[n + 1]] for n in range(0, len(cuts), 2)]
    for free in (False, True):
        ways = _ways(fixed, proposed, now, free)
        if ways:
            said = [set(values) for values in zip(*ways, strict=True)]
            return [values.pop() if len(values) == 1 else None for values in said]
        if ways is None:
            return [None] * len(proposed)
    return [_nearby(text, now, edit, *fixed[n : n + 2]) for n, edit in enumerate(proposed)]


def _ways(
    fixed: Sequence[str], proposed: Sequence[Edit], now: str, free: bool
) -> list[tuple[str, ...]] | None:
    """All ways to read `now` as the fixed stretches with a text in the place of each edit.

    The text is the old or the proposed one; with `free` any other, in as few places as possible.
    Where two edits meet it never is: what a person put there could belong to either. None when
    there are too many ways.
    """
    if not now.startswith(fixed[0]):
        return []
    reached: dict[int, tuple[int, list[tuple[str, ...]]]] = {len(fixed[0]): (0, [()])}
    for number, edit in enumerate(proposed):
        behind, last = fixed[number + 1], number == len(proposed) - 1
        alone = bool((number == 0 or fixed[number]) and (last or behind))
        following: dict[int, tuple[int, list[tuple[str, ...]]]] = {}
        for at, (cost, ways) in reached.items():
            for stop in _stops(now, at, edit, behind, last, free and alone):
                value = now[at:stop]
                spent = cost + (value not in (edit.before, edit.after))
                best, known = following.get(stop + len(behind), (spent, []))
                if spent > best:
                    continue
                known = [] if spent < best else known
                known = known + [(*way, value) for way in ways]
                following[stop + len(behind)] = spent, known
                if len(known) > WAYS or len(following) > 20 * WAYS:
                    return None
        reached = following
    return reached.get(len(now), (0, []))[1]


def _stops(now: str, at: int, edit: Edit, behind: str, last: bool, free: bool) -> list[int]:
    """Where a text that begins at `at` may end, so that the stretch behind it follows."""
    if not free:
        ends = {at + len(t) for t in (edit.before, edit.after) if now.startswith(t, at)}
        return [end for end in ends if now.startswith(behind, end)]
    if last:
        end = len(now) - len(behind)
        return [end] if end >= at and now.endswith(behind) else []
    ends_at, found = now.find(behind, at), list[int]()
    while ends_at >= 0:
        found.append(ends_at)
        ends_at = now.find(behind, ends_at + 1)
    return found


def _nearby(text: str, now: str, edit: Edit, left: str, right: str) -> str | None:
    """What stands between what stood around an edit, where the lines were changed elsewhere too."""
    start = _only(now, text, left[-2 * NEAR :])
    start = len(left) if edit.start == len(left) and now.startswith(left) else start
    stop = _only(now, text, right[: 2 * NEAR], after=False)
    if edit.end == len(text) - len(right) and now.endswith(right):
        stop = len(now) - len(right)
    if start is None or stop is None or start > stop:
        return None
    between = now[start:stop]
    return between if between in (edit.before, edit.after) or len(between) <= GAP else None


def _only(now: str, text: str, piece: str, after: bool = True) -> int | None:
    """Where a piece long enough ends (or begins) that stands once in either text."""
    if len(piece) < NEAR or now.count(piece) != 1 or text.count(piece) != 1:
        return None
    return now.index(piece) + (len(piece) if after else 0)


def _reading(finding: Finding, unit: Edit, value: str | None) -> Reading | Finding | None:
    """What was said of a finding: a reading, None when unclear, itself when another says it."""
    if value is None:
        return None
    if value == unit.before:
        return Reading(finding, Verdict.REJECT)
    if (finding.start, finding.end) != (unit.start, unit.end):
        return finding
    if value in finding.proposals:
        return Reading(finding, Verdict.ACCEPT, value)
    if value == unit.after:
        return finding
    return Reading(finding, Verdict.REPLACE, value) if unit.after == finding.proposals[0] else None
