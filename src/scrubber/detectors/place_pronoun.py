"""A person's pronoun for a country or a city (`Norway on Friday, he moved the fleet`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from scrubber import lexicon
from scrubber.model import Action, Document, Match
from scrubber.resources import words

_OWNED = frozenset(
    "border borders territory airspace shores soil sovereignty economy currency armed army navy"
    " military headquarters website shareholders subsidiary subsidiaries exports imports embassy"
    " ambassador population citizens parliament constitution statement report quarterly annual"
    " budget branches factories employees customers nuclear neighbors neighbours".split()
)
_PEOPLE = frozenset(
    "man woman who whom him she he minister president king queen emperor leader chief head director"
    " chairman founder owner officer general someone person father mother wife husband son"
    " daughter envoy diplomat player worker author by for from at with".split()
)
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


_BODIES = (
    "ministry|government|company|agency|commission|committee|parliament|bank|council|airline|union"
    "|federation|association|foundation|institute|university|newspaper|organi[sz]ation|authority"
    "|embassy|coalition|corporation|state|country|kingdom|republic"
)
@cache
def _owner_pattern() -> regex.Pattern[str]:
    territories = "|".join(
        regex.escape(name) for name in sorted(words("territories"), key=len, reverse=True)
    )
    return regex.compile(
        rf"(?:^|(?<=[.!?][”\"]? ))(?<owner>(?:The|This) (?:\p{{Ll}}+ |\p{{Lu}}\p{{Ll}}+ ){{0,2}}(?:{_BODIES})"
        rf"|{territories})(?: on \p{{Lu}}\p{{Ll}}+day)?"
        rf" (?<between>(?:[\p{{Ll}}-]+ ){{1,6}})(?<span>his|her) (?<what>(?:{'|'.join(sorted(_OWNED, key=len, reverse=True))}))\b",
        regex.MULTILINE,
    )


def find(document: Document) -> Iterator[Match]:
    """Yield a person's pronoun for a place or a body.

    He and she after a place that begins the clause, before a verb that is not of saying: "In Peru
    on Monday, he flew" has a preposition before the place and is left alone; so is a person said to
    speak ("Peru on Monday, he said"). His and her before what only a country or a body has (borders,
    headquarters), where the sentence begins with one and names no person between. A country may be
    "she" in older prose: "her" counts for bodies only.
    """
    if document.language == "en":
        yield from _clauses(document)
        yield from _owners(document)


def _owners(document: Document) -> Iterator[Match]:
    if document.folded_words.keys().isdisjoint(_OWNED):
        return
    for hit in _owner_pattern().finditer(document.text):
        country = not hit["owner"].startswith(("The ", "This "))
        words_between = set(hit["between"].split())
        if (country and hit["span"] == "her") or words_between & _PEOPLE or "ship" in hit["owner"]:
            continue
        message = f"“{hit['span']} {hit['what']}” follows “{hit['owner']}”, which is no person"
        yield Match(*hit.span("span"), ("its",), message, Action.SUGGEST)


def _clauses(document: Document) -> Iterator[Match]:
    for hit in _pattern().finditer(document.text):
        old = hit["span"]
        new = "It" if old[0].isupper() else "it"
        message = f"“{old}” stands for “{hit['place']}”, which is no person"
        yield Match(*hit.span("span"), (new,), message, Action.SUGGEST)
