"""Findings for a person at a terminal: the line, the place marked, and what is offered."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from scrubber.model import Action, Document, Finding
from scrubber.report.place import place

WIDTH = 100
"""Columns of the excerpt."""

Style = Callable[[str, str], str]
"""`(text, role) -> text`: colours a text for a terminal, or returns it as it is."""

_ELLIPSIS = "…"


def plain(text: str, role: str) -> str:
    """Return the text as it is: the style for what is not a terminal."""
    return text


def finding_lines(
    document: Document, finding: Finding, record: object = None, style: Style = plain
) -> str:
    """Return a finding as some lines of text, without a final line break."""
    seen = first_seen(document.text, finding)
    number, column, start, stop = place(document, seen)
    name = printable(document.path or "-")
    where = f"{name}[{printable(str(record))}]" if record is not None else name
    head = (
        f"{style(f'{where}:{number}:{column}', 'place')}: {style(finding.action, finding.action)} "
        f"{style(finding.rule, 'rule')}: {printable(finding.message)}"
    )
    before, marked, after = _excerpt(document.text, seen, finding.end, start, stop)
    mark = style("^" * max(1, width(marked)), "mark")
    lines = [head, f"    {before}{marked}{after}", f"    {' ' * width(before)}{mark}"]
    if finding.proposals:
        lines.append(f"    {style('→', 'mark')} {offers(finding)}")
    return "\n".join(lines)


def offers(finding: Finding) -> str:
    """Return the proposals of a finding in one line, best first; "" where there are none."""
    return " | ".join(map(_offer, finding.proposals))


def summary(files: int, counts: dict[Action, int]) -> str:
    """Return what was found, in one line, and what to do next.

    >>> summary(2, {Action.FIX: 3, Action.SUGGEST: 1})
    '4 findings in 2 files: 3 fix, 1 suggest. `scrubber fix` does the 3; `--diff` shows them first.'
    """
    total = sum(counts.values())
    where = counted(files, "file")
    if not total:
        return f"No findings in {where}."
    parts = ", ".join(f"{counts[action]:,} {action}" for action in Action if counts.get(action))
    text = f"{counted(total, 'finding')} in {where}: {parts}."
    if counts.get(Action.FIX):
        text += f" `scrubber fix` does the {counts[Action.FIX]:,}; `--diff` shows them first."
    return text


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "file"), counted(2000, "file")
    ('1 file', '2,000 files')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> width("né"), width("漢")
    (2, 2)
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def printable(text: str) -> str:
    r"""Return a text in one line, with what a terminal would act on made visible.

    >>> printable("a\n\x1b[31mb")
    'a⏎\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(
        "⏎" if c == "\n" else "" if c == "\r" else c if c.isprintable() else _escape(c)
        for c in text
    )


def _escape(char: str) -> str:
    return " " if char.isspace() else char.encode("unicode_escape").decode()


def _offer(proposal: str) -> str:
    return f"“{printable(proposal)}”" if proposal else "(taken out)"


def first_seen(text: str, finding: Finding) -> int:
    """The offset to show: a line taken out may begin with the break before it."""
    found = text[finding.start : finding.end]
    if "\n" not in found:
        return finding.start
    return finding.start + len(found) - len(found.lstrip())


def _excerpt(text: str, seen: int, end: int, start: int, stop: int) -> tuple[str, str, str]:
    """The marked place with what stands around it in its line, as wide as the screen allows."""
    shown_end = max(seen, min(end, stop))
    marked = printable(text[seen:shown_end]) or _ELLIPSIS
    if text[shown_end:end].strip():
        marked += _ELLIPSIS
    if width(marked) > WIDTH - 20:
        marked = marked[: WIDTH - 40] + _ELLIPSIS
    room = max(10, (WIDTH - width(marked)) // 2)
    before, after = text[start:seen], text[shown_end:stop]
    shown_before = printable(before[-room:])
    shown_after = printable(after[:room])
    if len(before) > room:
        shown_before = _ELLIPSIS + shown_before
    if len(after) > room:
        shown_after += _ELLIPSIS
    return shown_before, marked, shown_after
