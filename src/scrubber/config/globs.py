"""Globs of paths, as in a .gitignore: what fits a folder fits all that lies in it.

pathspec reads them too, and costs 30 ms of the 90 that a hook takes to start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


class GlobError(ValueError):
    """What is wrong with a glob."""


@cache
def pattern(glob: str) -> re.Pattern[str]:
    r"""Return what matches the paths that a glob fits, relative and with slashes.

    Without a slash, but at its end, it fits a name in any folder; else it begins at the folder of
    the settings. `*` and `?` stay within a name, `**` is any number of folders, and `{md,rst}` is
    one or the other. A folder's path ends with a slash.

    Raises:
        GlobError: it is empty, begins with `!`, leads upwards, or holds a wrong set.

    >>> [bool(pattern("kept").match(path)) for path in ("a/kept", "kept/b.md", "kept.md")]
    [True, True, False]
    """
    if glob.startswith("!"):
        raise GlobError('a glob cannot begin with "!"; name what is meant')
    names = glob.removeprefix("./").strip("/").split("/")
    if names == [""] or "." in names or ".." in names:
        raise GlobError(f'"{glob}" names nothing below the folder of the settings')
    anywhere = len(names) == 1 and not glob.startswith(("/", "./"))
    inner = "".join(
        r"(?:[^/]+/)*" if name == "**" else f"{_name(name)}/" for name in names[:-1]
    ) + (".*" if names[-1] == "**" else _name(names[-1]))
    tail = "/.*" if glob.endswith("/") else "(?:/.*)?"
    try:
        return re.compile(rf"{'(?:.*/)?' if anywhere else ''}{inner}{tail}\Z", re.DOTALL)
    except re.error:
        raise GlobError(f'"{glob}" is no glob') from None


_PART = re.compile(r"\*+|\?|\[[!^]?\]?[^\]]*\]|\{[^{}]*\}|.", re.DOTALL)


def _name(name: str) -> str:
    """A part between slashes as a regular expression."""
    found = ""
    for part in _PART.findall(name):
        if part[0] == "*":
            found += "[^/]*"
        elif part == "?":
            found += "[^/]"
        elif part[0] == "[" and len(part) > 1:
            inner = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
            found += f"[^/{inner[1:]}]" if inner[0] in "!^" else f"[{inner}]"
        elif part[0] == "{" and len(part) > 1:
            found += f"(?:{'|'.join(map(_name, part[1:-1].split(',')))})"
        else:
            found += re.escape(part)
    return found


def fits(globs: Iterable[str], path: str) -> bool:
    """Return whether one of some globs fits a path."""
    return any(pattern(glob).match(path) for glob in globs)
