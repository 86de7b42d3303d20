"""The lines of a patch made regular, so that a strict parser reads what a person has edited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEADER = re.compile(
    r"@@ -([0-9]{1,9})(?:,([0-9]{1,9}))? \+([0-9]{1,9})(?:,([0-9]{1,9}))? @@(.*)", re.DOTALL
)
_KEPT = (
    "index ",
    "old mode ",
    "new mode ",
    "new file mode ",
    "deleted file mode ",
    "rename from ",
    "rename to ",
    "copy from ",
    "copy to ",
    "Binary files ",
    "GIT binary patch",
)
"""What git writes around hunks and a reader has to know of; all else there is for people."""

_AFTER_HUNK = ("@@", "diff ", "Index: ", "From ", "Binary files ", "Only in ")
_NOWHERE = "/dev/null"
_VERSION = re.compile(r"[0-9]+\.[0-9]")
_NO_LINE_FEED = "\\ No newline at end of file\n"


@dataclass
class Regular:
    """A regular patch: its lines with their numbers (from 1) in the patch as it was.

    `recounted` has the number of each hunk header with wrong counts, and its count of old lines.
    In `lines` the nth file is named a/n and b/n; `names` has what the patch calls it, quoted as it
    stands there.
    """

    lines: list[tuple[int, str]] = field(default_factory=list)
    recounted: dict[int, int] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        """Add a line that stands outside hunks."""
        self.lines.append((number, line + "\n"))


def regular(text: str) -> Regular:
    """Return the lines of a patch with right counts, and without what belongs to no file.

    A header's counts hold where they lead to the end of the hunk; else its lines are counted up to
    what cannot be one of them. Blank lines at such an end are taken for space between hunks.

    Raises:
        ValueError: what stands after a hunk, or in it, can be neither; the message names the line.
    """
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    found = Regular()
    at, named, in_git = 0, False, False
    while at < len(lines):
        line = lines[at].rstrip("\r\n")
        if _names_file(lines, at):
            pair = _name(lines[at]), _name(lines[at + 1])
            if in_git:
                found.names[-1] = pair
            else:
                found.names.append(pair)
            for number, sign, name, side in zip((1, 2), ("---", "+++"), pair, "ab", strict=True):
                known = name if name == _NOWHERE else f"{side}/{len(found.names) - 1}"
                found.add(at + number, f"{sign} {known}")
            named, in_git = True, False
            at += 2
        elif line.startswith("@@") and (named or _HEADER.match(line)):
            if not named:
                raise ValueError(f"line {at + 1}: a hunk, and no line before it names the file")
            at = _hunk(lines, at, found)
        else:
            if line.startswith("diff --git "):
                named, in_git = False, True
                found.names.append((line[11:], line[11:]))
                found.add(at + 1, "diff --git a/{0} b/{0}".format(len(found.names) - 1))
            elif line.startswith(_KEPT):
                found.add(at + 1, line)
            at += 1
    return found


def _hunk(lines: Sequence[str], at: int, found: Regular) -> int:
    """Add the hunk whose header stands at `at`; return where it ends."""
    header = _HEADER.match(lines[at])
    if not header:
        raise ValueError(f"line {at + 1}: a hunk's header that cannot be read: {lines[at][:60]}")
    old, new = (int(count) if count else 1 for count in header.group(2, 4))
    end, honest = _end(lines, at + 1, old, new)
    body = []
    for line in lines[at + 1 : end]:
        mark = _NO_LINE_FEED if line.startswith("\\") else line
        body.append(" " + mark if _blank(mark) else mark)
    if not honest:
        found.recounted[at + 1] = old
        old = sum(line[0] in " -" for line in body)
        new = sum(line[0] in " +" for line in body)
    if old or new:
        first = f"@@ -{header[1]},{old} +{header[3]},{new} @@\n"
        found.lines += [(at + 1 + number, line) for number, line in enumerate([first, *body])]
    return end


def _end(lines: Sequence[str], at: int, old: int, new: int) -> tuple[int, bool]:
    """Where a hunk's lines end, and whether the counts of its header say so."""
    counted = _counted(lines, at, old, new)
    if counted is not None and _may_end(lines, counted) and not _swallowed(lines, at, counted):
        return counted, True
    end = at
    while end < len(lines) and _may_belong(lines, end):
        end += 1
    if not _may_end(lines, end):
        raise ValueError(
            f"line {end + 1}: begins with none of blank, -, + and cannot stand in or after a hunk"
        )
    while end > at and _blank(lines[end - 1]):
        end -= 1
    return end, False


def _counted(lines: Sequence[str], at: int, old: int, new: int) -> int | None:
    """Where a hunk with these counts ends; None when its lines do not come to them."""
    while (old > 0 or new > 0) and at < len(lines):
        sign = " " if _blank(lines[at]) else lines[at][0]
        if sign not in " +-\\":
            return None
        old -= sign in " -"
        new -= sign in " +"
        at += 1
    if old or new:
        return None
    return at + 1 if at < len(lines) and lines[at].startswith("\\") else at


def _blank(line: str) -> bool:
    return line in ("\n", "\r\n")


def _may_belong(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    return (
        (_blank(line) or line[0] in " +-\\")
        and not _signature(lines, at)
        and not (_names_file(lines, at) and _agreeing(lines, at) and _may_end(lines, at + 2))
    )


def _may_end(lines: Sequence[str], at: int) -> bool:
    """Whether a hunk may be over here: nothing follows but space, or what begins something new."""
    while at < len(lines) and (_blank(lines[at]) or _names_file(lines, at)):
        at += 1 if _blank(lines[at]) else 2
    return at >= len(lines) or lines[at].startswith(_AFTER_HUNK) or _signature(lines, at)


def _swallowed(lines: Sequence[str], at: int, end: int) -> bool:
    """Whether counts too high by one took the names of the next file for lines."""
    return end - 2 >= at and _names_file(lines, end - 2) and _agreeing(lines, end - 2)


def _names_file(lines: Sequence[str], at: int) -> bool:
    return lines[at].startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ ")


def _agreeing(lines: Sequence[str], at: int) -> bool:
    source, target = _name(lines[at]), _name(lines[at + 1])
    return _NOWHERE in (source, target) or sides(source, target) is not None


def _name(line: str) -> str:
    """The name in a line that names a file, without the time that may stand behind it."""
    return line[4:].rstrip("\r\n").split("\t")[0]


def _signature(lines: Sequence[str], at: int) -> bool:
    """Whether git format-patch ends here: two dashes, a blank, and git's version."""
    return lines[at].rstrip("\r\n") == "-- " and bool(
        at + 1 < len(lines) and _VERSION.match(lines[at + 1])
    )


def sides(source: str, target: str) -> str | None:
    r"""Return the path that both names of a file stand for, or None when they differ.

    >>> sides("a/d/x.txt", "b/d/x.txt"), sides("x.txt", "x.txt"), sides("a/x.txt", "b/y.txt")
    ('d/x.txt', 'x.txt', None)
    >>> sides(r'"a/\303\251.txt"', r'"b/\303\251.txt"')
    'é.txt'
    """
    old, new = unquoted(source), unquoted(target)
    if old == new:
        return old
    if old[1:2] == new[1:2] == "/" and old[2:] == new[2:]:
        return old[2:]
    return None


_ESCAPED = re.compile(rb'\\([0-7]{3}|[abtnvfr"\\])')
_CHARS = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13, b'"': 34, b"\\": 92}


def unquoted(name: str) -> str:
    r"""Return a file name without git's quoting; bytes that are not UTF-8 as Python keeps them.

    >>> unquoted(r'"a/q\"t\n.txt"')
    'a/q"t\n.txt'
    """
    if len(name) < 2 or not name.startswith('"') or not name.endswith('"'):
        return name

    def char(hit: re.Match[bytes]) -> bytes:
        code = hit[1]
        return bytes([_CHARS[code] if code in _CHARS else int(code, 8) & 255])

    return _ESCAPED.sub(char, name[1:-1].encode()).decode("utf-8", "surrogateescape")
