"""Blanks before commas, stops and their kin, from joining text nodes with a blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import function_words
from scrubber.context import code_like
from scrubber.model import Document, Match
from scrubber.patterns import compiled, lazy

if TYPE_CHECKING:
    import regex

_BLANK = lazy(
    r"(?<=[\p{Ll}\p{N})\]”’»%]|\p{L}\p{Lu})(?<gap>[ \t\u00a0]+)(?<mark>[,.;:!?])(?=\s|$|[\"”’»)\]])"
    r"(?!\s?[,.;:!?(-])"
)
_BLANKS = " \t\u00a0"
_QUICK = lazy(rf"[{_BLANKS}][,.;:!?]")
_CLOSE = lazy(r"[\p{L}\p{N})\]”’»%](?<mark>[,.;:!?])(?=\s|$)")
_LAST_WORD = r"(?<!\S)[\"“‘«(\[]?(\p{L}+)$"
_OPEN = {
    "en": function_words.PREPOSITION
    | frozenset("a an the see and or than is are was were be named called".split()),
    "de": frozenset(
        "der die das den dem des ein eine und oder von vom zu zum zur mit auf für in".split()
    ),
    "es": frozenset("el la los las un una de del al a y o en con por para".split()),
    "fr": frozenset("le la les des du un une et ou de à en par pour avec dans sur".split()),
    "it": frozenset("il lo la gli le un una di da del della e o ed in con per".split()),
    "nl": frozenset("de het een en of van in op te met voor".split()),
    "pl": frozenset("i w z na do od po za przez oraz lub".split()),
    "pt": frozenset("o a os as um uma de do da dos das e ou em no na com por para".split()),
    "ru": frozenset("и или в на с к о у из от по для".split()),
}
"""Words after which something is missing: a link's text was lost there, not a blank won."""
_WORDS = {",": 0, ".": 1}
"""Blanks before a mark on its line, at least: `name : text` defines, `But , …` does not."""
_MENTION = lazy(r"\s+(?:or|and|und|oder|et|ou|y|o|e|to|in|is|as|for|character|symbol)\b")
_SENTENCE_ON = lazy(r"[\"”’»)\]]*(?:\s+[\"“‘«(\[]?[\p{Lu}\p{N}]|\s*\n|\s*\Z)")
_CLAUSE_ON = lazy(r"[^\S\n]+[\"“‘«(\[]?[\p{L}\p{N}]|\s*\n|\s*\Z")


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"[\p{L}\p{N})\]”’»%][ \t\x{a0}]+[,.;:!?](?:[\s\p{Z}\x{85}\x1c-\x1f\"”’»)\]]|\z)"


def find(document: Document, *, share: float = 0.25) -> Iterator[Match]:
    """Yield blanks before a mark, unless the text is set that way throughout.

    More than `share` of all commas and stops after a blank is a tokenised text or a writer's habit,
    whose blanks are no defect of it; the same goes for each pair `;:` and `!?` once there are two.
    Left alone too: marks that are talked about (a trailing ! sign), marks after a preposition or an
    article, where a link's text is missing and no blank is the defect, tables, definition lists,
    in French all marks that it sets a blank before, and in text full of identifiers all marks but
    comma and stop.
    """
    text = document.text
    hits = list(_hits(text))
    prose = {hit.start() for hit in hits if _is_prose(document, hit)}
    if not prose:
        return
    close = [hit["mark"] for hit in _CLOSE.finditer(text)]
    for marks in (",.",) if document.language == "fr" else (",.", ";:", "!?"):
        here = [hit for hit in hits if hit["mark"] in marks]
        there = sum(mark in marks for mark in close)
        if len(here) > share * (len(here) + there) and (len(here) > 1 or marks == ",."):
            continue
        for hit in here:
            if hit.start() in prose:
                yield Match(hit.start(), hit.end(), (hit["mark"],))


def _hits(text: str) -> Iterator[regex.Match[str]]:
    """The blanks before a mark; only what is quickly found is looked at closely."""
    for quick in _QUICK.finditer(text):
        start = quick.start()
        while start and text[start - 1] in _BLANKS:
            start -= 1
        hit = _BLANK.match(text, start)
        if hit:
            yield hit


def _is_prose(document: Document, hit: regex.Match[str]) -> bool:
    """Whether the mark ends a clause of prose, and all of that clause is there."""
    text, mark, end = document.text, hit["mark"], hit.end()
    line = text.rfind("\n", 0, hit.start()) + 1
    before = text[max(line, hit.start() - 120) : hit.start()]
    if before.count(" ") < _WORDS.get(mark, 2) or "\t" in hit["gap"] or len(hit["gap"]) > 2:
        return False
    last = compiled(_LAST_WORD).search(before)
    if last and last[1].lower() in _OPEN.get(document.language or "", ()):
        return False
    if mark in ",." and not code_like(document):
        return True
    if code_like(document) and mark not in ",.":
        return False
    if _MENTION.match(text, end):
        return False
    return bool((_CLAUSE_ON if mark in ",;:" else _SENTENCE_ON).match(text, end))
