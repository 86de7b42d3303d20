"""Edits as values: apply, undo, compose, and trace a place back to the original text.

All functions are pure. A list of edits is sorted by place and its members never overlap; offsets
are code points of the text that the edits start from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

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


def minimal(text: str, finding: Finding, after: str) -> Edit:
    """Return the edit that puts `after` in the finding's place, without what stays the same.

    >>> from scrubber.model import Action
    >>> minimal("seaBut", Finding("x/y", 0, 6, "seaBut", (), Action.FIX, ""), "sea but")
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
    spans = [(edit.start, edit.end, 0, i) for i, edit in enumerate(inverted(first))]
    spans += [(edit.start, edit.end, 1, i) for i, edit in enumerate(second)]
    clusters: list[list[tuple[int, int, int, int]]] = []
    high = -1
    for span in sorted(spans):
        if clusters and overlaps(clusters[-1][0][0], high, span[0], span[1]):
            clusters[-1].append(span)
            high = max(high, span[1])
        else:
            clusters.append([span])
            high = span[1]
    result, shift = [], 0
    for cluster in clusters:
        low, high = cluster[0][0], max(end for _, end, _, _ in cluster)
        old = [first[i] for _, _, second_list, i in cluster if not second_list]
        new = [second[i] for _, _, second_list, i in cluster if second_list]
        start = low + shift
        shift += sum(len(edit.before) - len(edit.after) for edit in old)
        end = high + shift
        moved = [replace(edit, start=edit.start - low, end=edit.end - low) for edit in new]
        rules = tuple(dict.fromkeys(rule for edit in old + new for rule in edit.rules))
        result.append(Edit(start, end, original[start:end], apply(between[low:high], moved), rules))
    return [edit for edit in result if edit.before != edit.after]


def traced(original: str, done: Sequence[Edit], finding: Finding) -> Finding:
    """Return a finding on the repaired text as a finding on the original.

    It grows to hold every edit that it touches, so that its proposals still replace its text.
    """
    if not done:
        return finding
    between = apply(original, done)
    low, high, before_shift, shift = finding.start, finding.end, 0, 0
    for edit, image in zip(done, inverted(done), strict=True):
        change = len(edit.before) - len(edit.after)
        if overlaps(image.start, image.end, finding.start, finding.end):
            low, high = min(low, image.start), max(high, image.end)
            shift += change
        elif image.start < finding.start:
            before_shift += change
    start, end = low + before_shift, high + before_shift + shift
    head, tail = between[low : finding.start], between[finding.end : high]
    return replace(
        finding,
        start=start,
        end=end,
        text=original[start:end],
        proposals=tuple(head + proposal + tail for proposal in finding.proposals),
    )
