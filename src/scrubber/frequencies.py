"""How frequent words are, from wordfreq's lists, which take 0.2 s to load: few words are asked for.

So a run keeps the lists as tables in the cache folder, and all search them where they lie. A list
that is loaded takes 25 to 100 MB, all nine 390: where nothing can be kept only the English one is,
the others become tables in memory, of a fifth of that.
"""

from __future__ import annotations

import contextlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol
from zlib import adler32

from scrubber import kept

if TYPE_CHECKING:
    from mmap import mmap

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


Index = tuple[list[bytes], list[int], list[int], list[float]]
"""Of each block its first word, where it begins (and the last one ends), and its checksum; and the
shares, by the numbers that stand in the lines."""


class Table:
    """Words with their shares as sorted lines, and the place of each `_BLOCK`th of them.

    The lines may lie in a file, from byte `at` on: `index` tells of each block what it must be, and
    where one is not so, `load` returns the words instead.
    """

    def __init__(
        self,
        lines: bytes | mmap,
        index: Index,
        at: int = 0,
        load: Callable[[], Mapping[str, float]] = dict,
    ) -> None:
        self._lines, self._at, self._load = lines, at, load
        self._firsts, self._starts, self._sums, self._shares = index
        self._sound: set[int] = set()

    @staticmethod
    def made(words: Mapping[str, float]) -> tuple[bytes, Index]:
        """Return what a table of these words is made of."""
        shares = sorted(set(words.values()))
        ends = {share: f"\t{at}" for at, share in enumerate(shares)}
        # No character of a word comes before the tab: the lines are in the order of the words.
        rows = sorted(word + ends[share] for word, share in words.items())
        firsts: list[bytes] = []
        starts, sums = [0], []
        blocks: list[bytes] = []
        for at in range(0, len(rows), _BLOCK):
            block = "\n".join(["", *rows[at : at + _BLOCK]]).encode()
            firsts.append(rows[at].partition("\t")[0].encode())
            starts.append(starts[-1] + len(block))
            sums.append(adler32(b"\n", adler32(block)))
            blocks.append(block)
        return b"".join([*blocks, b"\n"]), (firsts, starts, sums, shares)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) is not None

    def get(self, word: str) -> float | None:
        """Return the share of a word, None where it is not known."""
        key = word.encode("utf-8", "surrogatepass")
        block = bisect_right(self._firsts, key)
        if not block or b"\t" in key:
            return None
        lines = self._block(block - 1)
        if lines is None:
            return self._load().get(word)
        at = lines.find(b"\n%b\t" % key)
        if at < 0:
            return None
        start = at + len(key) + 2
        return self._shares[int(lines[start : lines.index(b"\n", start)])]

    def items(self) -> Iterator[tuple[str, float]]:
        """Yield all words with their shares."""
        blocks = [self._block(number) for number in range(len(self._firsts))]
        if None in blocks:
            yield from self._load().items()
            return
        for line in chain.from_iterable(block.split(b"\n")[1:-1] for block in blocks if block):
            word, _, code = line.partition(b"\t")
            yield word.decode(), self._shares[int(code)]

    def _block(self, number: int) -> bytes | None:
        """The lines of a block between two line breaks; None where they are damaged.

        A checksum of all 8 MB took 5 ms of a run that reads some 100 KB of them.
        """
        at = self._at
        lines = self._lines[at + self._starts[number] : at + self._starts[number + 1] + 1]
        if number not in self._sound:
            if adler32(lines) != self._sums[number]:
                return None
            self._sound.add(number)
        return lines


def frequencies(language: str) -> Frequencies:
    """Return the list of a language."""
    return _frequencies(language, "best")


def foreign() -> Frequencies:
    """Return the common words of the languages that quotations in English hold."""
    return _frequencies(" ".join(_FOREIGN), "small")


_makes = True


def make_no_tables() -> None:
    """Load lists from now on where no tables are kept, and make none: for runs of `check`.

    A run over many texts has to load them then, and to make tables too takes it 0.2 s: that is left
    to a run over a few.
    """
    global _makes
    _makes = False


def _frequencies(languages: str, size: str) -> Frequencies:
    return _table(languages, size) or _loaded(languages, size)


@cache
def _table(languages: str, size: str) -> Table | None:
    """What an earlier run has kept, else it is made; None where a list is to be loaded."""
    name, source = f"{size}.{languages.replace(' ', '')}", stamp()
    file, by = kept.place(f"words.{name}", source), kept.place(f"index.{name}", source)
    index, lines = kept.load(by), kept.mapped(file)

    def load() -> dict[str, float]:
        if file is not None and lines is not None:
            kept.drop(file)
        return _loaded(languages, size)

    if index is not None and lines is not None:
        return Table(lines, index, kept.SIZE, load)
    keeps = kept.writable()
    if not _makes or (languages == "en" and not keeps):
        return None
    made = Table.made(_read(languages, size))
    if keeps:
        kept.save_bytes(file, made[0])
        kept.save(by, made[1])
        lines = kept.mapped(file)
    return Table(*made) if lines is None else Table(lines, made[1], kept.SIZE, load)


def stamp() -> bytes:
    """Return what tells one installation of wordfreq from another, without importing it."""
    where = _data()
    return f"{where} {os.stat(where).st_mtime_ns}".encode()


def _data() -> str:
    """The folder of wordfreq's lists."""
    from importlib.util import find_spec

    found = find_spec("wordfreq")
    origin = found.origin if found and found.origin else ""
    return os.path.join(os.path.dirname(origin), "data")


@cache
def _loaded(languages: str, size: str) -> dict[str, float]:
    return _read(languages, size)


def _read(languages: str, size: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for language in languages.split():
        for number, words in enumerate(_lists(language, size)):
            found.update(dict.fromkeys(words, 10 ** (-number / 100)))
    return found


def _lists(language: str, size: str) -> list[list[str]]:
    """The words of a language by how frequent they are: each list a centibel rarer than the last.

    They are read as wordfreq documents its files (cBpack, version 1), for to import it takes twice
    as long; where they are otherwise, it reads them.
    """
    import gzip

    import msgpack

    lists: list[list[str]]
    for kind in ("large", "small") if size == "best" else (size,):
        with contextlib.suppress(FileNotFoundError):
            with open(os.path.join(_data(), f"{kind}_{language}.msgpack.gz"), "rb") as file:
                head, *lists = msgpack.unpackb(gzip.decompress(file.read()))
            if head == {"format": "cB", "version": 1}:
                return lists
    from wordfreq import get_frequency_list

    lists = get_frequency_list(language, wordlist=size)
    return lists
