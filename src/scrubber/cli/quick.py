"""The command lines of hooks, read without click: `check` or `fix`, paths, and perhaps `-q`.

All others are left to click, and it makes the same of these: a test holds the two together.
"""

from __future__ import annotations

import os
import sys
from typing import NamedTuple


class Asked(NamedTuple):
    """What such a command line says."""

    command: str
    paths: tuple[str, ...]
    quiet: bool


def asked(args: list[str]) -> Asked | None:
    """Return what the arguments say; None where click has to read them.

    >>> asked(["check", "-q", "a.md"]), asked(["check", "--since", "main", "a.md"])
    (Asked(command='check', paths=('a.md',), quiet=True), None)
    """
    # On Windows click expands `*`; a shell asks it for completions.
    if sys.platform == "win32" or "_SCRUBBER_COMPLETE" in os.environ:
        return None
    if not args or args[0] not in ("check", "fix"):
        return None
    paths = tuple(arg for arg in args[1:] if arg not in ("-q", "--quiet"))
    if not paths or any(path.startswith("-") and path != "-" for path in paths):
        return None
    return Asked(args[0], paths, quiet=len(paths) < len(args) - 1)


def run(asked: Asked) -> int:
    """Do what was asked; return the exit code."""
    from scrubber.cli.options import Inputs

    inputs = Inputs(asked.paths)
    if asked.command == "check":
        from scrubber.cli import checking

        return checking.run(inputs, quiet=asked.quiet)
    from scrubber.cli import fixing

    return fixing.run(inputs, quiet=asked.quiet)
