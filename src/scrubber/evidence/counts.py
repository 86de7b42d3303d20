"""The file of counts: what was counted, to be merged, and what follows from it, to be asked.

A line of JSON, then sections of rows of one width: the two tables of `rows`, and for a look-up by
halves the keys of names, of words that others run into, and of lines that a site repeats, with
their pages. The same texts give the same bytes, however they were split.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, Self

from scrubber import __version__
from scrubber.evidence import conclusions, joined, keys, rows
from scrubber.evidence.counting import Counter, Sums
from scrubber.evidence.rows import MOST, Table

FORMAT = f"counts of scrubber {__version__}"

_WIDTHS = {"words": rows.WIDTH, "lines": rows.WIDTH, "names": 8, "seams": 8, "repeated": 10}


class CountsError(Exception):
    """A file that is none of counts, or of others than ours. The message is one line."""


class Header(NamedTuple):
    """What was counted, and where the sections lie: offset and number of rows by name.

    A `whole` one has what follows from the tables, those of single shards have the tables alone.
    """

    sums: Sums
    levels: tuple[int, int]
    sections: dict[str, tuple[int, int]]
    whole: bool

    def table(self, path: Path, name: str) -> Table:
        """Return one of the two tables."""
        level = self.levels[0 if name == "words" else 1]
        return Table(path, *self.sections[name], level)


def header(path: Path) -> Header:
    """Read the first line of a file of counts.

    Raises:
        CountsError: it is no such file, or is not whole.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        line = file.readline(10_000)
        size = file.seek(0, 2)
    try:
        plain = json.loads(line)
        if plain["format"] != FORMAT:
            raise CountsError(f"was counted by another version ({plain['format']}); count again")
        at, sections = len(line), {}
        for name, width in _WIDTHS.items():
            sections[name] = at, int(plain["rows"][name])
            at += width * sections[name][1]
        sums, levels = Sums(plain["texts"], plain["words"]), tuple(plain["levels"])
    except (ValueError, KeyError, TypeError):
        raise CountsError("is no file of counts; scrubber count makes them") from None
    if at != size:
        raise CountsError("is not whole; count again")
    return Header(sums, (levels[0], levels[1]), sections, bool(plain["whole"]))


def write(
    file: IO[bytes],
    counter: Counter,
    parts: Sequence[Path] = (),
    most: int = MOST,
    *,
    whole: bool = True,
) -> Sums:
    """Write what was counted, and what others have counted, as one file; return its sums.

    `most` is how many rows a table may have, and must be the same for all.

    Raises:
        CountsError: a part is no file of counts.
        OSError: from the disk.
    """
    headers = [header(part) for part in parts]
    sums = sum((one.sums for one in headers), counter.sums)
    with ExitStack() as stack:
        made = {name: stack.enter_context(TemporaryFile()) for name in _WIDTHS}
        levels: list[int] = []
        for name, heap in (("words", counter.words), ("lines", counter.lines)):
            tables = [one.table(part, name) for one, part in zip(headers, parts, strict=True)]
            levels.append(heap.write(made[name], tables, most))
        if whole:
            made["names"].writelines(conclusions.names(made["words"], sums.words / 2 ** levels[0]))
            made["seams"].writelines(conclusions.seams(made["words"]))
            made["repeated"].writelines(conclusions.repeated(made["lines"]))
        counted = {name: made[name].tell() // width for name, width in _WIDTHS.items()}
        plain = {
            "format": FORMAT,
            **sums._asdict(),
            "levels": levels,
            "rows": counted,
            "whole": whole,
        }
        file.write(json.dumps(plain).encode() + b"\n")
        for one in made.values():
            one.seek(0)
            while data := one.read(1 << 20):
                file.write(data)
    return sums


class Counts:
    """A file of counts, to be asked. It is sent to other processes, and machines, by its path.

    Raises:
        CountsError: it is no such file.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header = header(path)
        if not self.header.whole:
            raise CountsError("holds the counts of a part; see scrubber count")

    def __reduce__(self) -> tuple[Any, ...]:
        return again, (self.path, self.header)

    def same(self, wanted: Header) -> Self:
        """Return it, if it is the one that was read where the run was begun.

        Raises:
            CountsError: it is another one, by its first line.
        """
        if self.header != wanted:
            raise CountsError(f"{self.path} is another file of counts than where the run was begun")
        return self

    def digest(self) -> str:
        """Return the digest of all that it holds."""
        from scrubber.kept import digest

        return digest(self._data[:]).hex()

    def of(self, host: str | None) -> OfSite:
        """Return what it tells of the texts of a site."""
        return OfSite(self, host)

    def is_name(self, token: str) -> bool:
        """Return whether a token stands in so many unrelated texts that it is a name.

        Where any word runs into its last one (seeSection, inSection, fromSection) it is damage.
        """
        if self._find("names", keys.word(token)) is None:
            return False
        right = joined.last(token)
        return right is None or not self.is_seam(right)

    def is_seam(self, right: str) -> bool:
        """Return whether several words run into this one."""
        return self._find("seams", keys.seam(right)) is not None

    def pages(self, host: str | None, line: str) -> tuple[int, int]:
        """Return on how many of a site's pages a line stands, of how many; 0 where it is seldom."""
        folded = keys.line(line)
        if folded is None:
            return 0, 0
        found = self._find("repeated", keys.on_site(keys.site(host or ""), folded))
        return (found[8], found[9]) if found else (0, 0)

    @cached_property
    def _data(self) -> mmap.mmap:
        with self.path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _find(self, section: str, key: bytes) -> bytes | None:
        """The row of a section that begins with a key."""
        offset, high = self.header.sections[section]
        width, data, low = _WIDTHS[section], self._data, 0
        while low < high:
            middle = (low + high) // 2
            at = offset + width * middle
            found = data[at : at + 8]
            if found == key:
                return data[at : at + width]
            if found < key:
                low = middle + 1
            else:
                high = middle
        return None


def again(path: Path, wanted: Header) -> Counts:
    """Return the same file of counts in another process.

    Raises:
        CountsError: there it is another one.
        OSError: it cannot be read.
    """
    return Counts(path).same(wanted)


class OfSite(NamedTuple):
    """What counts tell of the texts of a site: a `scrubber.corpus.Evidence`."""

    counts: Counts
    host: str | None

    def is_name(self, token: str) -> bool:
        """Whether a token is a name; no site matters."""
        return self.counts.is_name(token)

    def pages(self, line: str) -> tuple[int, int]:
        """On how many pages of the site a line stands, and of how many; 0 for a few."""
        return self.counts.pages(self.host, line)
