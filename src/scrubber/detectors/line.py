"""Lines that are no part of the text: footers, share bars, credits, bare image addresses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

from scrubber.model import Action, Document, Match
from scrubber.patterns import TIMEOUT, compiled, lazy
from scrubber.text import Line

LONGEST = 2100
"""Code points of a line beyond which it is no footer; the longest kind is an image's address."""

_BLANK = " \t\r\u00a0\u200b\ufeff"


def find(
    document: Document,
    *,
    pattern: str = "",
    phrases: Sequence[str] = (),
    holds: Sequence[str] = (),
    hints: Sequence[str] = (),
    place: Literal["any", "start", "end", "edges"] = "any",
    edge: int = 4,
    elsewhere: Literal["", "suggest", "report"] = "",
    not_after: str = "",
    lead: str = "",
    led: str = "",
    after_sentence: bool = False,
    message: str = "",
) -> Iterator[Match]:
    r"""Yield runs of lines that `pattern` fits from end to end; the proposal takes them out.

    A line that one of `phrases` fits is found too, whatever its case and with the marks of a
    button around it (`[Read on →]`). With `holds`, which is for a slow pattern, only lines that
    hold one of these are tried; with `hints`, those that hold one of them in any case. A line that
    fits `lead` is found when the next one fits `led`, and takes that one with it: a label and what
    it labels.

    `place` is `any`, `start`, `end` or `edges`: the first or last `edge` lines that are not blank.
    A line elsewhere is left alone, or found with the action `elsewhere`. A line is also left alone
    when the line before it fits `not_after` (an introduction: "see the picture:"), and offered
    only, with `after_sentence`, when the line right above ends as no sentence does: a list or a
    verse may hold the same words. A date or a byline ends as a sentence does here. So is a line
    in lower case, and one between two short ones. Hits that only blank lines part are one match.
    Taking lines out leaves no blank line behind that did not part two texts, and joins nothing.

    >>> text = "The end.\n\nSource link\n"
    >>> [text[m.start : m.end] for m in find(Document(text), pattern="Source link")]
    ['\nSource link\n']
    """
    texts, full = _lines(document)
    expression = compiled(joined(pattern, tuple(phrases)))
    marks = [mark for mark in holds if mark in document.text]
    if holds and not marks and not lead:
        return
    hinted = _holding(document, tuple(hints))
    hits: dict[int, Action] = {}
    for rank in ranks(len(full), place, edge, elsewhere):
        number = full[rank]
        after = full[rank + 1] if rank + 1 < len(full) else None
        if hinted is not None and number not in hinted and not (lead and after in hinted):
            continue
        text = texts[number]
        if len(text) > LONGEST:
            continue
        labelled = lead and after is not None and _leads(lead, text, led, texts[after])
        if not labelled and (
            (holds and not any(mark in text for mark in marks))
            or not expression.fullmatch(text, timeout=TIMEOUT)
        ):
            continue
        if rank and not_after and _ends(not_after, texts[full[rank - 1]]):
            continue
        if not labelled and _goes_on(texts, number):
            continue
        action = action_at(rank, len(full), place, edge, elsewhere)
        if _doubtful(texts, number, hits, after_sentence):
            action = max(action, Action.SUGGEST, key=lambda action: action.doubt)
        hits[number] = action
        if labelled and after is not None:
            hits[after] = action
    for run in _runs(full, hits):
        action = max((hits[number] for number in run), key=lambda action: action.doubt)
        match = _match(document.lines, texts, run, action, message)
        if match.start == 0 and document.text.startswith("\ufeff"):
            match = match._replace(start=1)  # a byte order mark is no part of its line
        yield match


def _holding(document: Document, hints: tuple[str, ...]) -> set[int] | None:
    """The numbers of the lines that hold one of some texts, whatever its case; None for all.

    A page of documentation has 300 lines, and trying a pattern on each takes 4 microseconds a line.
    """
    folded = document.folded
    if not hints or len(folded) != len(document.text) or any("\n" in hint for hint in hints):
        return None
    starts = _starts(document)
    found: set[int] = set()
    for hint in hints:
        at = folded.find(hint)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.add(number)
            next_line = starts[number + 1] if number + 1 < len(starts) else len(folded)
            at = folded.find(hint, max(at + 1, next_line))
    return found


@lru_cache(maxsize=2)
def _starts(document: Document) -> list[int]:
    return [line.start for line in document.lines]


def _doubtful(
    texts: list[str], number: int, hits: Mapping[int, Action], after_sentence: bool
) -> bool:
    """Whether a line may belong to what stands around it: a list, a verse, a sentence."""
    above = texts[number - 1] if number and number - 1 not in hits else ""
    open_above = bool(above) and not _SENTENCE_END.search(above)
    below = texts[number + 1] if number + 1 < len(texts) else ""
    listed = open_above and _is_item(above) and _is_item(below)
    return (after_sentence and open_above) or listed or bool(_LOWER.match(texts[number]))


@cache
def joined(pattern: str, phrases: tuple[str, ...]) -> str:
    """The pattern for `pattern` or any of the `phrases`."""
    labels = rf"(?i:[\[(<»›|]?\s?(?:{'|'.join(phrases)})\s?[.:…»›→>|\])]*)"
    return "|".join(filter(None, (pattern, labels if phrases else ""))) or "(?!)"


def _leads(lead: str, text: str, led: str, after: str) -> bool:
    fits = compiled(lead).fullmatch(text, timeout=TIMEOUT)
    return bool(fits and compiled(led).fullmatch(after, timeout=TIMEOUT))


def _ends(pattern: str, text: str) -> bool:
    return bool(compiled(pattern).search(text, timeout=TIMEOUT))


def _goes_on(texts: list[str], number: int) -> bool:
    """Whether the next line goes on with the sentence, or underlines a heading."""
    below = texts[number + 1] if number + 1 < len(texts) else ""
    if _UNDERLINE.match(below):
        return True
    whole = _SENTENCE_END.search(texts[number]) or _IN_BRACKETS.match(texts[number])
    return bool(_LOWER.match(below)) and not whole


_IN_BRACKETS = lazy(r"\([^()]*\)$")
_UNDERLINE = lazy(r"([=~^\"'#*+.`_-])\1{2,}$")
_LOWER = lazy(r"\p{Ll}(?!ttps?:)")


def _is_item(text: str) -> bool:
    """Whether a line may be an item of a list or a verse: short, and no sentence."""
    return 0 < len(text) <= 30 and not _SENTENCE_END.search(text)


_SENTENCE_END = lazy(
    r"[.!?…:][\"”’»)\]]*$|[\"”»\]]$|(?:^|[ ,./-])(?:19|20)\d\d$|\d:\d\d(?: ?[AaPp]\.?[Mm])?$"
    r"|^(?i:by|written by|posted by|von|par|por|di|door) .{3,60}$"
)
"""What a line ends with that is whole in itself: a sentence, a date, a time, a byline."""


@lru_cache(maxsize=2)
def _lines(document: Document) -> tuple[list[str], list[int]]:
    """The lines without the blanks around them, and the numbers of those that are not blank.

    Made once for all rules that look at lines.
    """
    text = document.text
    texts = [text[line.start : line.stop].strip(_BLANK) for line in document.lines]
    return texts, [number for number, each in enumerate(texts) if each]


def ranks(count: int, place: str, edge: int, elsewhere: str) -> Sequence[int]:
    """The ranks that are looked at, of so many lines that are not blank."""
    if place == "any" or elsewhere or count <= edge:
        return range(count)
    if place == "start":
        return range(edge)
    if place == "end":
        return range(count - edge, count)
    return range(count) if count <= 2 * edge else (*range(edge), *range(count - edge, count))


def action_at(rank: int, count: int, place: str, edge: int, elsewhere: str) -> Action:
    """The action for the line of one of these ranks."""
    near_start, near_end = rank < edge, rank >= count - edge
    here = {"any": True, "start": near_start, "end": near_end, "edges": near_start or near_end}
    return Action.FIX if here[place] else Action(elsewhere)


def _runs(full: list[int], hits: dict[int, Action]) -> Iterator[list[int]]:
    """The lines that were hit, in runs that only blank lines part."""
    run: list[int] = []
    for number in full if hits else ():
        if number in hits:
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _match(
    lines: list[Line], texts: list[str], run: list[int], action: Action, message: str
) -> Match:
    """The match for a run of lines, with the blank lines that would be left over."""
    first, last = run[0], run[-1]
    start, end = lines[first].start, lines[last].end
    blank_before = first > 0 and not texts[first - 1]
    blank_after = last + 1 < len(lines) and not texts[last + 1]
    if blank_after and (blank_before or first == 0):
        end = lines[last + 1].end
    elif blank_before and not any(texts[last + 1 :]):
        start = lines[first - 1].start
    return Match(start, end, ("",), message, action)
