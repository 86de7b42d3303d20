"""Blanks inside brackets and quotation marks, from joining text nodes with a blank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import function_words
from scrubber.context import code_like
from scrubber.model import Document, Match
from scrubber.patterns import MULTILINE, lazy

if TYPE_CHECKING:
    import regex

_PAIRS = lazy(
    r"\((?<inside>[^()\n]{2,160})\)|(?<![\p{L}\p{N})\]])\[(?<inside>[^\[\]\n]{2,160})\]"
    r"|„(?<inside>[^„“”\n]{2,300})[“”]|(?<![^\s(\[—–-])“(?<inside>[^“”\n]{2,300})”"
    r"|(?<=^|[\s(])\"(?<inside>[^\"\n]{2,300})\"(?=[\s.,;:!?)]|$)",
    MULTILINE,
)
_QUICK = lazy(r"[(\[“„\"][ \u00a0]|[ \u00a0][)\]“”\"]")
_CODE = lazy(r"[=<>{}|\\^_;$*#&~]|\p{L}\(|   ")
_OPEN_END = lazy(r"[-–—/+,.:]$|^[-–—/+,.:]")
_KEYWORD = lazy(
    r"(?:\b(?:if|while|for|switch|return|sizeof|when|catch|foreach|elif|and|or|not)"
    r"|\W\p{L}|[=+*/<>|&])\s*$"
)
_NESTED = lazy(r"^\s*[\"'‘“]|[\"'’”]\s*$")
_LAST = lazy(r"(\p{L}+)\s*$")


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    blank = r"[\t\v\f\r\x1c-\x1f\x{85}\p{Z}]"
    return rf"[(\[“„]{blank}|{blank}[)\]”]|„|(?m:^|[\s\p{{Z}}(])\"{blank}"


def find(document: Document, *, share: float = 0.5) -> Iterator[Match]:
    """Yield each blank between a bracket or quotation mark and the words in it.

    Left alone: a text of which more than `share` of the pairs are set so (once there are four),
    code, tables and formulae, single letters and boxes (`[ ]`, `( x )`), straight quotation marks
    with a blank at one side only, whose partner may be another, and an inside that ends in a
    preposition, whose link was lost (`as seen in )`).
    """
    text = document.text
    if not _QUICK.search(text):
        return
    pairs = list(_PAIRS.finditer(text))
    spaced = [pair for pair in pairs if pair["inside"][0].isspace() or pair["inside"][-1].isspace()]
    if not spaced or code_like(document):
        return
    if len(spaced) > 3 and len(spaced) > share * len(pairs):
        return
    for pair in spaced:
        inside = pair["inside"]
        before, after = inside[0].isspace(), inside[-1].isspace()
        if not _is_prose(text, pair) or (pair[0][0] == '"' and not (before and after)):
            continue
        if before:
            yield Match(pair.start(), pair.start() + 2, (pair[0][0],))
        if after:
            yield Match(pair.end() - 2, pair.end(), (pair[0][-1],))


def _is_prose(text: str, pair: regex.Match[str]) -> bool:
    """Whether words stand inside, and words, no code, around."""
    inside, mark = pair["inside"].strip(), pair[0][0]
    if len(inside) < 2 or (mark == "[" and inside.isupper()) or _CODE.search(inside):
        return False
    if mark in "([" and _OPEN_END.search(inside):
        return False
    if mark == "(" and _KEYWORD.search(text, max(0, pair.start() - 12), pair.start()):
        return False
    if mark == "[" and _ALONE.fullmatch(text, *_line(text, pair)):
        return False
    if mark in '“„"' and _NESTED.search(pair["inside"]):
        return False
    last = _LAST.search(inside)
    return not last or last[1].lower() not in _OPEN


_ALONE = lazy(r"[\s\p{P}=]*\[[^\[\]]*\][\s\p{P}=]*")
_OPEN = function_words.PREPOSITION | {"a", "an", "the", "and", "or", "see"}


def _line(text: str, pair: regex.Match[str]) -> tuple[int, int]:
    end = text.find("\n", pair.end())
    return text.rfind("\n", 0, pair.start()) + 1, len(text) if end < 0 else end
