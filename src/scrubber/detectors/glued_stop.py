"""Sentences run together at a lost block break (`the end.Next`, `the end”Next`, `why?“Next`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import context, function_words, lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy
from scrubber.text import CAMEL, chunk

if TYPE_CHECKING:
    import regex

_SEAM = (
    r"(?<before>(?<![\p{L}\p{M}\p{N}’'_@/\\.#-])\p{L}[\p{L}\p{M}’']{0,40}+|\p{N}++|[”\"»)\]])"
    r"(?<stop>[.!?:][\"”’»)\]]{0,2}|(?<=\p{L})[”»\"]|(?<=[.!?][\"”])(?=[“]))"
    r"(?<after>[“‘«(\[]?\p{Lu}[\p{L}\p{M}]*)(?![\p{L}\p{N}_/@(]|[.:]\S)"
)
_MEMBER = r"(?<![\p{L}\p{M}\p{N}_.])(\p{L}[\p{L}\p{M}\p{N}_]*)\.\p{L}[\p{L}\p{M}]*"
_CLOSERS = r"[\"”’»)\]]{0,2}[“‘«(\[]?\p{Lu}"
_QUICK = (
    *(lazy(rf"\{stop}(?<=[\p{{L}}\p{{M}}\p{{N}}’'”\"»)\]].){_CLOSERS}") for stop in ".!?:"),
    *(lazy(rf"{mark}(?<=\p{{L}}.)[“‘«(\[]?\p{{Lu}}") for mark in '”»"'),
    lazy(r"“(?<=[.!?][\"”].)\p{Lu}"),
)
"""What every seam holds, by its first mark: 0.06 ms a page, where all of them as one took 2."""
_YEAR = lazy(r"(?:1[5-9]|20)\d\d")

_DOMAINS = frozenset("Net Com Me Io Js Py Org Co Uk Tv Ai Fm".split())
_SHORT = frozenset("in it is to no me us at be so my as by i".split())
"""Function words that are also ends of host names and of titles: less sure after a name."""
_ABBREVIATED = frozenset(
    "eg ie vs etc approx dept est inc corp ltd jr sr st mr mrs dr no vol".split()
)

FIX, SUGGEST = 5, 2
"""Points from which a stop is repaired or offered; set on 1,220 extracted passages and 30 million
code points of clean text."""


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return (
        rf"[\p{{L}}\p{{M}}\p{{N}}’'”\"»)\]][.!?:]{_CLOSERS}"
        r"|\p{L}[”»\"][“‘«(\[]?\p{Lu}|[.!?][\"”]“\p{Lu}"
    )


def fix_gate() -> str:
    """Return what every text holds that is repaired unattended: see `scrubber.gates`.

    A single letter before the stop is an initial, two before one are a title: never repaired.
    """
    return (
        r"(?:[\p{L}\p{M}’']{3}|\p{N}|[”\"»)\]])[.!?:][\"”’»)\]]{0,2}[“‘«(\[]?\p{Lu}"
        r"|[\p{L}\p{M}’']{2}[.!?:][\"”’»)\]]{0,2}[“‘«(\[]?\p{Lu}[\p{L}\p{M}]"
        r"|\p{L}[”»\"][“‘«(\[]?\p{Lu}|[.!?][\"”]“\p{Lu}"
    )


def find(document: Document) -> Iterator[Match]:
    """Yield stops, or closing quotation marks, with a capitalised word right after them.

    Points for what stands on both sides (a word in lower case, a function word, prose) and for
    other such places in the text decide. Left alone: host names and abbreviations (Economy.Com,
    U.S.Army), names with a stop inside (Alex.Brown), identifiers.
    """
    hits = list(_seams(document.text))
    language = document.language
    if not hits or language not in lexicon.LANGUAGES:
        return
    points = [_points(document, hit, language) for hit in hits]
    sure = sum(value >= FIX for value in points)
    for hit, value in zip(hits, points, strict=True):
        others = sure - (value >= FIX)
        vouched = value + min(2, others) if value >= SUGGEST - 1 else value
        if vouched >= SUGGEST:
            yield _match(document, hit, Action.FIX if vouched >= FIX else Action.SUGGEST)


def _seams(text: str) -> Iterator[regex.Match[str]]:
    """The hits of `_SEAM`, none of which goes over a blank."""
    done = 0
    for at in sorted(hit.start() for quick in _QUICK for hit in quick.finditer(text)):
        if at < done:
            continue
        start, done = chunk(text, done, at)
        yield from compiled(_SEAM).finditer(text, start, min(done + 2, len(text)))


def _match(document: Document, hit: regex.Match[str], action: Action) -> Match:
    text, after = document.text[hit.start() : hit.start("after")], hit["after"]
    proposals: tuple[str, ...] = (f"{text} {after}",)
    if '"' in hit["stop"]:
        proposals, plain = _quoted(document.text, hit)
        action = action if plain else Action.SUGGEST
    if hit["stop"].startswith(":") or after.lower() in context.CREDIT_WORDS:
        action = Action.SUGGEST
    message = f"a sentence ends at “{text[-30:]}” and the blank before “{after}” is lost"
    return Match(hit.start(), hit.end(), proposals, message, action)


def _points(document: Document, hit: regex.Match[str], language: str) -> int:
    """What speaks for a lost blank; a total below `SUGGEST` is silence."""
    before, after = hit["before"], hit["after"].lstrip("“‘«([")
    camel = CAMEL.search(after) and after.lower() not in lexicon.set_names()
    if after in _DOMAINS or before.lower() in (*_ABBREVIATED, after.lower()) or camel:
        return 0  # Economy.Com, etc.The, time.Time, unittest.TestCase
    if document.evidence is not None and document.evidence.is_name(f"{before}.{after}"):
        return 0
    dot = hit["stop"] == "." and before[0].isalpha()
    constant = dot and before.islower() and len(after) > 1 and after.isupper()
    closed = after.lower() in function_words.closed(language) and not constant
    if dot and _is_member(document, hit, closed):
        return 0
    following = context.next_word(document.text, hit.end())
    points = _left(document, hit, language) + _right(document, after, following, language)
    if before[0].isupper() and not closed:
        if not context.previous_word(document.text, hit.start("before"))[:1].isupper():
            return 0  # Alex.Brown; a full name may end a sentence
        points -= 2
    if before[0].isupper() and after.lower() in _SHORT:
        points -= 1
    points += 1 if following[:1].islower() else 0 if following else -1
    if compiled(context.WORDS_BEFORE).search(
        document.text, max(0, hit.start() - 60), hit.start("before")
    ):
        points += 1
    elif hit["before"] not in '”"»)]':
        points -= 2
    if hit["after"][0] in "“‘«" and not before[0].isupper():
        points += 1
    if dot and not closed and context.quotes_code(document):
        return points - 5
    return points - (3 if context.code_like(document) else 0)


def _is_member(document: Document, hit: regex.Match[str], closed: bool) -> bool:
    """Whether a stop joins a name of code and its member (`net.Socket`).

    Code beside the text holds it, or what stands before the stop has members in several places; no
    member is a function word.
    """
    before, after = hit["before"], hit["after"]
    if f"{before}.{after}" in document.aside:
        return True
    return not closed and len(_members(document, before)) > 1


def _members(document: Document, word: str) -> set[str]:
    """What stands around a word with a stop and letters after it: a repetition counts once."""
    found: set[str] = set()
    for text in (document.text, document.aside):
        at = text.find(f"{word}.")
        while at >= 0:
            hit = compiled(_MEMBER).match(text, at)
            if hit and hit[1] == word:
                found.add(text[max(0, at - 12) : hit.end() + 12])
            at = text.find(f"{word}.", at + 1)
    return found


def _left(document: Document, hit: regex.Match[str], language: str) -> int:
    """Points for what stands before the stop."""
    before = hit["before"]
    if before in '”"»)]':
        return 2
    if before[0].isnumeric():
        spaced = document.text[hit.start() - 1 : hit.start()].isspace()
        return 2 if spaced and _YEAR.fullmatch(before) else -1
    if len(before) == 1:
        return -3
    if len(before) == 2 and hit["after"].lower() not in function_words.closed(language):
        return -3  # os.Path
    zipf = lexicon.zipf(before, language)
    if before[0].isupper():
        named = zipf >= 3 or document.words[before] > 1
        return 1 if named and not before.isupper() else 0
    if zipf >= 2 or context.stands_again(document, before):
        return 2
    return 1 if before.islower() and len(before) > 3 else -2


def _right(document: Document, after: str, following: str, language: str) -> int:
    """Points for the word after the stop."""
    if after.lower() in function_words.closed(language):
        return 3
    zipf = lexicon.zipf(after, language)
    if len(after) < 3 or (after.isupper() and not following):
        return 0
    if zipf >= 3.5 and not after.isupper():
        return 2
    return 1 if zipf >= 2.5 or context.stands_again(document, after) else 0


def _quoted(text: str, hit: regex.Match[str]) -> tuple[tuple[str, ...], bool]:
    """Proposals for a seam at straight quotation marks, and whether it is plain which is right.

    A straight mark opens when an even number stands before it in its line, and closes when an odd
    one does. A text may begin within a quotation: of 30 such repairs 4 were wrong, so only two
    marks in a row are plain.
    """
    before, stop, after = hit["before"], hit["stop"], hit["after"]
    if stop.count('"') == 2:
        return (f'{before}{stop[0]}" "{after}',), stop[1:] == '""'
    mark = hit.start("stop") + stop.index('"')
    closing = text.count('"', text.rfind("\n", 0, mark) + 1, mark) % 2
    closes = f"{before}{stop} {after}"
    opens = f'{before}{stop.removesuffix(chr(34))} "{after}'
    return ((closes, opens) if closing else (opens, closes)), False
