"""What speaks for and against two words run together at a cut: named features, no verdict."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from math import log1p

from scrubber import context, function_words, lexicon
from scrubber.glue.affixes import is_derived
from scrubber.glue.cuts import Cut, form
from scrubber.glue.halves import PAIRS
from scrubber.glue.reading import cost
from scrubber.model import Document
from scrubber.patterns import lazy

Features = dict[str, float]

RARE = 3.0
"""What a feature counts that few labels have and that is known to be sure: the higher, the less
its weight is held down for want of examples."""

_YEAR = lazy(r"(?<!\p{N})(?:1[5-9]|20)\p{N}{2}(?!\p{N})")
_APOSTROPHE = lazy("['’]")

_GROUP = {"en": "en", "de": "de", "nl": "de", "pl": "sl", "ru": "sl"}


def features(document: Document, cut: Cut) -> Features:
    """Return the evidence at a cut, as numbers by name; a name that is missing counts as 0.

    Three kinds: the words (how frequent, how long, function words or not, known from elsewhere in
    the document), the whole (known, derived from a known word, foreign, seen again), the place
    (neighbours, marks, other cuts of the token).
    """
    left, right, code = cut.left, cut.right, cut.language
    stand = context.stands(document, left), context.stands(document, right)
    found = {**_of_words(left, right, code, *stand)}
    found |= _of_whole(left, right, code, alone=len(cut.parts) == 2)
    _of_document(document, cut, found)
    _of_place(document, cut, found)
    return found


def _binned(name: str, value: float, edges: tuple[float, ...]) -> str:
    return f"{name}.{bisect_right(edges, value)}"


_ZIPF = (0.1, 2, 3, 4, 5, 6)


@lru_cache(maxsize=1 << 13)
def _of_words(left: str, right: str, code: str, left_stands: bool, right_stands: bool) -> Features:
    """What is known of two words, each of which stands elsewhere or not: read it only."""
    found: Features = {}
    closed = function_words.closed(code)
    classes = []
    for side, word, stands in (("left", left, left_stands), ("right", right, right_stands)):
        zipf = lexicon.zipf(word, code)
        is_closed = word.lower() in closed
        found[_binned(f"{side}.zipf", zipf, _ZIPF)] = 1
        found[_binned(f"{side}.length", len(word), (2, 3, 4, 5))] = 1
        if is_closed:
            found[f"{side}.closed"] = 1
            found[f"{side}={word.lower()}" if code == "en" else f"{side}={code}.{word.lower()}"] = 1
        elif stands and zipf < 6:
            found[f"{side}.elsewhere"] = 1
        classes.append(_class(word, zipf, is_closed, stands))
        if code != "en" or word.islower():
            found[f"{side}.compounds"] = 0 if is_closed else _compounds(side, word, code)
    found[f"pair.{classes[0]}+{classes[1]}"] = 1
    kinds = ["closed" if name == "closed" else "open" for name in classes]
    found[f"pair.{_GROUP.get(code, 'ro')}.{kinds[0]}+{kinds[1]}"] = 1
    found[f"case.{_case(left)}{_case(right)}"] = 1
    if form(left, right) == "digit" and "closed" in classes and _YEAR.search(left + right):
        found["year+closed"] = RARE
    return found


def _class(word: str, zipf: float, closed: bool, stands: bool) -> str:
    if closed:
        return "closed"
    if word.isnumeric():
        return "number"
    if len(word) == 1:
        return "letter"
    if zipf >= 4:
        return "common"
    if zipf >= 2.5:
        return "known"
    if stands:
        return "elsewhere"
    return "rare" if zipf else "unknown"


def _case(word: str) -> str:
    """`n` lower case, `T` a first capital, `A` an acronym, `I` one capital, `d` a number."""
    if word[0].isnumeric():
        return "d"
    if not word[0].isupper():
        return "n"
    if word.isupper():
        return "A" if len(word) > 1 else "I"
    return "T"


@lru_cache(maxsize=4096)
def _compounds(side: str, word: str, code: str) -> float:
    count = lexicon.beginning if side == "left" else lexicon.ending
    return log1p(count(word.lower(), code)) / 4


@lru_cache(maxsize=1 << 13)
def _of_whole(left: str, right: str, code: str, *, alone: bool) -> Features:
    """What is known of two words as one; `alone` where they are all of a token: read it only."""
    whole = left + right
    zipf = lexicon.zipf(whole, code)
    both = lexicon.zipf(left, code), lexicon.zipf(right, code)
    found: Features = {_binned("whole.zipf", zipf, (0.1, 1.2, 2, 3)): 1}
    found["lead"] = (min(both) - zipf) / 4
    found["sum"] = sum(both) / 10
    if whole in PAIRS:
        found["whole.pair"] = RARE
    if form(left, right) == "lower":
        if is_derived(whole.lower(), code):
            found["whole.derived"] = 1
        if code == "en" and not zipf and lexicon.is_foreign(whole):
            found["whole.foreign"] = 1
        if alone and left[0].isupper():
            found["whole.title"] = 1
            if lexicon.is_first_name(whole):
                found["whole.name"] = 1
    return found


def _of_document(document: Document, cut: Cut, found: Features) -> None:
    left, right, code = cut.left, cut.right, cut.language
    whole = cost(document, left + right, code)
    saved = whole - cost(document, left, code) - cost(document, right, code)
    found["saved"] = saved / 5
    again = _contexts(document, cut)
    if again > 1:
        found["whole.again"] = 1
        found["whole.often"] = float(again > 2)


def _contexts(document: Document, cut: Cut) -> int:
    """In how many surroundings the token stands: a repeated paragraph counts once."""
    token = _APOSTROPHE.split(cut.left)[-1] + _APOSTROPHE.split(cut.right)[0]
    if document.text.count(token) > 1 and document.words[token] == 1:
        return 1  # elsewhere it is a part of other words
    seen: set[str] = set()
    at = document.text.find(token)
    while at >= 0 and len(seen) < 3:
        end = at + len(token)
        before = document.text[max(0, at - 12) : at].rpartition("\n")[2]
        seen.add(before + document.text[at : end + 12].partition("\n")[0])
        at = document.text.find(token, end)
    return len(seen)


def _of_place(document: Document, cut: Cut, found: Features) -> None:
    text, closed = document.text, function_words.closed(cut.language)
    left, right = cut.left, cut.right
    first, last = cut.number == 0, cut.number == len(cut.parts) - 2
    previous = context.previous_word(text, cut.start) if first else cut.parts[cut.number - 1]
    following = context.next_word(text, cut.end) if last else cut.parts[cut.number + 2]
    before, after = text[cut.start - 1 : cut.start], text[cut.end : cut.end + 1]
    left_closed, right_closed = left.lower() in closed, right.lower() in closed
    here = {
        "several": len(cut.parts) > 2,
        "several.many": len(cut.parts) > 3,
        "before.hyphen": before in ("-", "‐"),
        "before.apostrophe": before in ("'", "’"),
        "before.dot": before == "." and text[cut.start - 2 : cut.start - 1].isalnum(),
        "before.underscore": before == "_",
        "before.colon": before == ":",
        "after.hyphen": after in ("-", "‐"),
        "after.apostrophe": after in ("'", "’"),
        "after.dot": after == "." and text[cut.end + 1 : cut.end + 2].isalnum(),
        "after.underscore": after == "_",
        "after.colon": after == ":",
        "in.brackets": before == "(" and after == ")",
        "code": context.code_like(document),
        "previous.none": not previous,
        "previous.capital+left.capital": previous[:1].isupper() and left[0].isupper(),
        "previous.closed+left.closed": previous.lower() in closed and left_closed,
        "previous.closed+left.open": previous.lower() in closed and not left_closed,
        "right.closed+next.none": right_closed and not following,
        "right.closed+next.closed": right_closed and following.lower() in closed,
        "right.closed+next.capital": right_closed and following[:1].isupper(),
        "right.open+next.none": not right_closed and not following,
        "right.open+next.closed": not right_closed and following.lower() in closed,
        "right.capital+next.capital": right[0].isupper() and following[:1].isupper(),
    }
    open_pair = not left_closed and not right_closed
    beside = here["before.underscore"] or here["after.underscore"]
    beside = beside or here["before.dot"] or here["after.dot"]
    here["open+open.several"] = open_pair and len(cut.parts) > 2
    here["open+open.code"] = open_pair and here["code"]
    here["open+open.beside"] = open_pair and beside
    found.update((name, 1.0) for name, holds in here.items() if holds)
    if cut.language == "en":
        if right_closed:
            found[f"right.{_kind(right)}+next.{_kind(following)}"] = 1
        if left_closed:
            found[f"previous.{_kind(previous)}+left.{_kind(left)}"] = 1


_KINDS = (
    ("relative", function_words.RELATIVE),
    ("auxiliary", function_words.AUXILIARY),
    ("subject", function_words.SUBJECT),
    ("preposition", function_words.PREPOSITION),
    ("conjunction", function_words.CONJUNCTION),
    ("determiner", function_words.DETERMINER | function_words.POSSESSIVE),
    ("object", function_words.OBJECT),
    ("adverb", function_words.ADVERB),
)


def _kind(word: str) -> str:
    """The class of an English word, as far as its form tells."""
    if not word:
        return "none"
    lower = word.lower()
    for name, members in _KINDS:
        if lower in members:
            return name
    return "capital" if word[0].isupper() else "open"
