"""Soft hyphens left in running text: in words, broken at a line end, and by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber.model import Document, Match
from scrubber.patterns import compiled, hits

_WORD = (
    r"(?<![\p{L}\p{N}])\p{L}+\xad+(?:[ \t]*\r?\n[ \t]*(?=\p{Ll}))?(?:\p{L}+\xad*)*"
    r"|(?<=\p{L}{2}[,;:.]?[ ])\xad+(?=\p{L}{2})"
)

_ABOUT = r"(?i)\bsoft.hyphen|&shy|U\+00AD|\bhyphenat|weiche[nrs]? trenn|bedingte[nrs]? trenn|césure"


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"\x{ad}"


def find(document: Document) -> Iterator[Match]:
    r"""Yield each word that holds soft hyphens, without them; broken at a line end, put together.

    Lists of characters, in which one stands by itself, and texts that speak of hyphenation are
    left alone.

    >>> [m.proposals for m in find(Document("a har\u00adbour mas\u00adter"))]
    [('harbour',), ('master',)]
    """
    if "\xad" not in document.text or compiled(_ABOUT).search(document.text):
        return
    for hit in hits(_WORD, document.text):
        plain = "".join(hit[0].replace("\xad", "").split())
        message = f"“{plain}” holds a hidden hyphen" if plain else "a hidden hyphen by itself"
        yield Match(hit.start(), hit.end(), (plain,), message)
