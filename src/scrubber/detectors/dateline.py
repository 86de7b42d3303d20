"""A dateline that lost its dash (`Oslo Sweden on Tuesday closed its border`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from scrubber import lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import MULTILINE, lazy
from scrubber.resources import words

_NAME = r"\p{Lu}[\p{L}'’-]+"
_CAPS = r"\p{Lu}[\p{Lu}.'’-]+"
_START = lazy(
    rf"[\s\ufeff]*(?<span>(?<city>{_NAME}(?: {_NAME}){{0,2}}?) (?<place>{_NAME}(?: {_NAME})?))"
    r"(?= (?:on|will|\p{Ll}+ed)\b)"
)
_AGENCY = (
    r"Reuters|AP|AFP|CNN|dpa|DPA|Xinhua|TASS|Tass|EFE|ANSA|UPI|PTI|IANS|ANI|KUNA|WAM|SPA|Yonhap"
    r"|Kyodo|Bloomberg|BBC|JTA|IRNA|NNA|APA|CP|AAP"
)
_STATES = (
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb"
    r"|Nev|N\.[HJMCYD]|Okla|Ore|Pa|R\.I|S\.[CD]|Tenn|Vt|Va|Wash|W\.Va|Wis|Wyo"
)
_DATE = r"(?:, (?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)\p{Ll}*\.? \d{1,2})"
_HEAD = lazy(
    rf"^[ \ufeff]*(?<span>(?<city>{_CAPS}(?: {_CAPS}){{0,2}}|{_NAME}(?: {_NAME})?)"
    rf"(?:, (?<region>{_NAME}(?: {_NAME})?|(?:{_STATES})\.))?(?<date>{_DATE})?"
    rf"(?<agency> \((?:{_AGENCY})\))?)"
    r"(?= (?:(?:The|A|An|In|At|On|It|Two|Three|More|At)\b|\p{Lu}[\p{L}'’-]+ )\s?[\p{L}\p{N}])",
    MULTILINE,
)
_OPENING = lazy(r" (?:The|A|An|In|On|At|It|Two|Three|More) \p{Ll}")
_LOWER = lazy(r"\b\p{Ll}+\b")
_EARLY = 600
"""Code points in which a dateline may begin: after a headline and a line or two. Not tuned."""


def find(document: Document) -> Iterator[Match]:
    """Yield a dateline with nothing between it and the first sentence.

    At the very start of a text a city that a country follows as the subject; at the start of an
    early line a city in capitals with its country or state, or any city with a news agency in
    brackets. A name made of both (Mexico City, Panama City) is left alone, as is a city with its
    country in an adjective's place.
    """
    head = document.text[:_EARLY]
    if sum(word[:1].isupper() for word in head.split(maxsplit=6)[:6]) > 1:
        yield from _spelled_out(document)
    if "(" in head or any(len(word) > 2 and word[:3].isupper() for word in head.split()):
        yield from _headed(document)


def _spelled_out(document: Document) -> Iterator[Match]:
    hit = _START.match(document.text)
    if not hit or hit["city"] not in words("cities") or hit["place"] not in words("territories"):
        return
    city, place = hit["city"], hit["place"]
    if document.language != "en" or f"{city} {place}" in lexicon.places():
        return
    message = f"“{city}” looks like a dateline before “{place}”"
    proposals = (f"{city} — {place}", f"{city}: {place}", f"{city}, {place}")
    yield Match(*hit.span("span"), proposals, message, Action.SUGGEST)


def _headed(document: Document) -> Iterator[Match]:
    for hit in _HEAD.finditer(document.text, 0, _EARLY):
        caps = hit["city"].isupper() and len(hit["city"]) > 3
        known = hit["city"].casefold() in _cities()
        region = hit["region"] or ""
        sure = hit["agency"] or (
            caps and (known or region.endswith(".") or region in words("territories"))
        )
        if not sure or (not known and not region and not caps):
            continue
        bare = not (region or hit["agency"] or hit["date"])
        if bare and not _opens_sentence(document.text, hit.end()):
            continue
        if region and not (region.endswith(".") or region in lexicon.places()):
            continue  # the name after the comma runs into the sentence
        if document.language == "en" and not _all_capitals(document.text, hit.start()):
            message = f"“{hit['span']}” looks like a dateline that lost its dash"
            proposals = tuple(f"{hit['span']} {dash}" for dash in "—–-")
            yield Match(*hit.span("span"), proposals, message, Action.SUGGEST)


@cache
def _cities() -> frozenset[str]:
    return frozenset(city.casefold() for city in words("cities"))


def _opens_sentence(text: str, at: int) -> bool:
    """Whether a word follows that begins sentences and no names (`OSLO The ferry`)."""
    return bool(_OPENING.match(text[at : at + 20]))


def _all_capitals(text: str, at: int) -> bool:
    """Whether the line is a headline in capitals, or a list of places: no sentence in it."""
    end = text.find("\n", at)
    line = text[at : end if end >= 0 else len(text)]
    return len(_LOWER.findall(line)) < 5 or line.upper() == line
