"""Lines that are no part of the text: footers, share bars, credits, bare image addresses."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber.model import Action, Document, Match
from scrubber.patterns import TIMEOUT, compiled
from scrubber.text import Line


def find(
    document: Document,
    *,
    pattern: str,
    place: str = "any",
    edge: int = 4,
    elsewhere: str = "",
    not_after: str = "",
    message: str = "",
) -> Iterator[Match]:
    """Yield runs of lines that `pattern` fits from end to end; the proposal takes them out.

    `place` is `any`, `start`, `end` or `edges`: the first or last `edge` lines that are not blank.
    A line elsewhere is left alone, or found with the action `elsewhere`. A line is also left alone
    when the line before it fits `not_after` (an introduction: "see the picture:"). Hits that only
    blank lines part are one match. Taking lines out leaves no blank line behind that did not part
    two texts, and joins nothing.

    >>> text = "The end.\\n\\nSource link\\n"
    >>> [text[m.start : m.end] for m in find(Document(text), pattern="Source link")]
    ['\\nSource link\\n']
    """
    expression = compiled(pattern)
    lines = document.lines
    full = [
        i for i, line in enumerate(lines) if document.text[line.start : line.stop].strip(_BLANK)
    ]
    run: list[int] = []
    for rank, i in enumerate(full):
        action = _action(rank, len(full), place, edge, elsewhere)
        if not run and (action is None or lines[i].stop - lines[i].start > _LONGEST):
            continue
        previous = _stripped(document, lines[full[rank - 1]]) if rank else ""
        fits = (
            action is not None
            and lines[i].stop - lines[i].start <= _LONGEST
            and expression.fullmatch(_stripped(document, lines[i]), timeout=TIMEOUT)
            and not (not_after and compiled(not_after).search(previous))
        )
        if run and not (fits and full[rank - 1] == run[-1]):
            yield _match(document, lines, run, worst, message)
            run = []
        if fits and action is not None:
            worst = max(worst, action, key=lambda a: a.doubt) if run else action
            run.append(i)
    if run:
        yield _match(document, lines, run, worst, message)


_LONGEST = 2100
"""Code points of a line beyond which it is no footer; the longest kind is an image's address."""

_BLANK = " \t\r\u00a0\u200b\ufeff"


def _stripped(document: Document, line: Line) -> str:
    return document.text[line.start : line.stop].strip(_BLANK)


def _action(rank: int, count: int, place: str, edge: int, elsewhere: str) -> Action | None:
    near_start, near_end = rank < edge, rank >= count - edge
    here = {"any": True, "start": near_start, "end": near_end, "edges": near_start or near_end}
    if here[place]:
        return Action.FIX
    return Action(elsewhere) if elsewhere else None


def _match(
    document: Document, lines: list[Line], run: list[int], action: Action, message: str
) -> Match:
    first, last = run[0], run[-1]
    start, end = lines[first].start, lines[last].end
    blank_before = first > 0 and not _stripped(document, lines[first - 1])
    at_end = last + 1 >= len(lines)
    blank_after = not at_end and not _stripped(document, lines[last + 1])
    if blank_after and (blank_before or first == 0):
        end = lines[last + 1].end
    elif blank_before and (at_end or all(not _stripped(document, x) for x in lines[last + 1 :])):
        start = lines[first - 1].start
    if document.text[start:end].startswith("\ufeff"):
        start += 1
    return Match(start, end, ("",), message, action)
