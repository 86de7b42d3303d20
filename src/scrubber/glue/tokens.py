"""Tokens, and which of them need a second look: all others are one word, told without a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from scrubber import lexicon
from scrubber.glue.halves import MIXED, PAIRS, Halves, halves_of, stands
from scrubber.model import Document
from scrubber.patterns import compiled
from scrubber.sieve import Sieve
from scrubber.text import chunk

_TOKEN = r"[\p{L}\p{M}\p{N}]+(?:['’](?=\p{L})[\p{L}\p{M}\p{N}]+)*"
_MODEL = (
    r"\p{Lu}+s|\p{Lu}*\p{N}+\p{Lu}*|\p{L}+\p{N}+\p{L}?|\p{N}+\p{Ll}|\p{N}*(?:st|nd|rd|th)"
    r"|\p{N}+(?i:[ap]m|bc|ad|bce|ce|[kcmnµ]?m|[kmµ]?g|[mc]?l|[kmgt]i?b|[kmg]?hz|k?wh?|rpm|px|pt|in"
    r"|ft|lbs?|oz|k?ms|bn|mn|ppm|kph|mph|[kmg]bps)"
    r"|(?=\p{L}*\d)[0-9a-f]{7,40}"
)
"""Plurals of acronyms, model numbers, ordinals, numbers with a unit, digests."""

_WORD_YEAR = r"\p{L}\p{Ll}+(?:1[5-9]|20)\p{N}{2}"

LONGEST = 60
"""Code points of the longest token that is looked into: longer ones are keys and hashes."""

_Doubtful = tuple[str, Halves]


@lru_cache(maxsize=4)
def looked_at(document: Document) -> tuple[tuple[str, int, int], ...]:
    """Return the tokens that need a second look, with their places, none over a link's edge.

    What meets at an edge needs no guess: `glued_link` looks at it.
    """
    return tuple(placed(document, looked(document)))


def placed(document: Document, wanted: set[str]) -> Iterator[tuple[str, int, int]]:
    """Yield some tokens of a text with their places, or what a link's edges leave of each."""
    if not wanted:
        return
    text, edges = document.text, _touched(document)
    places = _around(text, wanted) if len(wanted) < _FEW else [(0, len(text))]
    find = compiled(_TOKEN).finditer
    for hit in chain.from_iterable(find(text, *place) for place in places):
        token = hit[0]
        if token not in wanted:
            continue
        start, end = hit.span()
        if not edges or edges.isdisjoint(range(start + 1, end)):
            yield token, start, end
            continue
        for stop in sorted({*edges.intersection(range(start + 1, end)), end}):
            if not _is_plain(document, text[start:stop]):
                yield text[start:stop], start, stop
            start = stop


_FEW = 16
"""Tokens, fewer than which are found one by one: a page takes 0.2 ms to be taken apart."""


def _around(text: str, wanted: set[str]) -> list[tuple[int, int]]:
    """What stands between two blanks or line breaks around each of some tokens, in order."""
    found: set[tuple[int, int]] = set()
    for token in wanted:
        at = text.find(token)
        while at >= 0:
            found.add(chunk(text, 0, at))
            at = text.find(token, at + 1)
    return sorted(found)


def crosses(document: Document) -> bool:
    """Whether a token may go over the edge of a link: then it is two (`placed`)."""
    return bool(document.links) and bool(_touched(document))


@lru_cache(maxsize=4)
def _touched(document: Document) -> set[int]:
    """The edges of links that a token may go over."""
    text = document.text
    return {
        edge
        for edge in chain.from_iterable(document.links)
        if 0 < edge < len(text) and text[edge - 1].isalnum() and _goes_on(text[edge])
    }


def _goes_on(char: str) -> bool:
    """Whether a character may be a token's, not its first."""
    return char.isalnum() or char == "'" or not char.isascii()


@lru_cache(maxsize=4)
def looked(document: Document) -> set[str]:
    """Return the tokens of a text that need a second look."""
    if document.language not in ("en", None):
        tokens = set(compiled(_TOKEN).findall(document.text))
        return {token for token in tokens if not _is_plain(document, token)}
    found = doubtful(document)
    words = document.vocabulary if found else set[str]()
    return {token for token, halves in found.items() if stands(halves, words)}


def _doubtful(chunk: str) -> tuple[_Doubtful, ...]:
    """The tokens between two blanks that need a second look in some English text."""
    found = []
    for token in compiled(_TOKEN).findall(chunk):
        plain = _plain(token)
        halves = halves_of(token) if plain is None else Halves(sure=not plain)
        if any(halves):
            found.append((token, halves))
    return tuple(found)


_DOUBTFUL = Sieve(_doubtful)


@lru_cache(maxsize=4)
def doubtful(document: Document) -> dict[str, Halves]:
    """Return the tokens of an English text that need a second look, or would beside other words.

    What makes each of them two words comes with it (`halves.stands`).
    """
    return dict(chain.from_iterable(_DOUBTFUL.of(document.chunks).values()))


def _is_plain(document: Document, token: str) -> bool:
    """Whether a token needs no second look, told as cheaply as can be."""
    plain = _plain(token)
    if plain is None:
        plain = document.language in ("en", None) and not stands(
            halves_of(token), document.vocabulary
        )
    return plain


@lru_cache(maxsize=1 << 15)
def _plain(token: str) -> bool | None:
    """Whether a token needs no second look in any text; None where that depends on the text."""
    if len(token) < 3 or len(token) > LONGEST:
        return True
    if not compiled(MIXED).search(token):
        if token.isupper() or not token[1:].islower():
            return True
        if len(token) < 5 and token not in PAIRS:
            return True
        return True if token.lower() in lexicon.set_names() else None
    if token.isupper() or (
        compiled(_MODEL).fullmatch(token) and not compiled(_WORD_YEAR).fullmatch(token)
    ):
        return True
    return token.lower() in lexicon.set_names()


def tokens(text: str) -> list[str]:
    """Return the tokens of a text: runs of letters and digits, apostrophes within."""
    return compiled(_TOKEN).findall(text)


def needs_look(token: str) -> bool:
    """Whether a token needs a second look in some English text that holds nothing else known."""
    plain = _plain(token)
    return halves_of(token).sure if plain is None else not plain
