"""Regular expressions of rules: compiled once, and never allowed to hang."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import regex

TIMEOUT = 2.0
"""Seconds that one pattern may spend on one text before its rule counts as failed there."""


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Return the pattern compiled, with `^` and `$` at every line."""
    return regex.compile(pattern, regex.MULTILINE)


class _Lazy:
    """A pattern that is compiled when one of its methods is first asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = regex.compile(self._pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def lazy(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """Return a pattern that costs nothing until it is used: most are not, on a clean text."""
    return cast("regex.Pattern[str]", _Lazy(pattern, flags))


def hits(
    pattern: str, text: str, start: int = 0, end: int | None = None
) -> Iterator[regex.Match[str]]:
    """Yield the hits of a pattern in `text[start:end]`.

    Raises:
        TimeoutError: it takes longer than `TIMEOUT`.
    """
    stop = len(text) if end is None else end
    return compiled(pattern).finditer(text, start, stop, timeout=TIMEOUT)


def alone(word: str, text: str, before: str, after: str) -> int:
    r"""Return where a word first stands with `before` and `after` fitting at its two ends, or -1.

    Both are patterns of no width (lookarounds). They are compiled once, the word never is.

    >>> alone("cat", "concat cat", r"(?<!\p{L})", r"(?!\p{L})")
    7
    """
    at = text.find(word)
    while at >= 0:
        if compiled(before).match(text, at) and compiled(after).match(text, at + len(word)):
            return at
        at = text.find(word, at + 1)
    return -1
