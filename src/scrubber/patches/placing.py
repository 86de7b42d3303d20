"""Where the hunks of a patch belong in a text: exactly where their lines stand, or nowhere.

A hunk goes where its header says when its lines stand there and nothing shows that the text has
moved; else to the one place where they stand. Never to a place where only some of them do. Lines
that a person deleted from a hunk stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scrubber.diff import lines_of
from scrubber.model import Edit
from scrubber.patches.hunks import Hunk

SHOWN = 30
"""Code points shown on each side of where a line differs from the one expected."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A hunk that does not fit, and why, in one line."""

    hunk: Hunk
    reason: str


def placed(text: str, hunks: Sequence[Hunk]) -> tuple[list[Edit], list[Refusal]]:
    r"""Return the edits that the hunks of one file ask for, and the hunks that do not fit.

    Each edit is a run of whole lines. A hunk that changes nothing asks for nothing, wherever it
    stands.

    >>> hunk = Hunk(1, 3, 0, ((" ", "one\n"), ("-", "two\n"), ("+", "Two\n")))
    >>> placed("new\none\ntwo\n", [hunk])
    ([Edit(start=8, end=12, before='two\n', after='Two\n', rules=())], [])
    """
    lines = lines_of(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    working = [_whole(lines, hunk) for hunk in hunks if hunk.old != hunk.new]
    edits: list[Edit] = []
    refusals: list[Refusal] = []
    reached, before = 0, 0
    for hunk, at in zip(working, _places(lines, working), strict=True):
        if isinstance(at, str):
            refusals.append(Refusal(hunk, at))
            continue
        end = at + len(hunk.old)
        if at < reached:
            refusals.append(Refusal(hunk, f"its lines overlap or precede those of hunk {before}"))
        elif end < len(lines) and hunk.new and not hunk.new[-1].endswith("\n"):
            reason = f"it says that the text ends there, and it goes on: {_clip(lines[end])}"
            refusals.append(Refusal(hunk, reason))
        else:
            edits += _edits(hunk, at, starts)
            reached, before = end, hunk.number
    return edits, refusals


def _places(lines: Sequence[str], hunks: Sequence[Hunk]) -> list[int | str]:
    """For each hunk the line, from 0, where it belongs, or why it belongs nowhere."""
    stated = [_stands(lines, hunk, hunk.start) for hunk in hunks]
    if all(stated):
        return [hunk.start for hunk in hunks]
    index = defaultdict[str, list[int]](list)
    for number, line in enumerate(lines):
        index[line].append(number)
    moved = any(hunk.honest and not stands for hunk, stands in zip(hunks, stated, strict=True))
    found: list[list[int]] = []
    for hunk, stands in zip(hunks, stated, strict=True):
        found.append([hunk.start] if stands and not moved else _everywhere(lines, hunk, index))
    result: list[int | str] = []
    for number, hunk in enumerate(hunks):
        at = _agreed(found, hunks, number) if len(found[number]) > 1 else None
        if len(found[number]) == 1:
            result.append(found[number][0])
        elif at is not None:
            result.append(at)
        else:
            result.append(_why(lines, hunk, found[number], index))
    return result


def _whole(lines: Sequence[str], hunk: Hunk) -> Hunk:
    """A hunk with the lines that a person deleted from it put back, to be left as they are.

    Only where its lines stand nowhere together, but at the place and among as many lines as the
    header says, in one way, and nothing is put in next to a line that is missing.
    """
    size, old = hunk.stated or 0, hunk.old
    there = lines[hunk.start : hunk.start + size]
    if size <= len(old) or len(there) < size or not old:
        return hunk
    if any(_stands(lines, hunk, at) for at in range(len(lines)) if lines[at] == old[0]):
        return hunk
    places = _in_order(there, old)
    backwards = _in_order(there[::-1], old[::-1])
    if not places or places != [size - 1 - at for at in reversed(backwards)]:
        return hunk
    result: list[tuple[str, str]] = []
    at = number = 0
    for sign, line in (*hunk.lines, ("", "")):
        if sign != "+":
            place = places[number] if sign else size
            if place > at and result and result[-1][0] == "+":
                return hunk
            result += [(" ", missing) for missing in there[at:place]]
            at, number = place + 1, number + 1
        if sign:
            result.append((sign, line))
    return replace(hunk, lines=tuple(result))


def _in_order(there: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """The first places at which the wanted lines stand in order, with others between; [] if not."""
    places: list[int] = []
    for at, line in enumerate(there):
        if len(places) < len(wanted) and line == wanted[len(places)]:
            places.append(at)
    return places if len(places) == len(wanted) else []


def _stands(lines: Sequence[str], hunk: Hunk, at: int) -> bool:
    if not hunk.old:  # lines put in that nothing around them places
        return not lines and at == 0
    return lines[at : at + len(hunk.old)] == hunk.old


def _everywhere(lines: Sequence[str], hunk: Hunk, index: dict[str, list[int]]) -> list[int]:
    """All places where the hunk's old lines stand, looked for by the rarest of them."""
    if not hunk.old:
        return [] if lines else [0]
    old = hunk.old
    offset = min(range(len(old)), key=lambda n: len(index.get(old[n], ())))
    places = (at - offset for at in index.get(old[offset], ()))
    return [at for at in places if at >= 0 and _stands(lines, hunk, at)]


def _agreed(found: Sequence[Sequence[int]], hunks: Sequence[Hunk], number: int) -> int | None:
    """The place of a hunk with several, where its nearest sure neighbours moved by the same.

    The beginning of a text is a neighbour that has not moved; its end is none.
    """
    sure = [
        (other, places[0] - hunks[other].start)
        for other, places in enumerate(found)
        if len(places) == 1 and hunks[other].honest
    ]
    before = [shift for other, shift in sure if other < number] or [0]
    after = [shift for other, shift in sure if other > number]
    if not after or before[-1] != after[0]:
        return None
    at = hunks[number].start + after[0]
    return at if at in found[number] else None


def _edits(hunk: Hunk, at: int, starts: Sequence[int]) -> Iterator[Edit]:
    """The changed lines of a placed hunk, each run of them one edit."""
    old: list[str] = []
    new: list[str] = []
    for sign, line in (*hunk.lines, (" ", "")):
        if sign != " ":
            (old if sign == "-" else new).append(line)
            continue
        if old != new:
            first, last = starts[at], starts[at + len(old)]
            yield Edit(first, last, "".join(old), "".join(new), ())
        at += len(old) + 1
        old, new = [], []


def _why(
    lines: Sequence[str], hunk: Hunk, places: Sequence[int], index: dict[str, list[int]]
) -> str:
    """Why a hunk has no place: its lines stand nowhere, or at several."""
    if places:
        shown = ", ".join(f"{at + 1}" for at in places[:4]) + ("…" if len(places) > 4 else "")
        return f"its lines stand at {len(places)} places (lines {shown}), and none is sure"
    if not hunk.old:
        return "it has no lines that say where in the text it belongs"
    at = _nearest(lines, hunk, index)
    done = Hunk(hunk.number, hunk.line, at, tuple((" ", line) for line in hunk.new))
    if hunk.honest and hunk.new and _everywhere(lines, done, index):
        return "its lines do not stand there; what they would become does: applied already?"
    for number, line in enumerate(hunk.old):
        if at + number >= len(lines):
            return f"line {at + number + 1}: expected {_clip(line)}, and the text ends before it"
        if line != lines[at + number]:
            return f"line {at + number + 1}: {_difference(line, lines[at + number])}"
    raise AssertionError("a hunk that stands there was refused")


def _nearest(lines: Sequence[str], hunk: Hunk, index: dict[str, list[int]]) -> int:
    """The place where most of a hunk's lines stand, the stated one when there is no better.

    Where lines were deleted from a hunk that begins at the stated place, that is the one.
    """
    if not hunk.honest and lines[hunk.start : hunk.start + 1] == hunk.old[:1]:
        return hunk.start
    votes = Counter({min(hunk.start, len(lines)): 0})
    for number, line in enumerate(hunk.old):
        if line.strip():
            votes.update(at - number for at in index.get(line, ()) if at >= number)
    return max(votes, key=lambda at: (votes[at], -abs(at - hunk.start)))


def _difference(expected: str, found: str) -> str:
    if expected.rstrip("\r\n") == found.rstrip("\r\n"):
        return f"expected {_ending(expected)} at its end, and {_ending(found)} stands there"
    limit = min(len(expected), len(found))
    at = next((n for n in range(limit) if expected[n] != found[n]), limit)
    return f"expected {_clip(expected, at)}, and {_clip(found, at)} stands there"


def _ending(line: str) -> str:
    return {"\r\n": "CRLF", "\n": "a line feed"}.get(
        line[len(line.rstrip("\r\n")) :], "no line feed" if not line.endswith("\n") else "CRs"
    )


def _clip(line: str, at: int = 0) -> str:
    """A line in quotes, as much of it as stands around `at`."""
    line = line.rstrip("\r\n")
    start = max(0, at - SHOWN)
    shown = line[start : at + SHOWN]
    return f"“{'…' * (start > 0)}{shown}{'…' * (at + SHOWN < len(line))}”"
