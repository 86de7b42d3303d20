"""Words that a blank broke in two (`govern ment`, `wh ich`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from scrubber import lexicon, splits
from scrubber.context import code_like
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy

if TYPE_CHECKING:
    import regex

_PAIR = rf"{splits.BEFORE}(?<left>\p{{L}}\p{{Ll}}*)[ \u00a0](?=(?<right>\p{{Ll}}+){splits.AFTER})"
_LIGATURE = ("ffi", "ffl", "ff", "fi", "fl")
_SPELLED = lazy(r"(?<!\p{L})\p{L}[^\S\n]$")
_SPELLED_ON = lazy(r"[^\S\n]\p{L}(?!\p{L})")
MANY = 4
"""So many sure breaks in a text vouch for each other and for weaker ones."""


def find(document: Document, *, floor: float = 3.0, lead: float = 5.0) -> Iterator[Match]:
    """Yield neighbours of which one is no word and which together are a common one.

    Together they must be `floor` (zipf) common and `lead` powers of ten likelier as one word than
    side by side; one power less where the text has several such breaks. A noun's plural `s` counts
    too, unless it is the name of a thing (the variable s). Left alone: letters that are spelled or
    are words, what stands several times in the text, text full of identifiers, passages in another
    language, and breaks at a ligature, which have a rule of their own. Only a text with a run of
    letters that looks like no word is worth the loading of frequencies.
    """
    language = document.language if splits.suspects(document) else None
    if language not in lexicon.LANGUAGES or code_like(document):
        return
    hits = list(_pairs(document, language))
    found = [
        (hit, value) for hit in hits if (value := _lead(document, hit, language, floor)) >= lead - 1
    ]
    if language == "en":
        found = sorted([*found, *((hit, lead) for hit in _plurals(hits))], key=_place)
    sure = sum(value >= lead + 1 for _, value in found)
    done = 0
    for hit, value in found:
        start, end = hit.start(), hit.end("right")
        if start < done or (value < lead and sure < MANY):
            continue
        if not splits.in_language(document, start, end):
            continue
        whole = hit["left"] + hit["right"]
        part = next(p for p in hit.group("left", "right") if not splits.is_word(p, language))
        yield Match(start, end, (whole,), f"“{whole}” is a word, “{part}” is none", Action.SUGGEST)
        done = end


def _pairs(document: Document, language: str) -> Iterator[regex.Match[str]]:
    """The neighbours of which one is no word, in order."""
    text = document.text.replace("\u00a0", " ")
    chunks = text.split(" ")
    odd = {chunk: _odd(chunk, language) for chunk in set(chunks)}
    tails = {chunk for chunk, ends in odd.items() if ends & 1}
    heads = {chunk for chunk, ends in odd.items() if ends & 2}
    at = 0
    for chunk, following in pairwise(chunks):
        at += len(chunk) + 1
        if chunk in tails or following in heads:
            tail = _TAIL.search(chunk)
            hit = compiled(_PAIR).match(document.text, at - 1 - len(tail[0])) if tail else None
            if hit:
                yield hit


@lru_cache(maxsize=1 << 15)
def _odd(chunk: str, language: str) -> int:
    """1 where what a chunk ends with is no word, 2 where what it begins with is none, or both."""
    tail, head = _TAIL.search(chunk), _HEAD.match(chunk)
    return int(tail is not None and not splits.is_word(tail[0], language)) + 2 * (
        head is not None and not splits.is_word(head[0], language)
    )


_TAIL = lazy(r"(?r)\p{L}+\Z")
_HEAD = lazy(r"\p{L}+")


def _place(found: tuple[regex.Match[str], float]) -> int:
    return found[0].start()


_LETTER_AFTER = frozenset(
    "variable parameter argument string object state member letter option final character value"
    " symbol function type change class field vector point number name like with into from line"
    " size time constant letters strings".split()
)
"""Words after which an `s` is a letter or the name of a thing."""


def _plurals(hits: list[regex.Match[str]]) -> list[regex.Match[str]]:
    """Nouns whose `s` stands apart, as after a link (`<a>ferry boat</a>s`), each another one."""
    found = [hit for hit in hits if hit["right"] == "s"]
    words = {hit["left"] for hit in found}
    if len(words) < len(found) or words & _LETTER_AFTER:
        return []
    return [
        hit
        for hit in found
        if len(hit["left"]) > 3
        and hit["left"].islower()
        and min(lexicon.zipf(hit["left"], "en"), lexicon.zipf(hit["left"] + "s", "en")) >= 3.5
    ]


def _lead(document: Document, hit: regex.Match[str], language: str, floor: float) -> float:
    """By how much the whole is likelier than its parts; 0 where it is not to be offered."""
    left, right = hit["left"], hit["right"]
    whole = left + right
    if len(whole) < 4 or lexicon.zipf(whole, language) < floor:
        return 0.0
    if left.endswith(_LIGATURE) or right.startswith(_LIGATURE):
        return 0.0
    value = splits.gain((left, right), language)
    odd = [part for part in (left, right) if not splits.is_word(part, language)]
    if value < 3 or not odd or not _may_break(left, right, language):
        return 0.0
    if any(document.words[p] > 3 for p in odd) and not document.folded_words[whole.lower()]:
        return 0.0
    text, end = document.text, hit.end("right")
    spelled = _SPELLED.search(text, max(0, hit.start() - 3), hit.start())
    if spelled and spelled[0][0].lower() not in splits.LETTERS[language]:
        return 0.0
    following = _SPELLED_ON.match(text, end)
    if following and following[0][1].lower() not in splits.LETTERS[language]:
        return 0.0
    return value


def _may_break(left: str, right: str, language: str) -> bool:
    """Whether a single letter beside a break is none that stands by itself: names, units, words."""
    if len(left) == 1 and (left.isupper() or left in splits.LETTERS[language]):
        return False
    return len(right) > 1 or not splits.is_word(left, language)
