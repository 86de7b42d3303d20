r"""Patches that a person may have edited, read as hunks. Pure: no files, no output.

unidiff parses. What editing by hand leaves behind is put right before: wrong counts in the headers
of hunks, hunks of which nothing is left, blank context lines that lost their one leading blank.
Lines end at a line feed and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber.patches.lines import Regular, regular, sides, unquoted

if TYPE_CHECKING:
    from unidiff.patch import PatchedFile


class PatchError(Exception):
    """A patch that cannot be used at all. The message is one line, without the patch's name."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring lines of a text, and what they become.

    `lines` are pairs of a sign (blank, - or +) and a line with its line feed; a line without one
    ends its text. `start` counts the lines that stand before, as the header has it. `stated` is its
    count of old lines where it is wrong. `number` and `line` (in the patch) count from 1.
    """

    number: int
    line: int
    start: int
    lines: tuple[tuple[str, str], ...]
    stated: int | None = None

    @property
    def honest(self) -> bool:
        """Whether the header's counts are right."""
        return self.stated is None

    @property
    def old(self) -> list[str]:
        """The lines that have to stand in the text."""
        return [line for sign, line in self.lines if sign != "+"]

    @property
    def new(self) -> list[str]:
        """The lines that stand there afterwards."""
        return [line for sign, line in self.lines if sign != "-"]


@dataclass(frozen=True, slots=True)
class FilePatch:
    """What a patch does to one file.

    `ids` are the git blob ids of the file before and after, where the patch gives them.
    """

    path: str
    hunks: tuple[Hunk, ...]
    ids: tuple[str, str] | None = None


def parse(text: str) -> list[FilePatch]:
    r"""Return the files of a patch with their hunks; nothing for a blank patch.

    >>> parse("--- a/a.txt\n+++ b/a.txt\n@@ -1,9 +1,9 @@\n one\n-two\n+Two\n")[0].hunks[0].lines
    ((' ', 'one\n'), ('-', 'two\n'), ('+', 'Two\n'))

    Raises:
        PatchError: it is no patch, or one that does more than change the lines of texts: makes,
            removes or renames files, or changes binary ones; it says where.
    """
    from unidiff.errors import UnidiffParseError
    from unidiff.patch import PatchSet

    try:
        found = regular(text.removeprefix("\ufeff"))
        files = PatchSet([line for _, line in found.lines])
        read = [_file(file, found) for file in files]
    except ValueError as error:
        raise PatchError(str(error)) from None
    except UnidiffParseError as error:
        raise PatchError(f"cannot be read: {' '.join(str(error).split())}") from None
    if not read and text.strip("\ufeff \t\r\n"):
        raise PatchError("not a patch: no line begins with --- and the next with +++")
    return read


def _file(file: PatchedFile, found: Regular) -> FilePatch:
    info = [str(line) for line in file.patch_info or ()]
    if file.is_binary_file:
        raise ValueError("a binary patch; only texts are patched")
    new, gone = file.source_file == "/dev/null", file.target_file == "/dev/null"
    source, target = found.names[int((file.target_file if new else file.source_file)[2:])]
    name = unquoted(target if new else source)
    path = sides(source, target)
    if new or _any(info, "new file"):
        raise ValueError(f"makes the file {name}; only lines of texts that are there are changed")
    if gone or _any(info, "deleted file"):
        raise ValueError(f"deletes the file {name}; only lines of texts are changed")
    if path is None or _any(info, "rename ") or _any(info, "copy "):
        raise ValueError(f"renames or copies the file {name}; only lines of texts are changed")
    if _any(info, "old mode"):
        raise ValueError(f"changes the mode of {name}; only lines of texts are changed")
    hunks = []
    for number, hunk in enumerate(file, 1):
        body = [(line.line_type, line.value) for line in hunk if line.line_type]
        at = found.lines[(hunk[0].diff_line_no or 1) - 2][0]
        start = max(0, hunk.source_start - 1) if hunk.source_length else hunk.source_start
        hunks.append(Hunk(number, at, start, _folded(body, at), found.recounted.get(at)))
    return FilePatch(path, tuple(hunks), _ids(info))


def _any(info: Iterable[str], start: str) -> bool:
    return any(line.startswith(start) for line in info)


def _ids(info: Iterable[str]) -> tuple[str, str] | None:
    for line in info:
        hit = re.match(r"index ([0-9a-f]{7,64})\.\.([0-9a-f]{7,64})", line)
        if hit:
            return hit[1], hit[2]
    return None


def _folded(body: Sequence[tuple[str, str]], at: int) -> tuple[tuple[str, str], ...]:
    """The lines of a hunk, with the marks for a missing last line feed carried out.

    Raises:
        ValueError: a line behind which the text ends is not the last one.
    """
    lines: list[tuple[str, str]] = []
    for sign, value in body:
        if sign != "\\":
            lines.append((sign, value))
        elif lines and lines[-1][1].endswith("\n"):
            lines[-1] = lines[-1][0], lines[-1][1][:-1]
    for side in ("-", "+"):
        whole = [line for sign, line in lines if sign in (" ", side)]
        if not all(line.endswith("\n") for line in whole[:-1]):
            raise ValueError(
                f"hunk at line {at}: a line marked as having no line feed is followed by another"
            )
    return tuple(lines)
