"""Regular expressions of rules: compiled once, and never allowed to hang."""

from __future__ import annotations

import copyreg
import marshal
import os
import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from scrubber import kept

if TYPE_CHECKING:
    import regex

IGNORECASE, MULTILINE, VERBOSE = 2, 8, 64
"""Flags, as `re` and `regex` have them; `regex` is only imported for what has to be compiled."""

TIMEOUT = 2.0
"""Seconds that one pattern may spend on one text before its rule counts as failed there."""


@cache
def compiled(pattern: str) -> regex.Pattern[str]:
    """Return the pattern compiled, with `^` and `$` at every line."""
    return _compiled(pattern, MULTILINE)


_NEW: dict[tuple[str, int], bytes] = {}
"""The patterns that this run had to compile, as they are kept."""

MOST = 2000
"""Patterns that are kept: more than ship, so that only odd packs of a user's own go without."""


def _compiled(pattern: str, flags: int) -> regex.Pattern[str]:
    """Compile a pattern, or take what an earlier run made of it: 0.02 ms, not 0.1 to 1."""
    key = pattern, int(flags)
    blob = _kept().get(key)
    if blob is not None:
        made: regex.Pattern[str] = _rebuild()(*marshal.loads(blob))
        return made
    import regex

    found = regex.compile(pattern, flags)
    _NEW[key] = marshal.dumps(copyreg.dispatch_table[regex.Pattern](found)[1])
    return found


@cache
def _rebuild() -> Any:
    """What makes a pattern of the data that `pickle` would hold of it.

    It stands in the part of `regex` that is written in C; the rest, which parses patterns, takes 7
    of 65 ms to load, and finds that part where it was put.
    """
    name, file = "regex._regex", _engine()
    if name not in sys.modules and file is not None:
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location(name, file)
        if spec is not None and spec.loader is not None:
            module = sys.modules[name] = module_from_spec(spec)
            spec.loader.exec_module(module)
    if name in sys.modules:
        return sys.modules[name].compile
    import regex

    return copyreg.dispatch_table[regex.Pattern](regex.compile(""))[0]


@cache
def _engine() -> str | None:
    """The file of that part, found without importing anything."""
    from importlib.machinery import EXTENSION_SUFFIXES
    from importlib.util import find_spec

    found = find_spec("regex")
    folders = found.submodule_search_locations if found else None
    files = [f"{folder}/_regex{end}" for folder in folders or () for end in EXTENSION_SUFFIXES]
    return next(filter(os.path.isfile, files), None)


def _file() -> str | None:
    """The file of what this very installation of `regex` makes of patterns."""
    engine = _engine()
    if engine is None:
        return None
    status = os.stat(engine)
    stamp = f"{engine} {status.st_size} {status.st_mtime_ns}"
    return kept.place("patterns", stamp.encode())


@cache
def _kept() -> dict[tuple[str, int], bytes]:
    return kept.load(_file()) or {}


def keep() -> None:
    """Keep what was compiled, for the runs that follow."""
    if _NEW and len(_kept()) < MOST:
        kept.save(_file(), _kept() | _NEW)


class _Lazy:
    """A pattern that is compiled when one of its methods is first asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        made = _compiled(self._pattern, self._flags)
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


def escape(text: str, **how: bool) -> str:
    """Return a text as a pattern that fits it: `regex.escape`."""
    import regex

    return regex.escape(text, **how)


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
