"""A counted noun that a nation and another noun follow (`300 soldiers Danish guards`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import lexicon
from scrubber.model import Action, Document, Match

_DOUBLE = regex.compile(
    r"\p{N}[\p{N},.]*(?: (?:thousand|million|hundred))? "
    r"(?<span>(?<first>\p{Ll}{3,}s) (?<nation>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?) "
    r"(?<second>\p{Ll}{3,}s))\b"
)
_VERBS = frozenset("has was does is says wins gets makes takes goes needs wants plans ".split())


def find(document: Document) -> Iterator[Match]:
    """Yield a number with a plural noun, a nation and another plural noun in a row.

    "90 minutes England wins" has a verb of the third person there; the usual ones are left alone.
    """
    for hit in _DOUBLE.finditer(document.text):
        if hit["nation"] not in lexicon.nationalities() and not _compound(hit["nation"]):
            continue
        if hit["second"] in _VERBS or hit["first"] in _UNITS or document.language != "en":
            continue
        message = f"“{hit['first']}” and “{hit['second']}” may be the same thing said twice"
        yield Match(*hit.span("span"), (), message, Action.REPORT)


_UNITS = frozenset("years days weeks months hours minutes seconds times degrees points".split())


def _compound(nation: str) -> bool:
    """Whether the last word of a name is a demonym (North Korean)."""
    return nation.split()[-1] in lexicon.nationalities()
