"""A finding in its place: what stands around it, what goes, what comes. Short, whatever the text.

A change is shown by whole words: of “hurtBut” → “hurt, but” only “B” → “, b” is changed, but a
person reads words. `Words` keeps both, the words and what in them is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from scrubber.edits import minimal
from scrubber.model import Document, Edit, Finding
from scrubber.report.place import place

CONTEXT = 140
"""Most code points of the line that are kept on each side of a change."""

CHANGE = 280
"""Most code points that are kept of what goes or comes."""

_WORD = 40


class Words(NamedTuple):
    """Some words, of which the middle is what the change is about."""

    head: str
    changed: str
    tail: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A change in its line. `old` goes and `new` comes; None: nothing is offered for `old`.

    With `lines`, `old` is one or more whole lines that are taken out, and `lead` and `tail` are the
    lines before and after them.
    """

    lead: str
    old: Words
    new: Words | None
    tail: str
    lines: bool = False


def excerpt(document: Document, finding: Finding) -> Excerpt:
    r"""Return the place of a finding with its first proposal.

    >>> from scrubber.model import Action
    >>> it = Finding("x/y", 4, 10, "seaBut", ("sea but",), Action.FIX, "")
    >>> found = excerpt(Document("The seaBut he."), it)
    >>> found.lead, found.old, found.tail
    ('The ', Words(head='sea', changed='B', tail='ut'), ' he.')
    >>> found.new
    Words(head='sea', changed=' b', tail='ut')
    """
    text = document.text
    if not finding.proposals:
        start, end = _seen(text, finding.start, finding.end)
        lead, tail = _around(document, start, end)
        return Excerpt(lead, Words("", _cut(text[start:end]), ""), None, tail)
    edit = minimal(finding, finding.proposals[0])
    if not edit.after.strip():
        start, end = _seen(text, edit.start, edit.end)
        if start < end and _whole(document, start, end):
            old = Words("", _cut(text[start:end]), "")
            return Excerpt(*_neighbours(document, start, end, old))
    low, high = _widened(text, edit)
    lead, tail = _around(document, low, high)
    head, rest = text[low : edit.start], text[edit.end : high]
    old = Words(head, _cut(edit.before), rest)
    return Excerpt(lead, old, Words(head, _cut(edit.after), rest), tail)


def _seen(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the blanks and breaks around it, or as it is when it holds nothing else."""
    found = text[start:end]
    if not found.strip():
        return start, end
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _whole(document: Document, start: int, end: int) -> bool:
    """Whether a span fills all its lines."""
    _, _, first, _ = place(document, start)
    _, _, _, stop = place(document, end - 1)
    rest = document.text[first:start] + document.text[end : max(end, stop)]
    return not rest.strip("\ufeff \t")


def _neighbours(
    document: Document, start: int, end: int, old: Words
) -> tuple[str, Words, None, str, bool]:
    """What stands in the nearest lines with something in them, three away at most."""
    number, last = place(document, start)[0] - 1, place(document, end - 1)[0] - 1
    lines, text = document.lines, document.text
    above = (text[line.start : line.stop] for line in reversed(lines[max(0, number - 3) : number]))
    below = (text[line.start : line.stop] for line in lines[last + 1 : last + 4])
    lead = next((line for line in above if line.strip()), "")
    tail = next((line for line in below if line.strip()), "")
    return _last(lead), old, None, _first(tail), True


def _widened(text: str, edit: Edit) -> tuple[int, int]:
    """The bounds of the words that a change alters; of all that touches a change of blanks."""
    low, high = edit.start, edit.end
    left, right = text[low - 1 : low] if low else "", text[high : high + 1]

    def joined(one: str, other: str) -> bool:
        return one.isalnum() and other.isalnum()

    def belongs(char: str) -> bool:
        return not char.isspace() if blank else char.isalnum() or char in "'’-"

    blank = not (edit.before + edit.after).strip() and not joined(left, right)
    firsts = edit.before[:1] or right, edit.after[:1] or right
    lasts = edit.before[-1:] or left, edit.after[-1:] or left
    if blank or any(joined(left, first) for first in firsts):
        while low > max(0, edit.start - _WORD) and belongs(text[low - 1]):
            low -= 1
    if blank or any(joined(last, right) for last in lasts):
        while high < min(len(text), edit.end + _WORD) and belongs(text[high]):
            high += 1
    return low, high


def _around(document: Document, low: int, high: int) -> tuple[str, str]:
    """What stands in the line before and after a span."""
    _, _, start, _ = place(document, low)
    _, _, _, stop = place(document, max(low, high - 1))
    text = document.text
    return _last(text[start:low]), _first(text[high : max(high, stop)])


def _last(text: str) -> str:
    """The end of a text, from a word's beginning on."""
    if len(text) <= CONTEXT:
        return text
    kept = text[-CONTEXT:]
    blank = kept.find(" ", 0, 30)
    return "…" + kept[blank + 1 :]


def _first(text: str) -> str:
    """The beginning of a text, up to a word's end."""
    if len(text) <= CONTEXT:
        return text
    kept = text[:CONTEXT]
    blank = kept.rfind(" ", CONTEXT - 30)
    return (kept[:blank] if blank > 0 else kept) + "…"


def _cut(text: str) -> str:
    """A text without its middle, where it is long."""
    if len(text) <= CHANGE:
        return text
    return f"{text[: CHANGE - 80]} […] {text[-74:]}"
