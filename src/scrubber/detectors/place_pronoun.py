"""A person's pronoun for a country or a city (`Norway on Friday, he moved the fleet`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from scrubber import lexicon
from scrubber.model import Action, Document, Match

_SAYING = (
    r"(?:said|says|say|told|tells|added|adds|wrote|writes|noted|recalled|explained|argued|claimed"
    r"|warned|asked|insisted|thought|felt|knew|believed|was|had|is|has)"
)


@cache
def _pattern() -> regex.Pattern[str]:
    places = "|".join(
        regex.escape(name) for name in sorted(lexicon.places(), key=len, reverse=True)
    )
    return regex.compile(
        rf"(?:^|[.!?]\s|(?<=\p{{Ll}}), )(?<place>(?i:{places}))"
        r"(?:\s(?i:on)\s\p{Lu}\p{Ll}+day|\slast\s\p{Ll}+|\sthis\s\p{Ll}+|\syesterday),\s"
        rf"(?<span>[Hh]e|[Ss]he)\s(?!{_SAYING}\b)\p{{Ll}}+(?:ed|s|t|d|e|w|n)\b",
        regex.MULTILINE,
    )


def find(document: Document) -> Iterator[Match]:
    """Yield he and she after a place that begins the clause, before a verb that is not of saying.

    "In Peru on Monday, he flew" has a preposition before the place and is left alone; so is a
    person said to speak ("Peru on Monday, he said").
    """
    for hit in _pattern().finditer(document.text):
        if document.language != "en":
            return
        old = hit["span"]
        new = "It" if old[0].isupper() else "it"
        message = f"“{old}” stands for “{hit['place']}”, which is no person"
        yield Match(*hit.span("span"), (new,), message, Action.SUGGEST)
