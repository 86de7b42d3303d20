"""Regular expressions of rules: compiled once, and never allowed to hang."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

TIMEOUT = 2.0
"""Seconds that one pattern may spend on one text before its rule counts as failed there."""


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Return the pattern compiled, with `^` and `$` at every line."""
    return regex.compile(pattern, regex.MULTILINE)


def hits(
    pattern: str, text: str, start: int = 0, end: int | None = None
) -> Iterator[regex.Match[str]]:
    """Yield the hits of a pattern in `text[start:end]`.

    Raises:
        TimeoutError: it takes longer than `TIMEOUT`.
    """
    stop = len(text) if end is None else end
    return compiled(pattern).finditer(text, start, stop, timeout=TIMEOUT)
