"""A dateline that lost its dash (`Oslo Sweden on Tuesday closed its border`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import lexicon
from scrubber.model import Action, Document, Match
from scrubber.resources import words

_START = regex.compile(
    r"[\s\ufeff]*(?<span>(?<city>\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2}?) "
    r"(?<place>\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?))"
    r"(?= (?:on|will|\p{Ll}+ed)\b)"
)


def find(document: Document) -> Iterator[Match]:
    """Yield a city at the very start of a text that a country follows as the subject.

    A name made of both (Mexico City, Panama City) is left alone, as is a city with its country in
    an adjective's place.
    """
    hit = _START.match(document.text)
    if not hit or hit["city"] not in words("cities") or hit["place"] not in words("territories"):
        return
    city, place = hit["city"], hit["place"]
    if document.language != "en" or f"{city} {place}" in lexicon.places():
        return
    message = f"“{city}” looks like a dateline before “{place}”"
    proposals = (f"{city} — {place}", f"{city}: {place}", f"{city}, {place}")
    yield Match(*hit.span("span"), proposals, message, Action.SUGGEST)
