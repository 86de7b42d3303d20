"""In which line of a TOML file a key stands. For messages: the file is parsed a dozen times."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any


def line_of(source: str, key: Sequence[str | int]) -> int:
    r"""Return the line, from 1, in which a key or an item of a list stands; 1 where none does.

    No scanner of our own has to agree with TOML: its parser is asked how many of the first lines
    hold the key.

    >>> line_of('a = 1\n[t]\nb = [\n  "x",\n  "y",\n]', ("t", "b", 1))
    5
    """
    lines = source.split("\n")
    without, held = 0, len(lines)
    if not _has(_parsed(lines), key):
        return line_of(source, key[:-1]) if len(key) > 1 else 1
    while held - without > 1:
        middle = (without + held) // 2
        ends = (*range(middle, held), *range(middle - 1, without, -1))
        end = next((end for end in ends if _parsed(lines[:end]) is not None), None)
        if end is None:  # all of it is one value
            break
        if _has(_parsed(lines[:end]), key):
            held = end
        else:
            without = end
    for end in range(without + 1, held):
        if _has(_parsed([*lines[:end], "]"]), key):
            return end
    return held if any(isinstance(part, int) for part in key) else without + 1


def _parsed(lines: Sequence[str]) -> Any:
    """What some lines hold; None where they are not whole."""
    try:
        return tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):
        return None


def _has(data: Any, key: Sequence[str | int]) -> bool:
    for part in key:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
