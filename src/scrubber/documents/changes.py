"""Which lines of the files in a git repository were changed since a commit, as git tells it."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from scrubber.model import Finding

Stretch = tuple[int, int]
"""The first line of some that were changed, from 1, and how many; with 0, what stood behind it is
gone."""

_PLAIN = (
    "--patch --unified=0 --inter-hunk-context=0 --find-renames --no-color --no-ext-diff"
    " --no-textconv --no-relative --ignore-submodules --src-prefix=a/ --dst-prefix=b/"
).split()
"""What git is to say, whatever its settings are."""


class ChangesError(Exception):
    """Git cannot say what was changed. The message is one line."""


class Changes:
    """What was changed in the working tree around a folder since it parted from a commit.

    That is the last commit that `ref` and HEAD have in common: what others did on a branch
    meanwhile is no change. What git does not track is changed as a whole.

    Raises:
        ChangesError: there is no repository, or no such commit.
    """

    def __init__(self, folder: str, ref: str) -> None:
        root = _asked(folder, "rev-parse", "--show-toplevel")
        if root is None:
            raise ChangesError("not in a git repository")
        self._root = os.path.realpath(os.fsdecode(root.removesuffix(b"\n")))
        commit = None
        if ref and not ref.startswith("-"):
            commit = _asked(self._root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        if commit is None:
            raise ChangesError(f'no commit is named "{ref}" here')
        parted = _asked(self._root, "merge-base", commit.decode().strip(), "HEAD")
        if parted is None:
            raise ChangesError(f'"{ref}" and HEAD have no commit in common; fetch more of them')
        self._lines = _changed(self._root, parted.decode().split()[0])
        self._tracked: frozenset[bytes] | None = None

    def of(self, path: str | os.PathLike[str]) -> Sequence[Stretch] | None:
        """Return which lines of a file were changed; None where all of it is.

        Raises:
            ChangesError: it lies outside of the repository.
        """
        name = os.path.relpath(os.path.realpath(path), self._root)
        if name.split(os.sep)[0] == os.pardir:
            raise ChangesError("lies in another repository, or in none")
        key = os.fsencode(name.replace(os.sep, "/"))
        if key in self._lines:
            return self._lines[key]
        if self._tracked is None:
            listed = _asked(self._root, "ls-files", "-z") or b""
            self._tracked = frozenset(listed.split(b"\0"))
        return () if key in self._tracked else None


class Touched:
    """Tells which findings touch some changed lines of a text."""

    def __init__(self, text: str, stretches: Iterable[Stretch]) -> None:
        starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
        last = len(starts) - 1
        self._end = len(text)
        self._spans = sorted(
            (starts[min(first - (count > 0), last)], starts[min(first - (count > 0) + count, last)])
            for first, count in stretches
        )

    def __call__(self, finding: Finding) -> bool:
        """Whether a finding touches a changed line, or goes over a place where one is gone.

        The line breaks and blanks around it do not count, unless it is made of them.
        """
        start, end = finding.start, finding.end
        if finding.text.strip():
            start += len(finding.text) - len(finding.text.lstrip())
            end -= len(finding.text) - len(finding.text.rstrip())
        return self.over(start, end)

    def over(self, start: int, end: int) -> bool:
        """Whether a stretch of the text touches a changed line, or goes over such a place."""
        at = bisect_right(self._spans, (end, self._end)) - 1
        while at >= 0 and self._spans[at][1] >= start:
            if self._meets(*self._spans[at], start, end):
                return True
            at -= 1
        return False

    def _meets(self, first: int, last: int, start: int, end: int) -> bool:
        if first == last:
            return start < first < end
        if start == end:
            return first <= start < last or start == last == self._end
        return start < last and first < end


def _git(folder: str, *args: str) -> tuple[list[str], dict[str, str]]:
    """A command of git, and its environment: what it says depends on neither taste nor language."""
    environment = {k: v for k, v in os.environ.items() if k != "GIT_DIFF_OPTS"}
    return ["git", "-C", folder, "-c", "core.quotePath=false", *args], environment


def _asked(folder: str, *args: str) -> bytes | None:
    """What git answers; None where it fails.

    Raises:
        ChangesError: there is no git.
    """
    command, environment = _git(folder, *args)
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
    except OSError:
        raise ChangesError("git is not installed, or cannot be run") from None
    return done.stdout if done.returncode == 0 else None


def _changed(root: str, commit: str) -> dict[bytes, list[Stretch] | None]:
    command, environment = _git(root, "diff", *_PLAIN, commit, "--")
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        found = read(process.stdout)
    if process.returncode:
        raise ChangesError("git diff failed here")
    return found


_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([abfnrtv"\\]|[0-7]{3})')
_SHORT = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))


def read(lines: Iterable[bytes]) -> dict[bytes, list[Stretch] | None]:
    r"""Return the changed lines that a diff without context names, by file; None for all of it.

    >>> read([b"+++ b/a.md\n", b"@@ -1 +2,2 @@\n", b"-x\n", b"++++ b/no\n", b"+y\n"])
    {b'a.md': [(2, 2)]}
    """
    found: dict[bytes, list[Stretch] | None] = {}
    name, skip = b"", 0
    for line in lines:
        if skip and line[:1] in (b"+", b"-"):
            skip -= 1
        elif line.startswith(b"+++ "):
            name = _name(line[4:])
        elif (hunk := _HUNK.match(line)) is not None:
            before, first, after = (int(n) if n is not None else 1 for n in hunk.groups())
            skip = before + after
            stretches = found.setdefault(name, [])
            if name and stretches is not None:
                stretches.append((first, after))
        elif (whole := _whole(line)) is not None:
            found[whole] = None
    found.pop(b"", None)
    return found


def _whole(line: bytes) -> bytes | None:
    """The file of which no lines are told: one that is binary to git, or in a merge."""
    if line.startswith(b"* Unmerged path "):
        return _name(b"b/" + line[16:])
    if line.startswith(b"Binary files ") and line.endswith(b" differ\n"):
        for between in (b" and b/", b' and "b/'):
            at = line.rfind(between)
            if at >= 0:
                return _name(line[at + 5 : -8])
    return None


def _name(shown: bytes) -> bytes:
    """The name that git shows behind "b/", quoted or not; b"" for a file that is gone."""
    shown = shown.rstrip(b"\n").removesuffix(b"\t")
    if shown.startswith(b'"'):
        shown = b"".join(_unescaped(shown[1:-1]))
    return shown.removeprefix(b"b/") if shown != b"/dev/null" else b""


def _unescaped(quoted: bytes) -> Iterator[bytes]:
    at = 0
    for hit in _ESCAPE.finditer(quoted):
        yield quoted[at : hit.start()]
        code = hit[1]
        yield bytes([int(code, 8) if len(code) == 3 else _SHORT[code[0]]])
        at = hit.end()
    yield quoted[at:]
