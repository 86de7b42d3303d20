"""A quoted idiom whose small words changed (`the “ice of thin”` for `on thin ice`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from scrubber import function_words, resources
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy

_QUOTED = lazy(r"“(?<inside>\p{L}[^“”\n.!?…]{5,60})”|(?<!\S)\"(?<inside>\p{L}[^\"\n.!?…]{5,60})\"")
_WORD = lazy(r"[\p{L}’']+")
_SMALL = function_words.CLOSED | function_words.POSSESSIVE | function_words.OBJECT | {"no", "one's"}
_MARKS = lazy(r"[^\p{L}\p{N} ]+")


def _content(text: str) -> frozenset[str]:
    """The words of a phrase that are not small, in lower case."""
    found = (word.lower().replace("’", "'") for word in _WORD.findall(text))
    return frozenset(word for word in found if word not in _SMALL)


@cache
def _idioms() -> dict[frozenset[str], list[str]]:
    """The idioms by their content words, of which each has two or more."""
    idioms: dict[frozenset[str], list[str]] = {}
    for idiom in sorted(resources.words("idioms")):
        if len(_content(idiom)) > 1:
            idioms.setdefault(_content(idiom), []).append(idiom)
    return idioms


def find(document: Document) -> Iterator[Match]:
    """Yield a short quotation with just the content words of an idiom, but other small words.

    A translator back from another language keeps "hell" and "pay" and loses what stood between.
    Quoted only, for what a writer quotes he takes for a set phrase; outside quotation marks the
    same words meet by chance. An idiom with words around it, or shortened to its content words, or
    with another person's pronoun, is left alone.
    """
    for hit in _QUOTED.finditer(document.text):
        inside = hit["inside"].rstrip(",;: ")
        words = inside.split()
        if not 2 < len(words) < 12:
            continue
        found = _idioms().get(_content(inside))
        if not found or document.language != "en" or any(_same(inside, idiom) for idiom in found):
            continue
        message = f"“{inside}” has the words of the idiom “{found[0]}”, but not its wording"
        start = hit.start("inside")
        offered = tuple(idiom for idiom in found if "one's" not in idiom)
        yield Match(start, start + len(inside), offered, message, Action.SUGGEST)


def _same(inside: str, idiom: str) -> bool:
    """Whether an idiom stands there as it is said, but for articles and pronouns."""
    return _bare(idiom) in _bare(inside) or _bare(inside) in _bare(idiom)


_LIGHT = frozenset("a an the one's my your his her its our their it is was are be to s".split())


def _bare(text: str) -> str:
    words = _MARKS.sub("", text.lower().replace("’s", "").replace("'s", "")).split()
    return " ".join(word for word in words if word not in _LIGHT)
