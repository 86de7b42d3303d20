"""Edits as values: apply, undo, compose, and trace a place back to the original text.

All functions are pure. A list of edits is sorted by place and its members never overlap; offsets
are code points of the text that the edits start from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scrubber.model import Edit, Finding


def overlaps(start: int, end: int, other_start: int, other_end: int) -> bool:
    """Return whether two half-open spans share a place.

    An insertion (empty span) shares a place with a span that it lies in or touches, because the
    order of the two would otherwise be open. Two neighbours that are not empty do not overlap.

    >>> overlaps(0, 3, 3, 5), overlaps(0, 3, 3, 3)
    (False, True)
    """
    if start == end or other_start == other_end:
        return start <= other_end and other_start <= end
    return start < other_end and other_start < end


def minimal(finding: Finding, after: str) -> Edit:
    """Return the edit that puts `after` in the finding's place, without what stays the same.

    >>> from scrubber.model import Action
    >>> minimal(Finding("x/y", 0, 6, "seaBut", (), Action.FIX, ""), "sea but")
    Edit(start=3, end=4, before='B', after=' b', rules=('x/y',))
    """
    before, start = finding.text, finding.start
    limit = min(len(before), len(after))
    head = 0
    while head < limit and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < limit - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    stop = len(before) - tail
    return Edit(
        start + head,
        start + stop,
        before[head:stop],
        after[head : len(after) - tail],
        (finding.rule,),
    )


def slid(text: str, edit: Edit) -> Iterator[Edit]:
    """Yield the edits that do the same: of "the the", either may go, with either blank.

    >>> [(e.start, e.before) for e in slid("the the", Edit(3, 7, " the", "", ()))]
    [(3, ' the'), (2, 'e th'), (1, 'he t'), (0, 'the ')]
    """
    yield edit
    start, end = edit.start, edit.end
    while not edit.after and start > 0 and text[start - 1] == text[end - 1]:
        start, end = start - 1, end - 1
        yield edit._replace(start=start, end=end, before=text[start:end])


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with all edits done, or the same object when there are none.

    Raises:
        ValueError: an edit does not fit the text, or two of them overlap; nothing is done.
    """
    if not edits:
        return text
    parts, at = [], 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.before:
            raise ValueError(f"an edit of {edit.rules} does not fit the text at {edit.start}")
        parts += [text[at : edit.start], edit.after]
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def inverted(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits that take the repaired text back to the original.

    >>> done = [Edit(3, 4, "B", " b", ("x/y",))]
    >>> apply(apply("seaBut", done), inverted(done))
    'seaBut'
    """
    back, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.after), edit.after, edit.before, edit.rules))
        shift += len(edit.after) - len(edit.before)
    return back


def compose(original: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return edits of `original` that do what `first` and then `second` do.

    Where an edit of the second list touches the result of one of the first, the two become one
    edit that names the rules of both.

    >>> one = [Edit(1, 1, "", " ", ("a/a",))]
    >>> two = [Edit(3, 3, "", "-", ("b/b",))]
    >>> compose("xyz", one, two)[1]
    Edit(start=2, end=2, before='', after='-', rules=('b/b',))
    """
    if not first or not second:
        return list(first or second)
    between = apply(original, first)
    spans = [_Span(edit.start, edit.end, False, i) for i, edit in enumerate(inverted(first))]
    spans += [_Span(edit.start, edit.end, True, i) for i, edit in enumerate(second)]
    clusters: list[list[_Span]] = []
    for span in sorted(spans):
        if clusters and any(_clash(other, span) for other in clusters[-1]):
            clusters[-1].append(span)
        else:
            clusters.append([span])
    result, shift = [], 0
    for cluster in clusters:
        low, high = cluster[0].start, max(span.end for span in cluster)
        old = [first[span.number] for span in cluster if not span.new]
        new = [second[span.number] for span in cluster if span.new]
        start = low + shift
        shift += sum(len(edit.before) - len(edit.after) for edit in old)
        end = high + shift
        moved = [edit._replace(start=edit.start - low, end=edit.end - low) for edit in new]
        rules = tuple(dict.fromkeys(rule for edit in old + new for rule in edit.rules))
        result.append(Edit(start, end, original[start:end], apply(between[low:high], moved), rules))
    return [edit for edit in result if edit.before != edit.after]


class _Span(NamedTuple):
    """A place in the text between two lists of edits: what the first did, or the second (`new`)."""

    start: int
    end: int
    new: bool
    number: int


def _clash(one: _Span, other: _Span) -> bool:
    """Whether two spans in the text between have to become one edit.

    Where text was taken out (an empty image of the first list) and a neighbour is changed, both
    stay apart: their order is plain. Two insertions at one place become one.
    """
    for image, span in ((one, other), (other, one)):
        if span.new and not image.new and image.start == image.end and span.start < span.end:
            return span.start < image.start < span.end
    return overlaps(one.start, one.end, other.start, other.end)


class Trace:
    """Traces places in a repaired text back to the original, for one list of edits."""

    def __init__(self, original: str, done: Sequence[Edit]) -> None:
        self._original = original
        self._text = apply(original, done)
        self._images = inverted(done)
        self._starts = [image.start for image in self._images]
        self._ends = [image.end for image in self._images]
        # Offset in the original minus offset in the repaired text, before the nth edit.
        self._shifts = [0]
        for edit in done:
            self._shifts.append(self._shifts[-1] + len(edit.before) - len(edit.after))

    def back(self, finding: Finding) -> Finding:
        """Return a finding on the repaired text as a finding on the original.

        It grows to hold every edit that it touches, so that its proposals still replace its text.
        """
        first = bisect_left(self._ends, finding.start)
        while first < len(self._images) and self._passed(first, finding):
            first += 1
        last = first
        while last < len(self._images) and self._touched(last, finding):
            last += 1
        low, high = finding.start, finding.end
        if last > first:
            low, high = min(low, self._starts[first]), max(high, self._ends[last - 1])
        start, end = low + self._shifts[first], high + self._shifts[last]
        head, tail = self._text[low : finding.start], self._text[finding.end : high]
        return finding._replace(
            start=start,
            end=end,
            text=self._original[start:end],
            proposals=tuple(head + proposal + tail for proposal in finding.proposals),
        )

    def _touched(self, number: int, finding: Finding) -> bool:
        image = self._images[number]
        return _clash(
            _Span(image.start, image.end, False, number),
            _Span(finding.start, finding.end, True, 0),
        )

    def _passed(self, number: int, finding: Finding) -> bool:
        """Whether an edit lies before the finding and does not touch it."""
        return self._starts[number] <= finding.start and not self._touched(number, finding)
