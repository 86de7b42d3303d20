"""What a decision is about: a rule, what it found, and what stands around it. Pure.

A place is known by what stands there and around it, as a W3C text quote selector knows it
(https://www.w3.org/TR/annotation-model/#text-quote-selector): `exact`, `prefix`, `suffix`. So a
decision outlives edits elsewhere and holds when the page is crawled again.
"""

from __future__ import annotations

import enum
import re
from functools import lru_cache
from typing import Any, NamedTuple

from scrubber.model import Document, Finding

REACH = 32
"""Code points of the surroundings on each side, each run of blanks counted as one."""

NEAR = 12
"""Code points by which a place can be told, at the least."""

_BOTH, _ONE = 8, 20
"""Letters that must agree for a rejection whose surroundings were edited: on both sides, on one."""


class Scope(enum.StrEnum):
    """How far a decision reaches, the nearest first."""

    HERE = "here"
    """This place in this document."""
    CHANGE = "change"
    """The same text found by the same rule, in every document."""
    WORD = "word"
    """This word, for every rule of the pack."""
    RULE = "rule"
    """All that the rule finds, in every document."""

    def nearer(self, other: Scope) -> bool:
        """Whether this reaches less far than another: the nearer decision goes first."""
        return self.reach < other.reach

    @property
    def reach(self) -> int:
        """How far it reaches, from 0, the nearest."""
        return _REACH[self]


_REACH = {scope: number for number, scope in enumerate(Scope)}


class Key(NamedTuple):
    """What a decision is about. What its scope does not ask for is empty.

    `document` is a record's id, or a file's path relative to the folder that the ledger is kept
    for; `rule` is a rule's id, or a pack's name for a word.
    """

    scope: Scope
    rule: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    document: Any = None


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    r"""Return what stands before and after a place, `REACH` code points each.

    Runs of blanks and line breaks count as one blank, so that a text set anew keeps its keys.

    >>> surroundings("one\n  two three", 6, 9)
    ('one ', ' three')
    """
    wide = 4 * REACH
    before, after = text[max(0, start - wide) : start], text[end : end + wide]
    return _BLANKS.sub(" ", before)[-REACH:], _BLANKS.sub(" ", after)[:REACH]


_BLANKS = re.compile(r"\s+")


def word_at(text: str, start: int, end: int) -> str:
    """Return the word, or the words, that a place lies in, without marks at the edges.

    >>> word_at("seen by (DeSantis), who", 12, 14)
    'DeSantis'
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    low, high = max(0, start - 100), min(len(text), end + 100)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return _EDGES.sub("", text[start:end])


_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def key_of(scope: Scope, document: Document, finding: Finding, identity: Any) -> Key:
    """Return the key of a decision about a finding."""
    if scope is Scope.RULE:
        return Key(scope, finding.rule)
    if scope is Scope.WORD:
        word = word_at(document.text, finding.start, finding.end)
        return Key(scope, finding.rule.split("/")[0], word)
    if scope is Scope.CHANGE:
        return Key(scope, finding.rule, unbroken(framed(finding.text)[1]))
    wide = 4 * REACH
    before = document.text[max(0, finding.start - wide) : finding.start]
    after = document.text[finding.end : finding.end + wide]
    return Key(scope, finding.rule, *quoted(before, finding.text, after), identity)


def keys_of(document: Document, finding: Finding, identity: Any) -> tuple[Key, ...]:
    """Return the keys of a finding, one for each scope, the nearest first."""
    return tuple(key_of(scope, document, finding, identity) for scope in Scope)


def quoted(before: str, found: str, after: str) -> tuple[str, str, str]:
    r"""Return `exact`, `prefix` and `suffix` of what was found between two stretches of text.

    A line is itself wherever it stands: which of the breaks around it go with it depends on its
    neighbours, so they count as surroundings.

    >>> quoted("Last words.\n", "\nSource link\n", "")
    ('Source link', 'Last words. ', ' ')
    """
    lead, inner, trail = framed(found)
    prefix, suffix = _BLANKS.sub(" ", before + lead), _BLANKS.sub(" ", trail + after)
    return unbroken(inner), prefix[-REACH:], suffix[:REACH]


def framed(text: str) -> tuple[str, str, str]:
    r"""Return the line breaks that a text begins with, what is within, and those at its end.

    >>> framed("\nSource link\n"), framed("\n")
    (('\n', 'Source link', '\n'), ('', '\n', ''))
    """
    inner = text.strip("\r\n")
    if not inner:
        return "", text, ""
    start = len(text) - len(text.lstrip("\r\n"))
    return text[:start], inner, text[start + len(inner) :]


def unbroken(text: str) -> str:
    """Return a text with its line breaks as decisions hold them: as on any system."""
    return text.replace("\r\n", "\n")


Side = tuple[str, ...]
"""What an edited place can be known by: one side of it, or the nearest letters of both."""


def sides(key: Key) -> tuple[Side, Side, Side]:
    """Return what a place is still known by when one side of it was edited, or both a little.

    A repair beside it changes blanks, marks and capitals, so only letters and digits count. Two
    keys with one of the three in common are near each other: enough to keep a rejection, where an
    error costs a repair; never to make an edit unattended.
    """
    before, after = _letters(key.prefix), _letters(key.suffix)
    both = "both", before[-_BOTH:], after[:_BOTH]
    one = before[-_ONE:] if len(before) >= _ONE else key.prefix
    other = after[:_ONE] if len(after) >= _ONE else key.suffix
    return both, ("before", one), ("after", other)


def near(said: Key, now: Key) -> bool:
    """Whether surroundings agree though they were edited, as `sides` says."""
    return any(one == other for one, other in zip(sides(said), sides(now), strict=True))


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def stands(text: str, key: Key) -> bool:
    """Whether the place that a key of `Scope.HERE` names is still in a text as it was."""
    return _BLANKS.sub(" ", key.prefix + key.exact + key.suffix) in _flat(text)


@lru_cache(maxsize=2)
def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text)
