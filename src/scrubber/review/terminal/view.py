"""What the screen shows: rows of styled text, made anew after each key."""

from __future__ import annotations

from collections.abc import Iterator

from prompt_toolkit.utils import get_cwidth

from scrubber.decisions.keys import Scope
from scrubber.report.place import place
from scrubber.report.text import counted, printable
from scrubber.review.items import ACCEPTED, DISPLACED, LEFT, REJECTED, Item
from scrubber.review.reach import alike
from scrubber.review.terminal.keys import KEYS
from scrubber.review.terminal.place import Fragment, Row, excerpt, fitted
from scrubber.review.terminal.screen import CONFIRM, PAGE, Screen
from scrubber.review.words import REACH


def rows(screen: Screen, width: int, height: int, *, colour: bool) -> list[Row]:
    """Return the rows of the screen without the bottom line that is typed in."""
    if screen.mode == PAGE and screen.page:
        shown = _page(screen, width, height - 1)
    elif screen.item is None:
        shown = [_bar(" review", _counter(screen), width)]
    else:
        shown = _finding(screen, screen.item, width, height - 3, colour)
    shown += [[] for _ in range(height - 2 - len(shown))]
    said: Row = [("class:said", fitted(screen.said, width))]
    return [*shown[: height - 2], said, _bottom(screen, width)]


def _bar(left: str, right: str, width: int) -> Row:
    """The line on top; of a long path its end is shown, with the line that is meant."""
    right = fitted(f" {right} ", width)
    room = max(0, width - get_cwidth(right))
    left = fitted(left, room, end=True)
    return [("class:bar", left + " " * (room - get_cwidth(left)) + right)]


def _counter(screen: Screen) -> str:
    session = screen.desk.session
    counts = session.counts()
    done = f"{counts[ACCEPTED]:,} accepted · {counts[REJECTED]:,} rejected"
    if session.at is None:
        return done
    return f"{session.position(session.at) + 1:,} of {len(session.order):,} · {done}"


def _finding(screen: Screen, item: Item, width: int, height: int, colour: bool) -> list[Row]:
    head = [_bar(f" {where(item)}", _counter(screen), width), *_about(screen, item, width)]
    foot = [*_offers(screen, item, width), *_standing(screen, item, width)]
    room = max(3, height - len(head) - len(foot) - 2)
    shown = excerpt(
        item.document,
        item.finding,
        screen.shown(),
        width=width - 4,
        room=room,
        context=screen.context,
        colour=colour,
    )
    inset: list[Row] = [[("", "  "), *row] for row in shown]
    return [*head, [], *inset, [], *foot]


def where(item: Item) -> str:
    """Return file, record, line and column of an item, both counted from 1."""
    start, found = item.finding.start, item.finding.text
    if "\n" in found:  # a line taken out may begin with the break before it
        start += len(found) - len(found.lstrip())
    line, column, _, _ = place(item.document, start)
    record = f"[{item.document.id}]" if item.document.id is not None else ""
    return printable(f"{item.document.path}{record}:{line}:{column}")


def _about(screen: Screen, item: Item, width: int) -> Iterator[Row]:
    finding = item.finding
    measured = screen.desk.measured(finding.rule)
    line: Row = [(f"class:{finding.action}", f" {finding.action} "), ("", " ")]
    used = len(finding.action) + 3
    line.append(("class:rule", fitted(finding.rule, width - used)))
    room = width - used - len(finding.rule) - 3
    if measured and room > 10:
        line.append(("class:dim", f" · {fitted(measured, room)}"))
    yield line
    message = finding.message
    if item.dispute:
        message += f"; in dispute: {item.dispute}"
    for row in _folded(message, width - 2)[:3]:
        yield [("", f" {row}")]


def _folded(text: str, width: int) -> list[str]:
    """Break a message into rows at its blanks."""
    folded = [""]
    for word in printable(text).split(" "):
        joined = f"{folded[-1]} {word}" if folded[-1] else word
        if get_cwidth(joined) <= width:
            folded[-1] = joined
        else:
            folded.append(fitted(word, width))
    return folded


def _offers(screen: Screen, item: Item, width: int) -> Iterator[Row]:
    """The proposals with their numbers, the one that is shown marked."""
    line: Row = []
    used = 0
    shown = screen.shown()
    for number, proposal in enumerate(item.finding.proposals[:9], 1):
        text = f"“{printable(proposal)}”" if proposal else "(taken out)"
        mark = "▸" if proposal == shown else " "
        cell = fitted(f" {mark}{number} {text}", width)
        if used + get_cwidth(cell) > width and line:
            yield line
            line, used = [], 0
        line.append(("class:chosen" if proposal == shown else "", cell))
        used += get_cwidth(cell)
    if line:
        yield line
    if shown is not None and shown not in item.finding.proposals:
        yield [("class:chosen", fitted(f" ▸  your own: “{shown}”", width))]
    elif not item.finding.proposals:
        yield [("class:dim", fitted(" Nothing is offered; e types a replacement.", width))]


def _standing(screen: Screen, item: Item, width: int) -> Iterator[Row]:
    """What was decided, what taking it displaces, and how many are alike."""
    state = item.state
    if state in (ACCEPTED, REJECTED) and item.decision:
        by = f" by {item.decision.who}" if item.earlier and item.decision.who else ""
        reach = REACH[item.decision.key.scope]
        yield [("class:state", fitted(f" {state}{reach}{by}", width))]
    elif state == DISPLACED:
        yield [("class:state", fitted(" Another proposal for this place was accepted.", width))]
    elif state == LEFT:
        yield [("class:state", fitted(" left undecided", width))]
    losers = dict.fromkeys(
        rival.finding.rule
        for rival in item.rivals
        if not rival.written and (rival.finding.proposals or rival.chosen is not None)
    )
    if losers and state != ACCEPTED:
        yield [("class:warn", fitted(f" Taking it displaces: {', '.join(losers)}", width))]
    session = screen.desk.session
    if session.sample is None:
        same, rule = (alike(session, item, scope) for scope in (Scope.CHANGE, Scope.RULE))
        text = f" {same:,} of this change (b B), {rule:,} of this rule (r R)"
        yield [("class:dim", fitted(text, width))]


def _bottom(screen: Screen, width: int) -> Row:
    if screen.mode == PAGE:
        text = "space and j k scroll, any other key goes back"
    elif screen.mode == CONFIRM:
        files = screen.desk.files
        count = sum(
            item.chosen is not None and not item.written
            for number in screen.confirming
            for item in files.files[number].items
        )
        many = len(screen.confirming)
        name = files.files[screen.confirming[0]].source.path if many == 1 else f"{many:,} files"
        text = f"Write {counted(count, 'repair')} to {name}? [Y/n, p previews, u undoes]"
    else:
        words = [f"{key.key} {key.word}" for key in KEYS if key.word]
        default = {"y": "accept", "s": "skip"}.get(screen.default(), "go on")
        text = "  ".join([*words, f"Enter: {default}"])
    return [("class:bottom", fitted(text, width))]


def _page(screen: Screen, width: int, height: int) -> list[Row]:
    page = screen.page
    assert page is not None
    lines = page.text.split("\n")
    shown: list[Row] = [_bar(f" {page.title}", f"{page.top + 1} of {len(lines)}", width), []]
    for line in lines[page.top :]:
        look = _LOOKS.get(line[:1], "")
        shown += [[(look, f" {row}")] for row in _page_rows(line, width - 2)]
        if len(shown) >= height:
            break
    return shown[:height]


_LOOKS = {"-": "class:gone-line", "+": "class:come", "@": "class:rule"}


def _page_rows(line: str, width: int) -> list[str]:
    shown = printable(line)
    inset = " " * (len(shown) - len(shown.lstrip()))
    if get_cwidth(shown) <= width:
        return [shown]
    return [inset + row for row in _folded(shown.strip(), width - len(inset))]


def joined(shown: list[Row]) -> list[Fragment]:
    """Return rows as one list of fragments with line breaks between."""
    parts: list[Fragment] = []
    for number, row in enumerate(shown):
        if number:
            parts.append(("", "\n"))
        parts += row
    return parts
