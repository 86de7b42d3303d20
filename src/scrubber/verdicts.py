"""What a person made of proposed repairs, read back from the text that came of them. Pure.

What cannot be told apart is named as unclear, never guessed at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scrubber.decisions import NEAR, Verdict
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
    values: list[str | None] = []
    for start, end in _blocks(text, outcome.edits, done):
        proposed = [_moved(edit, -start) for edit in outcome.edits if _in(edit, start, end)]
        if proposed:
            now = apply(text[start:end], [_moved(e, -start) for e in done if _in(e, start, end)])
            values += _values(text[start:end], proposed, now)
    readings: list[Reading] = []
    unclear: list[Finding] = []
    starts = [edit.start for edit in outcome.edits]
    for finding in taken:
        low = max(0, bisect_left(starts, finding.start) - 1)
        high = bisect_left(starts, finding.end + 1)
        pairs = list(zip(outcome.edits[low:high], values[low:high], strict=True))
        read = _reading(finding, pairs)
        if isinstance(read, Reading):
            readings.append(read)
        elif read is None:
            unclear.append(finding)
    return readings, unclear


def _in(edit: Edit, start: int, end: int) -> bool:
    return start <= edit.start and edit.end <= end


def _moved(edit: Edit, by: int) -> Edit:
    return replace(edit, start=edit.start + by, end=edit.end + by)


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
    return [
        _nearby(text, now, edit, fixed[n][-2 * NEAR :], fixed[n + 1][: 2 * NEAR])
        for n, edit in enumerate(proposed)
    ]


def _ways(
    fixed: Sequence[str], proposed: Sequence[Edit], now: str, free: bool
) -> list[tuple[str, ...]] | None:
    """All ways to read `now` as the fixed stretches with a text in the place of each edit.

    The text is the old or the proposed one; with `free` any other, in as few places as possible.
    None when there are too many ways.
    """
    if not now.startswith(fixed[0]):
        return []
    reached: dict[int, tuple[int, list[tuple[str, ...]]]] = {len(fixed[0]): (0, [()])}
    for number, edit in enumerate(proposed):
        behind, last = fixed[number + 1], number == len(proposed) - 1
        following: dict[int, tuple[int, list[tuple[str, ...]]]] = {}
        for at, (cost, ways) in reached.items():
            for stop in _stops(now, at, edit, behind, last, free):
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
    if not behind:
        return _stops(now, at, edit, behind, last, False)
    ends_at, found = now.find(behind, at), list[int]()
    while ends_at >= 0:
        found.append(ends_at)
        ends_at = now.find(behind, ends_at + 1)
    return found


def _nearby(text: str, now: str, edit: Edit, left: str, right: str) -> str | None:
    """What stands between what stood around an edit, where the line was changed elsewhere too."""
    if min(len(left), len(right)) < NEAR or text.count(left) != 1 or text.count(right) != 1:
        return None
    if now.count(left) != 1 or now.count(right) != 1:
        return None
    start, stop = now.index(left) + len(left), now.index(right)
    between = now[start:stop]
    known = between in (edit.before, edit.after)
    return between if start <= stop and (known or len(between) <= GAP) else None


def _reading(
    finding: Finding, pairs: Sequence[tuple[Edit, str | None]]
) -> Reading | Finding | None:
    """What was said of a finding: a reading, None when unclear, itself when another says it.

    What a later look made of the repair of an earlier one is told by the later finding.
    """
    met = [(e, v) for e, v in pairs if e.start <= finding.end and finding.start <= e.end]
    inside = [(e, v) for e, v in met if finding.start <= e.start and e.end <= finding.end]
    own = [(e, v) for e, v in met if finding.rule in e.rules]
    if not own:
        return finding
    if any(value is None for _, value in own):
        return None
    if any(pair not in inside for pair in own):
        undone = all(value == edit.before for edit, value in own)
        return Reading(finding, Verdict.REJECT) if undone else finding
    if any(value is None for _, value in inside):
        return None
    proposed = _stretch(finding, [(edit, edit.after) for edit, _ in inside])
    stands = _stretch(finding, [(edit, value or "") for edit, value in inside])
    if stands == finding.text:
        return Reading(finding, Verdict.REJECT)
    if stands in finding.proposals:
        return Reading(finding, Verdict.ACCEPT, stands)
    if stands == proposed:
        return finding
    return Reading(finding, Verdict.REPLACE, stands) if proposed == finding.proposals[0] else None


def _stretch(finding: Finding, values: Sequence[tuple[Edit, str]]) -> str:
    """A finding's place with a text put in for each edit in it."""
    put = [
        replace(edit, start=edit.start - finding.start, end=edit.end - finding.start, after=value)
        for edit, value in values
    ]
    return apply(finding.text, put)
