"""How frequent words are, from wordfreq, which takes 0.3 s to load: few words are asked for.

So a run keeps the lists as tables in the cache folder, and those that follow search them where
they lie. Where there is none, or very much is asked for, the lists are loaded.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Protocol

from scrubber import kept

MANY = 300_000
"""Words asked for, at 2 microseconds each and not 0.2, before it pays to load a list."""

_BLOCK = 200
"""Words between two that are listed: the search goes through one such block, of 3 KB."""

_FOREIGN = ("de", "es", "fr", "it", "nl", "pl", "pt")


class Frequencies(Protocol):
    """What a list of words tells: their shares of all text."""

    def __contains__(self, word: object, /) -> bool:
        """Whether a word is known."""

    def get(self, word: str, /) -> float | None:
        """Return the share of a word, None where it is not known."""

    def items(self) -> Iterable[tuple[str, float]]:
        """Return all words with their shares."""


class Table:
    """Words with their shares as sorted lines, and the place of each `_BLOCK`th of them."""

    def __init__(
        self, lines: bytes, firsts: list[bytes], starts: list[int], shares: list[float]
    ) -> None:
        self._lines, self._firsts, self._starts, self._shares = lines, firsts, starts, shares
        self.asked = 0

    @staticmethod
    def made(words: Mapping[str, float]) -> tuple[bytes, list[bytes], list[int], list[float]]:
        """Return what a table of these words is made of: plain data."""
        shares = sorted(set(words.values()))
        number = {share: at for at, share in enumerate(shares)}
        rows = sorted((word.encode(), number[share]) for word, share in words.items())
        firsts: list[bytes] = []
        starts: list[int] = []
        lines = bytearray()
        for at, (word, code) in enumerate(rows):
            if at % _BLOCK == 0:
                firsts.append(word)
                starts.append(len(lines))
            lines += b"\n%b\t%d" % (word, code)
        starts.append(len(lines) + 1)
        return bytes(lines) + b"\n", firsts, starts, shares

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) is not None

    def get(self, word: str) -> float | None:
        """Return the share of a word, None where it is not known."""
        self.asked += 1
        key = word.encode("utf-8", "surrogatepass")
        block = bisect_right(self._firsts, key)
        if not block or b"\t" in key:
            return None
        at = self._lines.find(b"\n%b\t" % key, self._starts[block - 1], self._starts[block])
        if at < 0:
            return None
        start = at + len(key) + 2
        return self._shares[int(self._lines[start : self._lines.index(b"\n", start)])]

    def items(self) -> Iterator[tuple[str, float]]:
        """Yield all words with their shares."""
        for line in self._lines.split(b"\n")[1:-1]:
            word, _, code = line.partition(b"\t")
            yield word.decode(), self._shares[int(code)]


def frequencies(language: str) -> Frequencies:
    """Return the list of a language. Ask for it anew for each text: it may be loaded by then."""
    return _frequencies(language, "best")


def foreign() -> Frequencies:
    """Return the common words of the languages that quotations in English hold."""
    return _frequencies(" ".join(_FOREIGN), "small")


def _frequencies(languages: str, size: str) -> Frequencies:
    table = _table(languages, size)
    return table if table is not None and table.asked < MANY else _loaded(languages, size)


@cache
def _table(languages: str, size: str) -> Table | None:
    """What an earlier run has kept; else all is loaded and kept, where it can be."""
    file = kept.place(f"words.{size}.{languages.replace(' ', '')}", _source())
    found = kept.load(file)
    if found is None and file is not None and kept.writable():
        found = Table.made(_loaded(languages, size))
        kept.save(file, found)
    return None if found is None else Table(*found)


def _source() -> bytes:
    """What tells one installation of wordfreq from another, without importing it."""
    from importlib.util import find_spec

    found = find_spec("wordfreq")
    origin = found.origin if found and found.origin else ""
    where = os.path.join(os.path.dirname(origin), "data")
    status = os.stat(where)
    return f"{where} {status.st_mtime_ns}".encode()


@cache
def _loaded(languages: str, size: str) -> dict[str, float]:
    from wordfreq import get_frequency_dict

    found: dict[str, float] = {}
    for language in languages.split():
        found |= get_frequency_dict(language, wordlist=size)
    return found
