"""Counts texts: in which places a token stands, and on which pages of a site a line does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scrubber.evidence import joined, keys
from scrubber.evidence.rows import Heap
from scrubber.languages import language
from scrubber.lexicon import LANGUAGES

PLAIN = 1 << 17
"""Tokens of a language that are remembered as not worth counting."""


class Sums(NamedTuple):
    """What is simply added up: texts, and the words of those in a known language."""

    texts: int = 0
    words: int = 0

    def __add__(self, other: object) -> Sums:
        """Return the sums of both."""
        assert isinstance(other, Sums)
        return Sums(self.texts + other.texts, self.words + other.words)


class Counter:
    """Counts texts one by one. Holds a bounded part in memory, the rest in temporary files.

    Of a token: its places (`keys.place`), and of each the site that it is on, where there is none
    the text; of a line: the pages of its site that have it; of a word that others run into: these.
    A text that is there twice counts once but for the sums.
    """

    def __init__(self) -> None:
        self.sums = Sums()
        self.words, self.lines = Heap(), Heap()
        self._plain: dict[str, set[str]] = {}

    def add(self, text: str, host: str | None, code: str | None = None) -> None:
        """Count a text: `host` is the site that it is on, `code` its language where it is known."""
        page = keys.digest(text)
        self._add_lines(text, keys.site(host or ""), page)
        code = code or language(text)
        words = 0
        if code in LANGUAGES:
            words = text.count(" ") + text.count("\n") + 1
            source = keys.site(host) if host else page
            self._add_words(text, str(code), source)
        self.sums += Sums(1, words)

    def _add_lines(self, text: str, site: bytes, page: bytes) -> None:
        self.lines.add(site, page, site)
        for line in {keys.line(part) for part in text.split("\n")} - {None}:
            self.lines.add(keys.on_site(site, str(line)), page, site)

    def _add_words(self, text: str, code: str, source: bytes) -> None:
        plain = self._plain.setdefault(code, set())
        if len(plain) > PLAIN:
            plain.clear()
        for token in joined.tokens(text) - plain:
            chance, seams = joined.chance(token, code), list(joined.seams(token))
            for left, right in seams:
                place = keys.digest(left)
                self.words.add(keys.seam(right), place, keys.told(place, source) + joined.SEAM)
            if chance is not None:
                key, last = keys.word(token), bytes((2 * chance[0] + chance[1],))
                for start in _places(text, token):
                    place = keys.place(text, start, start + len(token))
                    self.words.add(key, place, keys.told(place, source) + last)
            elif not seams:
                plain.add(token)


def _places(text: str, token: str) -> Iterator[int]:
    """Where a token stands in a text, not as a part of a longer one."""
    at = text.find(token)
    while at >= 0:
        end = at + len(token)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at
        at = text.find(token, end)
