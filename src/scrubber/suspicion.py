"""What ftfy takes for damage, as a pattern: a line in which it does not fit stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec

from scrubber import kept

# In RE2 these mean ASCII alone. What is one character more only costs a look.
_WIDER = {
    r"\s": r"[\s\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}"
    r"\x{3000}]",
    r"\w": r"[^\x00-/]",
    "^": r"(?:^|[\n\r])",
}


@cache
def pattern() -> str:
    """Return it in the syntax of RE2, for whole texts. ftfy is read, not loaded: that takes 0.1 s.

    It is the pattern by which `ftfy.badness.is_bad` tells whether a line is looked at any further.
    """
    found = find_spec("ftfy")
    folder = os.path.dirname(found.origin) if found and found.origin else ""
    file = os.path.join(folder, "badness.py")
    status = os.stat(file)
    stamp = f"{file} {status.st_size} {status.st_mtime_ns}".encode()

    def made() -> str:
        from runpy import run_path

        return "".join(_plain(run_path(file)["BADNESS_RE"].pattern))

    return str(kept.made("badness", [stamp], made))


def _plain(verbose: str) -> Iterator[str]:
    """The parts of a pattern that was written with blanks and comments, without these."""
    at, inside = 0, False
    while at < len(verbose):
        part = verbose[at : at + 2] if verbose[at] == "\\" else verbose[at]
        at += len(part)
        if inside or part == "[":
            inside = part != "]"
            yield part
        elif part == "#":
            at = verbose.find("\n", at) % (len(verbose) + 1)
        elif not part.isspace():
            yield _WIDER.get(part, part)
