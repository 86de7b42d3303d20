"""What stands around a place in a text, and what kind of text it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from scrubber import function_words
from scrubber.model import Document
from scrubber.patterns import compiled, lazy
from scrubber.text import CAMEL

QUOTES = frozenset("'\"‘’“”«»")

WORDS_BEFORE = (
    r"(?:[“\"«(]?(?:\p{L}[\p{L}\p{M}’'-]*\.?|\p{N}[\p{N}.,]*)[,;:]?[”\"»)]*[^\S\n]+){2,}\Z"
)
"""At least two words of prose before a place."""


CREDIT_WORDS = frozenset(
    "photo photos image images foto fotos bild bilder picture video caption credit credits"
    " copyright source quelle fuente fonte getty advertisement anzeige publicidad".split()
)
"""Words that open a caption or a credit: that is for taking out, not for splitting off."""


_NEXT = lazy(r"[^\S\n]+([\p{L}\p{N}'’]+)")
_PREVIOUS = lazy(r"([\p{L}\p{N}'’-]+)[^\S\n]+$")


def next_word(text: str, at: int) -> str:
    """Return the word after an offset, if only blanks stand between, else ""."""
    found = _NEXT.match(text, at)
    return found[1] if found else ""


def previous_word(text: str, at: int) -> str:
    """Return the word before an offset, if only blanks stand between, else ""."""
    found = _PREVIOUS.search(text, max(0, at - 60), at)
    return found[1] if found else ""


def stands(document: Document, word: str) -> bool:
    """Whether a word stands alone in the document, or in the code beside it, whatever its case."""
    return word.lower() in _folded(document)


@lru_cache(maxsize=4)
def _folded(document: Document) -> frozenset[str]:
    return frozenset(map(str.lower, document.vocabulary))


def stands_again(document: Document, word: str) -> bool:
    """Whether a word stands alone more than once in the document, whatever its case."""
    lower = word.lower()
    if document.folded.count(lower) < 2 and lower not in document.aside.lower():
        return False  # told without counting all words
    return document.folded_words[lower] > 1


_CODE = (
    r"\b\p{L}\w*_\w+",
    r"\b[\w.]+\(\)",
    r"(?<!\S)--?[a-z][\w-]+",
    r"\w::\w",
    r"->",
    r"(?<!\S)\$\p{L}\w*",
    r"(?<=(\b[a-z]+\.[a-z]+))\(",
    r"(?<![\w/.-])(?=[0-9a-f]{7,40}(?![\w/-]|\.\w))(?:[0-9]+[a-f]+[0-9]|[a-f]+[0-9]+[a-f])",
)
"""snake_case, calls, options, paths of modules, variables, and commits by their hash. Most are
searched by a mark that they hold, in 2 to 4 microseconds a page; as one pattern they took 800."""


@lru_cache(maxsize=8)
def quotes_code(document: Document) -> bool:
    """Whether a text in markup holds code beside its prose: at least 10 words, one in 100.

    There an unknown word is mostly one more name: of 26 words taken apart in 13 MB of
    documentation that quotes code, 25 were names.
    """
    words = len(document.aside.split()) if document.aside else 0
    return words >= 10 and 100 * words >= words + len(document.pieces)


@lru_cache(maxsize=8)
def code_like(document: Document) -> bool:
    """Whether so many identifiers stand in the text that a seam may well be one.

    At least 3 distinct identifiers, and 4 of them standing in 1,000 words: this took false
    seams in technical text from 15.6 to 4.9 in a million words and cost nothing on news
    (shared/facts/detectors.md). Words with a function word at the seam do not count: they are what
    damage looks like. A text in markup that quotes code is one.
    """
    if quotes_code(document):
        return True
    camel = filter(CAMEL.search, document.vocabulary) if _is_camel(document) else ()
    names = [word for word in camel if not _function_word_at_seam(word)]
    signs = list(_signs(document.text))
    if len(names) + len(set(signs)) < 3:
        return False
    count = sum(document.words[name] for name in names)
    return 1000 * (count + len(signs)) >= 4 * document.words.total()


def _is_camel(document: Document) -> bool:
    return CAMEL.search(document.text) is not None or CAMEL.search(document.aside) is not None


def _signs(text: str) -> Iterator[str]:
    """What looks like code, none over another."""
    end = 0
    found = (hit for sign in _CODE for hit in compiled(sign).finditer(text))
    for start, stop in sorted(
        (min(hit.starts(0) + hit.starts(1)), hit.end()) if hit.re.groups else hit.span()
        for hit in found
    ):
        if start >= end:
            yield text[start:stop]
            end = stop


_CAMEL = lazy(r"(?<=\p{Ll})(?=\p{Lu})")


def _function_word_at_seam(word: str) -> bool:
    parts = _CAMEL.split(word)
    return len(parts) == 2 and any(part.lower() in function_words.CLOSED for part in parts)
