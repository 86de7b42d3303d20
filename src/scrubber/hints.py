"""Which rules have a hint in a text: told for all of them in one pass over its different words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

MOST = 200_000
"""Words that are remembered, in some 20 MB."""

SHORT = 3
"""Letters of a hint that stands in too many words: it is searched for in the text itself."""


FEW = 40
"""Rules, fewer than which are asked one by one."""

FIRST = 3
"""The text from which on what is learned is used: it costs 3 ms for the first one."""


class Hints:
    """Tells which of some lists of hints have one that stands in a text.

    `lists` are as `Rule.hints`: in lower case. A run looks once into each different word that it
    meets, for what it holds; a hint of several words is searched for where all of them are
    there. One by one, 350 hints took 2 ms for a page of 15,000 code points; so they take 0.3 ms.
    """

    def __init__(self, lists: Sequence[tuple[str, ...]]) -> None:
        self._lists = lists
        self._asked = 0
        self._seen: set[str] = set()
        self._holding: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _rows(self) -> list[tuple[frozenset[str], list[tuple[str, frozenset[str]]]]]:
        """Of each list the hints that are one part, and the others with theirs."""
        return [
            (
                frozenset(hint for hint in each if _parts(hint) == {hint}),
                [(hint, _parts(hint)) for hint in each if _parts(hint) != {hint}],
            )
            for each in self._lists
        ]

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple({part for each in self._lists for hint in each for part in _parts(hint)})

    @cached_property
    def _any(self) -> Callable[[str], object]:
        return re.compile("|".join(map(re.escape, self._parts)) or r"(?!)").search

    def standing(self, folded: str) -> list[bool]:
        """Return for each list whether it is empty or one of its hints stands in a text."""
        self._asked += 1
        if self._asked < FIRST:
            return one_by_one(folded, self._lists)
        words = set(folded.split())
        self._learn(words)
        there = {part for word in words & self._holding.keys() for part in self._holding[word]}
        return [
            not each
            or not alone.isdisjoint(there)
            or any(parts <= there and hint in folded for hint, parts in others)
            for each, (alone, others) in zip(self._lists, self._rows, strict=True)
        ]

    def _learn(self, words: set[str]) -> None:
        new = words - self._seen
        if len(self._seen) + len(new) > MOST:
            self._seen.clear()
            self._holding.clear()
            new = words
        self._seen |= new
        for word in filter(self._any, new):
            self._holding[word] = tuple(part for part in self._parts if part in word)


def _parts(hint: str) -> frozenset[str]:
    """What of a hint stands within a word each, but for what is short."""
    return frozenset(part for part in hint.split() if len(part) >= SHORT)


@lru_cache(maxsize=2)
def _of(lists: tuple[tuple[str, ...], ...]) -> Hints:
    return Hints(lists)


def standing(folded: str, lists: tuple[tuple[str, ...], ...]) -> list[bool]:
    """Return for each list whether it is empty or one of its hints stands in a text.

    The text is in lower case. What is learned pays from the third text on; a few rules are fewer
    than is worth it.

    >>> standing("the ferry", (("err", "boat"), ("boat",), ()))
    [True, False, True]
    """
    if len(lists) < FEW:
        return one_by_one(folded, lists)
    return _of(lists).standing(folded)


def one_by_one(folded: str, lists: Sequence[tuple[str, ...]]) -> list[bool]:
    """Return the same as `standing`, without anything learned."""
    return [not each or any(hint in folded for hint in each) for each in lists]
