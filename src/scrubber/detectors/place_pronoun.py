"""A person's pronoun for a country or a city (`Norway on Friday, he moved the fleet`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from scrubber import lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, escape, lazy
from scrubber.resources import words
from scrubber.text import sentence

if TYPE_CHECKING:
    import regex

_OWNED = frozenset(
    "border borders territory airspace shores soil sovereignty economy currency armed army navy"
    " military headquarters website shareholders subsidiary subsidiaries exports imports embassy"
    " ambassador population citizens parliament constitution statement report quarterly annual"
    " budget branches factories employees customers nuclear neighbors neighbours".split()
)
_ANYONES = frozenset("statement report website budget quarterly annual employees customers".split())
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
    places = "|".join(escape(name) for name in sorted(lexicon.places(), key=len, reverse=True))
    return compiled(
        rf"(?:^|[.!?]\s|(?<=\p{{Ll}}), )(?<place>(?i:{places}))"
        r"(?:\s(?i:on)\s\p{Lu}\p{Ll}+day|\slast\s\p{Ll}+|\sthis\s\p{Ll}+|\syesterday),\s"
        rf"(?<span>[Hh]e|[Ss]he)\s(?!{_SAYING}\b)\p{{Ll}}+(?:ed|s|t|d|e|w|n)\b"
    )


_BODIES = (
    "ministry|government|company|agency|commission|committee|parliament|bank|council|airline|union"
    "|federation|association|foundation|institute|university|newspaper|organi[sz]ation|authority"
    "|embassy|coalition|corporation|state|country|kingdom|republic"
)
_WHAT = rf"(?<what>{'|'.join(sorted(_OWNED, key=len, reverse=True))})\b"
_POSSESSED = [lazy(rf"(?<span>{word}) (?<=\b{word} ){_WHAT}") for word in ("his", "her")]
_OWNER = lazy(
    rf"(?<owner>(?<body>(?:The|This) (?:\p{{L}}\p{{Ll}}+ ){{0,2}}(?:{_BODIES})(?: of \p{{L}}+)?)"
    r"|\p{Lu}[\p{L} ]+?)(?: on \p{Lu}\p{Ll}+day)? (?<between>(?:[\p{Ll}-]+ ){1,6})"
)


def find(document: Document) -> Iterator[Match]:
    """Yield a person's pronoun for a place or a body.

    He and she after a place that begins the clause, before a verb that is not of saying: "In Peru
    on Monday, he flew" has a preposition before the place and is left alone; so is a person said to
    speak ("Peru on Monday, he said"). His and her before what a country or a body has (borders,
    headquarters), where the sentence begins with one and names no person between. A country may be
    "she" in older prose: "her" counts for bodies only. A person has reports too: "in his report".
    """
    if document.language == "en":
        yield from _clauses(document)
        yield from _owners(document)


def _owners(document: Document) -> Iterator[Match]:
    hits = [hit for word in _POSSESSED for hit in word.finditer(document.text)]
    for hit in sorted(hits, key=lambda hit: hit.start()):
        start, _ = sentence(document.text, hit.start())
        head = _OWNER.fullmatch(document.text, start, hit.start())
        if not head or not (head["body"] or head["owner"] in words("territories")):
            continue
        if not head["body"] and hit["span"] == "her":
            continue
        between = head["between"].split()
        if not _PEOPLE.isdisjoint(between):
            continue
        if hit["what"] in _ANYONES and between[-1] not in ("in", "on"):
            continue
        message = f"“{hit['span']} {hit['what']}” follows “{head['owner']}”, which is no person"
        yield Match(*hit.span("span"), ("its",), message, Action.SUGGEST)


_LATER = lazy(r",\s(?:[Hh]e|[Ss]he)\s(?<=(?:day|\s(?:last|this)\s\p{Ll}+),\s(?:[Hh]e|[Ss]he)\s)")
"""What every such clause holds, by its comma: with all places it takes 2 ms a page."""


def _clauses(document: Document) -> Iterator[Match]:
    if not _LATER.search(document.text):
        return
    for hit in _pattern().finditer(document.text):
        old = hit["span"]
        new = "It" if old[0].isupper() else "it"
        message = f"“{old}” stands for “{hit['place']}”, which is no person"
        yield Match(*hit.span("span"), (new,), message, Action.SUGGEST)
