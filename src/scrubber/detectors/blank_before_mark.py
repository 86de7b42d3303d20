"""Blanks before commas, stops and their kin, from joining text nodes with a blank."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber.model import Document, Match

_BLANK = regex.compile(r"(?<=[\p{Ll}\p{N})”’])[ \t]+(?<mark>[,.;:!?])(?=\s|$)(?!\s?[,.;:!?)-])")
_CLOSE = regex.compile(r"[\p{L}\p{N})”’][,.](?=\s|$)")


def find(document: Document, *, share: float = 0.25) -> Iterator[Match]:
    """Yield blanks before a mark, unless the text is set that way throughout.

    More than `share` of all commas and stops after a blank is a tokenised text, whose blanks are
    no defect of it.
    """
    hits = list(_BLANK.finditer(document.text))
    if not hits or len(hits) > share * (len(hits) + len(_CLOSE.findall(document.text))):
        return
    for hit in hits:
        yield Match(hit.start(), hit.end(), (hit["mark"],))
