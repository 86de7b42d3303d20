"""Words run together without a capital, one a function word (`volunteerswho`, `ofa`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from scrubber import function_words, lexicon, seams
from scrubber.model import Action, Document, Match
from scrubber.patterns import alone
from scrubber.text import language_around

_LAST = (
    "the who why she he and but in of to for was were had at "
    "this that with from when where which what while have has will would could should after before"
    " about into over under than then they there their them because until since during between"
    " through against including"
).split()
_LAST_DOUBTFUL = "or as an is it on be us".split()
_FIRST = "the and of with from that which this have were their said your".split()
_FIRST_DOUBTFUL = (
    "for by was had has who his her its are is to in as at on about into after before between"
    " against than but says"
).split()
_PAIRS = frozenset("of a,in a,to a,is a,as a,in the,of the,to the,on the,at the,as the".split(","))
_AFTER_NAME = frozenset(
    "and who was has had for but which where when with from that this will would could were have"
    " after before about into since until because during between through against including".split()
)
_ENDS, _STARTS = (*_LAST, *_LAST_DOUBTFUL), (*_FIRST, *_FIRST_DOUBTFUL)
_WHOLE = frozenset(pair.replace(" ", "") for pair in _PAIRS)

_BEFORE = r"(?<![\p{L}\p{M}\p{N}_@#/.\\'’\]\[(){}|=<>$*\u00ad-]|[-‐\u00ad]\s*\n\s*)"
_AFTER = r"(?![\p{L}\p{M}\p{N}_@/(\[{|=<>$*\\'’\u00ad-]|\.\p{L}|::)"
"""Not beside what makes a word a part of another, an identifier, or half of a broken line."""


def find(
    document: Document, *, left_floor: float = 3.0, right_floor: float = 3.5
) -> Iterator[Match]:
    """Yield words that no one writes and that end, or begin, with a function word.

    Sure, when the whole is unknown and stands once in the document, and the rest is a common word
    (zipf at least `left_floor` before, `right_floor` after the seam). Offered only: endings that
    also end surnames and coinages (`or`, `an`, `is`), beginnings that also begin words (`in`,
    `for`, `after`), and all in text full of identifiers. Left alone: words of other languages,
    words made from known ones (formatters), words in quotes, passages of another language. English.
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
        cut = _best_cut(document, word, left_floor, right_floor)
        at = alone(word, document.text, _BEFORE, _AFTER) if cut else -1
        if not cut or at < 0 or not _plausible(document, word, at, at + len(word)):
            continue
        left, right = cut
        sure = _is_sure(document, left, right, at + len(word))
        if seams.code_like(document):
            if not sure:
                continue  # isdigit, infile: names, most likely
            sure = False
        matches.append(_match(at, left, right, Action.FIX if sure else Action.SUGGEST))
    return tuple(sorted(matches, key=lambda match: match.start))


def _candidates(document: Document) -> Iterator[str]:
    """Words that stand once and look joined; a text without one costs two look-ups a word."""
    for word, count in document.words.items():
        if count > 1 or not (word.endswith(_ENDS) or word.startswith(_STARTS) or word in _WHOLE):
            continue
        if len(word) < 5 and word not in _WHOLE:
            continue
        if not word[1:].islower() or word.lower() in lexicon.english_seams():
            continue
        if word.lower() in lexicon.camel_names():
            continue
        if word[0].islower() or _ends_a_name(document, word):
            yield word


def _best_cut(
    document: Document, word: str, left_floor: float, right_floor: float
) -> tuple[str, str] | None:
    """The likeliest two words, or None where the whole is one or nothing fits."""
    whole = lexicon.zipf(word, "en")
    cuts: dict[tuple[str, str], float] = {}
    for last in _ENDS:
        left = word[: -len(last)]
        if word.endswith(last) and len(left) > 1 and whole == 0:
            floor = left_floor - 1 if len(last) > 3 or word[0].isupper() else left_floor
            if lexicon.zipf(left, "en") >= floor:
                cuts[left, last] = lexicon.zipf(left, "en") + lexicon.zipf(last, "en")
    for first in _STARTS:
        right = word[len(first) :]
        value = lexicon.zipf(right, "en")
        if word.startswith(first) and (len(right) > 1 or right == "a") and value >= right_floor:
            lead = min(value, lexicon.zipf(first, "en")) - whole
            if whole == 0 or (lead >= 4 and f"{first} {right}" in _PAIRS):
                cuts[first, right] = value + lexicon.zipf(first, "en")
    return max(cuts, key=lambda cut: cuts[cut]) if cuts else None


def _plausible(document: Document, word: str, start: int, end: int) -> bool:
    """Whether a word is none in any way that is known, and stands in English."""
    text = document.text
    if text[start - 1 : start] in seams.QUOTES and text[end : end + 1] in seams.QUOTES and start:
        return False
    for ending in ("s", "es", "er", "ers", "ing", "ed", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and (lexicon.zipf(stem, "en") > 0 or lexicon.zipf(stem + "e", "en") > 0):
            return False
    if word not in _WHOLE and lexicon.is_foreign(word):
        return False
    return language_around(text, start, end) in ("en", None)


def _is_sure(document: Document, left: str, right: str, end: int) -> bool:
    """Whether a cut may be made unattended, for what it leaves on both sides."""
    following = seams.next_word(document.text, end)
    if len(left) < 2:
        return False
    if f"{left} {right}" in _PAIRS or (
        left in function_words.CLOSED and right in function_words.CLOSED
    ):
        return len(left + right) > 4 or following.islower()
    if left in _FIRST:
        return len(right) > 2
    if len(left) < 4 and lexicon.zipf(left, "en") < 4.5:
        return False  # birthen, doche: old and foreign words end like these too
    if right not in _LAST or (left[0].isupper() and not _is_named(document, left)):
        return False
    if len(right) > 2:
        return True
    opens = function_words.DETERMINER | function_words.POSSESSIVE | {"this", "that", "these"}
    return len(left) > 2 and left[0].islower() and (right == "he" or following.lower() in opens)


def _ends_a_name(document: Document, word: str) -> bool:
    """Whether a capitalised word begins with a name and ends with a function word (Norwayand)."""
    return any(
        word.endswith(last)
        and (
            (last in _AFTER_NAME and not word.endswith("land"))
            or _is_named(document, word[: -len(last)])
        )
        for last in _ENDS
    )


def _is_named(document: Document, left: str) -> bool:
    """Whether a name stands alone elsewhere in the text, or is a place: Marchand is a surname."""
    return document.words[left] > 0 or lexicon.is_nation(left)


def _match(start: int, left: str, right: str, action: Action) -> Match:
    proposals = [f"{left} {right}"]
    if right in function_words.AFTER_COMMA:
        proposals.insert(0, f"{left}, {right}")
    elif right in ("who", "whose", "whom"):
        proposals.append(f"{left}, {right}")
    message = f"“{left}” and “{right}” are words, “{left}{right}” is none"
    return Match(start, start + len(left + right), tuple(proposals), message, action)
