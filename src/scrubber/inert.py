"""Edits that no markup can see: of words within a line of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from scrubber.model import Edit

_AFTER = re.compile(r"[.,;!?]? ?(?:[^\W\d_]+(?: [^\W\d_]+)*)? ?")
_BEFORE = re.compile(r"(?:[^\W\d_]| (?! ))*")
_BESIDE = re.compile(r"[^\W\d_]|[ .,;!?]")
_WORDS = re.compile(r"[^\W\d_]{3}[^\n]* ")
_PLAIN = re.compile(r"[\w.,;!?'’\"”“‘() -]*")
_MARKED = re.compile(r"[|\r]|^[^\w\n]{2,}$|^[-*+ \t]*(?:-[\w-]|[/:]|\.\.)|::", re.MULTILINE)
_PAIRS = (("[", "]"), ("<", ">"), ("{", "}"), ("$", "$"))


def inert(text: str, changes: Sequence[Edit]) -> bool:
    r"""Whether edits (code points of `text`) leave any markup alone, as far as is told at once.

    They put letters, single blanks and the mark of a clause's end for words, beside a letter, a
    blank or such a mark, in a plain word that stands after another one of its line. No bracket is
    open there, and the paragraph has no table, title or list of options. False says nothing.

    >>> inert("At *last* we saw The sea.\n", [Edit(16, 17, "T", "t", ())])
    True
    >>> inert("See [The sea][].\n", [Edit(5, 6, "T", "t", ())])
    False
    """
    apart = all(one.end < other.start for one, other in pairwise(changes))
    return apart and all(_inert(text, edit) for edit in changes)


def _inert(text: str, edit: Edit) -> bool:
    before, after = text[edit.start - 1 : edit.start], text[edit.end : edit.end + 1]
    if not (_BESIDE.fullmatch(before) and _BESIDE.fullmatch(after)):
        return False
    if not (_BEFORE.fullmatch(edit.before) and _AFTER.fullmatch(edit.after)):
        return False
    if "  " in f"{before}{edit.after}{after}":
        return False
    line = text.rfind("\n", 0, edit.start) + 1
    if not _WORDS.search(text, line, edit.start):
        return False
    start, end = _paragraph(text, edit)
    if _MARKED.search(text, start, end) or not _PLAIN.fullmatch(text, *_chunk(text, edit)):
        return False
    above = text[start : edit.start]
    return not any(
        above.count(opens) % 2 if opens == closes else above.count(opens) != above.count(closes)
        for opens, closes in _PAIRS
    )


def _chunk(text: str, edit: Edit) -> tuple[int, int]:
    """What stands between the blanks around an edit."""
    found = _BLANK.search(text, edit.end)
    start = max(text.rfind(" ", 0, edit.start), text.rfind("\n", 0, edit.start)) + 1
    return start, found.start() if found else len(text)


_BLANK = re.compile(r"\s|\Z")


def _paragraph(text: str, edit: Edit) -> tuple[int, int]:
    """From the last blank line to the next, however such a line is made up."""
    start, end = edit.start, edit.end
    while (start := text.rfind("\n", 0, start)) > 0:
        if not text[text.rfind("\n", 0, start) + 1 : start].strip():
            break
    while (end := text.find("\n", end)) >= 0:
        stop = text.find("\n", end + 1)
        if not text[end + 1 : stop if stop >= 0 else None].strip():
            break
        end += 1
    return max(0, start), end if end >= 0 else len(text)
