"""A noun that a second name for the same thing follows (`300 soldiers Danish guards`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from scrubber import lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy
from scrubber.resources import words

if TYPE_CHECKING:
    import regex

_COUNTED = lazy(
    r"\p{N}[\p{N},.]*(?: (?:thousand|million|hundred))? "
    r"(?<span>(?<first>\p{Ll}{3,}s) (?<nation>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?) "
    r"(?<second>\p{Ll}{3,}s))\b"
)
_VERBS = frozenset("has was does is says wins gets makes takes goes needs wants plans ".split())
_UNITS = frozenset("years days weeks months hours minutes seconds times degrees points".split())
_PAIR = lazy(
    r"\b(?<first>\p{Ll}{4,}) (?:(?<which>army|police|government|local|\p{Lu}\p{Ll}+) )?"
    r"(?<second>\p{Ll}{4,})\b(?!['’-])"
)


@cache
def _groups() -> dict[str, frozenset[str]]:
    """The words of `same-things`, each with all of its group."""
    groups = (frozenset(line.split()) for line in words("same-things"))
    return {word: group for group in groups for word in group}


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    nouns, name = "|".join(sorted(_groups())), r"\p{Lu}\p{Ll}+"
    return (
        rf"(?:{nouns}) (?:(?:army|police|government|local|{name}) )?(?:{nouns})"
        rf"|\p{{N}} (?:(?:thousand|million|hundred) )?\p{{Ll}}+s {name}(?: {name})? \p{{Ll}}+s"
    )


def find(document: Document) -> Iterator[Match]:
    """Yield two names for the same thing in a row: which of them to keep needs the original.

    Either a number with a plural noun, a nation and another plural noun, or two nouns of one group
    in `same-things` with at most a nation or the like between. "90 minutes England wins" has a
    verb of the third person there; the usual ones are left alone.
    """
    nations = not lexicon.nationalities().isdisjoint(document.vocabulary)
    for hit in _COUNTED.finditer(document.text) if nations else ():
        if not _is_nation(hit["nation"]):
            continue
        if hit["second"] in _VERBS or hit["first"] in _UNITS or document.language != "en":
            continue
        yield _match(hit, hit.span("span"))
    groups = _groups()
    if len(groups.keys() & document.vocabulary) < 2 or document.language != "en":
        return
    taken = [match.span("span") for match in _COUNTED.finditer(document.text)]
    for word in sorted(groups.keys() & document.vocabulary):
        for start in _starts(word, document.text):
            pair = _PAIR.match(document.text, start)
            if not pair or pair["second"] not in groups[word] or pair["second"] == word:
                continue
            which = pair["which"]
            if which and which[0].isupper() and not _is_nation(which):
                continue
            if not any(a <= pair.start() < b for a, b in taken):
                yield _match(pair, pair.span())


def _starts(word: str, text: str) -> Iterator[int]:
    """Where a word stands that a blank follows, or what ends in it: `_PAIR` tells the two apart."""
    at = text.find(f"{word} ")
    while at >= 0:
        yield at
        at = text.find(f"{word} ", at + 1)


def _match(hit: regex.Match[str], span: tuple[int, int]) -> Match:
    message = f"“{hit['first']}” and “{hit['second']}” may be the same thing said twice"
    return Match(*span, (), message, Action.REPORT)


def _is_nation(name: str) -> bool:
    """Whether the last word of a name is a demonym (Danish, North Korean)."""
    return name.split()[-1] in lexicon.nationalities()
