"""Words run together without a capital, one a function word (`volunteerswho`, `ofa`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from scrubber import function_words, lexicon, seams
from scrubber.model import Action, Document, Match

_SURE_LAST = (
    "who why she he and but in of to for was were had at "
    "this that with from when where which what while have has will would could should after before"
    " about into over under than then they there their them because until since during between"
    " through against including"
).split()
_UNSURE_LAST = "or as an is it on be us".split()
_FIRST = (
    "the and of for with that from by was were has had have which who this his her their its are is"
    " to in as at on about into after before between against than but said says"
).split()
_PAIRS = frozenset("of a,in a,to a,is a,as a,in the,of the,to the,on the,at the,as the".split(","))
_AFTER_NAME = frozenset(
    "and who was has had for but which where when with from that this will would could were have"
    " after before about into since until because during between through against including".split()
)
_LAST = sorted({*_SURE_LAST, *_UNSURE_LAST}, key=len, reverse=True)

_STARTS, _ENDS = tuple(_FIRST), tuple(_LAST)
_WHOLE = frozenset(first + second for first, second in (pair.split() for pair in _PAIRS))


def find(
    document: Document, *, left_floor: float = 3.0, right_floor: float = 3.5
) -> Iterator[Match]:
    """Yield words that no one writes and that end, or begin, with a function word.

    Sure, when the whole is unknown and stands once in the document, and the rest is a common word
    (zipf at least `left_floor` before, `right_floor` after the seam). The short endings that also
    end surnames and coinages (`or`, `an`, `is`) are offered only. English only: the word lists are.
    """
    return iter(found(document, left_floor, right_floor))


@lru_cache(maxsize=4)
def found(
    document: Document, left_floor: float = 3.0, right_floor: float = 3.5
) -> tuple[Match, ...]:
    """Return what `find` yields; several rules ask for it."""
    matches = []
    for word in _candidates(document):
        if document.language != "en":
            break
        hit = regex.search(_ALONE.format(word), document.text)
        if hit:
            match = _ending(document, hit.start(), word, left_floor) or _beginning(
                document, hit.start(), word, right_floor
            )
            matches += [match] if match else []
    return tuple(sorted(matches, key=lambda match: match.start))


_ALONE = r"(?<![\p{{L}}\p{{M}}\p{{N}}_@#/.\\'’-]){}(?![\p{{L}}\p{{M}}\p{{N}}_@/(\\-]|\.\p{{L}})"


def _candidates(document: Document) -> Iterator[str]:
    """Words that stand once and look joined; a text without one costs two look-ups a word."""
    for word, count in document.words.items():
        if count > 1 or not (word.endswith(_ENDS) or word.startswith(_STARTS) or word in _WHOLE):
            continue
        if len(word) < 5 and word not in _WHOLE:
            continue
        if not word[1:].islower() or word.lower() in lexicon.english_seams():
            continue
        if word[0].islower() or _named(document, word):
            yield word


def _ending(document: Document, start: int, word: str, floor: float) -> Match | None:
    lower = word.lower()
    if lexicon.zipf(lower, "en") > 0:
        return None
    for last in _LAST:
        left = word[: -len(last)]
        if not lower.endswith(last) or len(left) < 2:
            continue
        lowest = floor - 1 if len(last) > 3 else floor
        if word[0].isupper():
            if not _may_end_name(word, last) and not _is_named(document, left):
                continue
            if lexicon.zipf(left, "en") < 2:
                continue
        elif lexicon.zipf(left, "en") < lowest:
            continue
        long = len(last) > 2 or (len(left) > 2 and word[0].islower())
        sure = (
            long
            and (word[0].islower() or _is_named(document, left))
            and last in _SURE_LAST
            and not seams.code_like(document)
        )
        return _match(start, left, last, Action.FIX if sure else Action.SUGGEST)
    return None


def _named(document: Document, word: str) -> bool:
    """Whether a capitalised word begins with a name and ends with a function word (Polandand)."""
    return any(
        word.endswith(last)
        and (_may_end_name(word, last) or _is_named(document, word[: -len(last)]))
        for last in _LAST
    )


def _may_end_name(word: str, last: str) -> bool:
    """Whether a function word at the end of a capitalised word is no usual end of a name."""
    return last in _AFTER_NAME and not word.endswith("land")


def _is_named(document: Document, left: str) -> bool:
    """Whether a name stands alone elsewhere in the text, or is a place: Marchand is a surname."""
    return document.words[left] > 0 or lexicon.is_nation(left)


def _beginning(document: Document, start: int, word: str, floor: float) -> Match | None:
    lower = word.lower()
    whole = lexicon.zipf(lower, "en")
    for first in sorted(_FIRST, key=len, reverse=True):
        right = word[len(first) :]
        if not word.startswith(first) or (len(right) < 2 and right != "a"):
            continue
        value = lexicon.zipf(right, "en")
        if value < floor or (whole > 0 and min(value, lexicon.zipf(first, "en")) - whole < 4):
            continue
        sure = (whole == 0 and len(right) > 2) or f"{first} {right}" in _PAIRS
        fix = sure and not seams.code_like(document)
        return _match(start, first, right, Action.FIX if fix else Action.SUGGEST)
    return None


def _match(start: int, left: str, right: str, action: Action) -> Match:
    proposals = [f"{left} {right}"]
    if right in function_words.AFTER_COMMA:
        proposals.insert(0, f"{left}, {right}")
    elif right in ("who", "whose", "whom"):
        proposals.append(f"{left}, {right}")
    message = f"“{left}” and “{right}” are words, “{left}{right}” is none"
    return Match(start, start + len(left + right), tuple(proposals), message, action)
