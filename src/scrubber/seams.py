"""What two run-together words look like, and what speaks for and against taking them apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from scrubber import function_words, lexicon
from scrubber.model import Document
from scrubber.patterns import compiled
from scrubber.text import CAMEL

NOT_PROSE = frozenset("_/\\@#$=<>{}|~^*+")
"""Beside a token, these make it an identifier, a path or a handle."""

QUOTES = frozenset("'\"‘’“”«»")

_TOKEN_BEFORE = r"[\p{L}\p{M}\p{N}'’_-]*\Z"
_TOKEN_AFTER = r"[\p{L}\p{M}\p{N}'’_-]*"
_LEFT = r"\p{Lu}*[\p{Ll}\p{M}]+\Z|\p{Lu}+\Z|\p{N}+\Z"
_RIGHT = r"\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}"

WORDS_BEFORE = r"(?:\p{L}[\p{L}\p{M}’']*[,;:]?[^\S\n]+){2,}\Z"
"""At least two words of prose before a place."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A place inside a token where two words may meet.

    `left` and `right` are the words that meet; `token` is all that stands without a blank, from
    `start` to `end`.
    """

    at: int
    left: str
    right: str
    token: str
    start: int
    end: int

    @property
    def whole(self) -> str:
        """The two words as one."""
        return self.left + self.right

    @property
    def hyphenated(self) -> bool:
        """Whether the left word is the end of a hyphenated one (Dae-ha)."""
        at = self.at - self.start - len(self.left)
        return at > 1 and self.token[at - 1] == "-"

    @property
    def several(self) -> bool:
        """Whether the token has more than one seam at a capital, as identifiers often have."""
        return len(CAMEL.findall(self.token)) > 1


def around(text: str, at: int) -> Seam | None:
    """Return the seam at an offset, or None where no two words meet or it is not prose."""
    head = compiled(_TOKEN_BEFORE).search(text, max(0, at - 60), at)
    tail = compiled(_TOKEN_AFTER).match(text, at, at + 60)
    if not head or not tail:
        return None
    start, end = head.start(), tail.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before in NOT_PROSE and before) or (after in NOT_PROSE and after) or "_" in text[start:end]:
        return None
    if before in QUOTES and after in QUOTES and before and after:
        return None  # a term or a key in quotes
    if after == ":" and (not before or before == "\n"):
        return None  # a field's name: X-BeenThere:
    if after in ".:" and after and text[end + 1 : end + 2].isalnum():
        return None
    if after == "(" or (before == "." and text[start - 2 : start - 1].isalnum()):
        return None
    left = compiled(_LEFT).search(text, start, at)
    right = compiled(_RIGHT).match(text, at, end)
    if not left or not right:
        return None
    return Seam(at, left[0], right[0], text[start:end], start, end)


def next_word(text: str, at: int) -> str:
    """Return the word after an offset, if only blanks stand between, else ""."""
    found = regex.compile(r"[^\S\n]+([\p{L}\p{N}'’]+)").match(text, at)
    return found[1] if found else ""


def previous_word(text: str, at: int) -> str:
    """Return the word before an offset, if only blanks stand between, else ""."""
    found = regex.compile(r"([\p{L}\p{N}'’-]+)[^\S\n]+$").search(text, max(0, at - 60), at)
    return found[1] if found else ""


def elsewhere(document: Document, word: str) -> int:
    """Return how often a word stands alone in the document, whatever its case."""
    return document.folded_words[word.lower()]


_CODE = (
    r"\b\p{L}\w*_\w+|\b[\w.]+\(\)|(?<!\S)--?[a-z][\w-]+|\w::\w|->|(?<!\S)\$\p{L}\w*"
    r"|\b[a-z]+\.[a-z]+\("
)
"""snake_case, calls, options, paths of modules and variables."""


@lru_cache(maxsize=8)
def code_like(document: Document) -> bool:
    """Whether so many identifiers stand in the text that a seam may well be one.

    At least 3 distinct identifiers, and 4 of them standing in 1,000 words: this took false
    seams in technical text from 15.6 to 4.9 in a million words and cost nothing on news
    (shared/facts/detectors.md). Words with a function word at the seam do not count: they are what
    damage looks like.
    """
    camel = [word for word in document.words if CAMEL.search(word)]
    names = [word for word in camel if not _function_word_at_seam(word)]
    count = sum(document.words[name] for name in names)
    signs = [hit[0] for hit in compiled(_CODE).finditer(document.text)]
    kinds = len(names) + len(set(signs))
    return kinds >= 3 and 1000 * (count + len(signs)) >= 4 * document.words.total()


def _function_word_at_seam(word: str) -> bool:
    parts = regex.split(r"(?<=\p{Ll})(?=\p{Lu})", word)
    return len(parts) == 2 and any(part.lower() in function_words.CLOSED for part in parts)


def is_name(document: Document, seam: Seam) -> bool:
    """Whether the whole is a name: a listed one, or seen twice or more in the document."""
    whole = seam.whole.lower()
    return whole in lexicon.camel_names() or document.words[seam.token] >= 2
