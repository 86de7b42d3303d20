"""The file of counts: what was counted, to be merged, and what follows from it, to be asked.

A line of JSON, then sections of rows of one width: the two tables of `rows`, and for a look-up by
halves the keys of names, of words that others run into, and of lines that a site repeats, with
their pages. The same texts give the same bytes, however they were split.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from scrubber import __version__
from scrubber.evidence import joined, keys, rows
from scrubber.evidence.counting import Counter, Sums
from scrubber.evidence.rows import DEPTH, MOST, Table

FORMAT = f"counts of scrubber {__version__}"

SOURCES = 3
"""Unrelated texts from which a token is a name: of the tokens with a capital within that stand in 3
to 10 of 131,416 scraped texts 94 % are names, of those in 1 or 2 texts 11 % are run together."""

MANY = 10
"""The same where one half is a function word: “to ourTerms” stands on many pages."""

GLUED = 0.01
"""The share of all places where two words might meet by chance that is put down to damage, as a
bound from above: function words stand together some ten times as often as by chance, and of their
places one in 1,000 is damaged in a damaged corpus."""

PAGES, SHARE = 5, 0.1
"""From how many of a site's pages, and from which share of them, a line is said to be repeated."""

LEFTS = 5
"""Different words that run into another from which that is worth a rule."""

_WIDTHS = {"words": rows.WIDTH, "lines": rows.WIDTH, "names": 8, "seams": 8, "repeated": 10}


class CountsError(Exception):
    """A file that is none of counts, or of others than ours. The message is one line."""


class Header(NamedTuple):
    """What was counted, and where the sections lie: offset and number of rows by name."""

    sums: Sums
    levels: tuple[int, int]
    sections: dict[str, tuple[int, int]]

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
    return Header(sums, levels, sections)


def write(file: IO[bytes], counter: Counter, parts: Sequence[Path] = (), most: int = MOST) -> Sums:
    """Write what was counted, and what others have counted, as one file; return its sums.

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
        scale = sums.words / 2 ** levels[0]
        for kept in _names(made["words"], scale):
            made["names"].write(kept)
        for kept in _seams(made["words"]):
            made["seams"].write(kept)
        for kept in _repeated(made["lines"]):
            made["repeated"].write(kept)
        counted = {name: made[name].tell() // width for name, width in _WIDTHS.items()}
        plain = {"format": FORMAT, **sums._asdict(), "levels": levels, "rows": counted}
        file.write(json.dumps(plain).encode() + b"\n")
        for one in made.values():
            one.seek(0)
            while data := one.read(1 << 20):
                file.write(data)
    return sums


def _groups(table: IO[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """The keys of a table, each with its rows."""
    size = table.seek(0, 2)
    table.seek(0)
    for key, of_key in groupby(rows.rows(table, size // rows.WIDTH), rows.key):
        yield key, list(of_key)


def _names(table: IO[bytes], words: float) -> Iterator[bytes]:
    """The keys of tokens that stand in more unrelated texts than damage can explain."""
    for key, of_key in _groups(table):
        values = [rows.value(row) for row in of_key]
        if values[0][7:] == joined.SEAM:
            continue
        chance, closed = divmod(min(value[7] for value in values), 2)
        expected = 0.0 if chance == joined.NO_CHANCE else GLUED * words * 2 ** (-chance / 2)
        if len({value[:7] for value in values}) >= max(MANY if closed else SOURCES, 1 + expected):
            yield key


def _seams(table: IO[bytes]) -> Iterator[bytes]:
    """The keys of words that several others run into, on several sites."""
    for key, of_key in _groups(table):
        values = {rows.value(row) for row in of_key}
        if of_key[0][23:] == joined.SEAM and len(of_key) >= LEFTS and len(values) >= SOURCES:
            yield key


def _repeated(table: IO[bytes]) -> Iterator[bytes]:
    """The keys of lines that stand on several pages of a site, with their pages and its own.

    Of a site with more than 64 pages a fair draw of 64 is looked at.
    """
    sites: dict[bytes, tuple[bytes, int]] = {}
    for key, of_key in _groups(table):
        if key == rows.value(of_key[0]) and len(of_key) >= PAGES:
            whole = len(of_key) < DEPTH
            sites[key] = (b"\xff" * 8 if whole else rows.item(of_key[-1])), len(of_key)
    for key, of_key in _groups(table):
        last, pages = sites.get(rows.value(of_key[0]), (b"", 0))
        having = sum(rows.item(row) <= last for row in of_key)
        if pages and having >= max(PAGES, SHARE * pages) and key not in sites:
            yield key + bytes((having, pages))


class Counts:
    """A file of counts, to be asked. It is sent to other processes by its path.

    Raises:
        CountsError: it is no such file.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header = header(path)

    def __reduce__(self) -> tuple[Any, ...]:
        return Counts, (self.path,)

    def digest(self) -> str:
        """Return the digest of all that it holds."""
        from scrubber.kept import digest

        return digest(self._data[:]).hex()

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
