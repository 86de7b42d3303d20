"""What is counted is known by its digest: no text of a corpus is kept. Pure."""

from __future__ import annotations

from _blake2 import blake2b  # hashlib loads OpenSSL for it
from functools import lru_cache
from operator import xor

from scrubber.patterns import lazy

SIZE = 8
"""Bytes of a digest: among ten million things, two share one in 3 of 1,000,000 corpora."""

LONGEST = 300
"""Code points of a line beyond which it is prose, whoever repeats it."""

AROUND = 30
"""Code points on each side of a word that tell one place from a copy of it."""

_DIGITS, _BLANKS = lazy(r"\p{N}+"), lazy(r"\s+")
_LETTER = lazy(r"\p{L}")


def digest(*parts: str) -> bytes:
    """Return the digest of some texts; where one ends and the next begins counts."""
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=SIZE).digest()


def folded(text: str) -> str:
    """Return what is the same in a text and in one that differs in numbers, case or blanks.

    >>> folded(" Page 3 of  17 ")
    'page 0 of 0'
    """
    return _BLANKS.sub(" ", _DIGITS.sub("0", text.strip())).casefold()


def line(text: str) -> str | None:
    """Return a line as it is counted; None for one that is blank, long or has no letter."""
    if len(text) > LONGEST or not _LETTER.search(text):
        return None
    return folded(text)


def place(text: str, start: int, end: int) -> bytes:
    """Return the digest of a word with what stands around it in its line.

    In a paragraph that is copied from elsewhere it is the same.
    """
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    return digest(folded(f"{before}{text[start:end]}{after}"))


@lru_cache(maxsize=1 << 14)
def word(token: str) -> bytes:
    """Return the key of a token, case kept."""
    return digest("word", token)


@lru_cache(maxsize=1 << 14)
def seam(right: str) -> bytes:
    """Return the key of a word that others run into."""
    return digest("seam", right)


@lru_cache(maxsize=1 << 14)
def site(name: str) -> bytes:
    """Return the key of a site, "" for all texts that name none."""
    return digest("site", name)


def on_site(name: bytes, folded_line: str) -> bytes:
    """Return the key of a line on the pages of a site, by the site's key."""
    return blake2b(name + folded_line.encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def told(place: bytes, source: bytes) -> bytes:
    """Return the source of a place as it is kept, 7 bytes; done again it gives the source back.

    Of several sources of the same place the least stays, and that is to be another one each time.
    """
    return bytes(map(xor, place[:7], source[:7]))
