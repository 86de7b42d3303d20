"""Words that touch a link without a blank, where the markup tells where the link ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from scrubber import context, function_words, lexicon
from scrubber.function_words import is_closed
from scrubber.glue.affixes import ENDINGS, PREFIXES, is_derived
from scrubber.glue.halves import PAIRS
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy
from scrubber.text import HOLE

KNOWN, COMMON = 2.5, 4.5
"""Zipf frequencies of a word that is no rare one, and of one that every text may hold."""

_RUN = lazy(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)?")
_RUN_BEFORE = lazy(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)?\Z")
_NAME_BEFORE = lazy(r"\p{Lu}[\p{L}\p{M}]*(?:[-’'.][\p{L}\p{M}]+)*\Z")
_NO_BLANKS = lazy(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_NO_PROSE = frozenset("_/\\=@#$<>{}|~^+*&%")
_BUTTONS = frozenset("edit source src link permalink view top back".split())
_PARTICLES = frozenset("up down in out on off over by back away".split())


def find(document: Document) -> Iterator[Match]:
    """Yield places where a word and a link's text touch: `[the union](u)which`, `with[a](u)`.

    A function word or a common word is done unattended, others are offered. Left alone: endings and
    prefixes (`[link](u)s`, `re[start](u)`), what is one word or a known name with the link's text
    (`[Java](u)Script`), marks of notes, numbers, what looks like a path or an expression, and
    scripts in which no blank stands between words, or none before a particle.
    """
    for start, end in document.links:
        inner = document.text[start:end]
        code = document.language or "en"
        if code not in lexicon.LANGUAGES:
            return
        if not inner[0].isspace() and (HOLE in inner or any(map(str.isalpha, inner))):
            yield from _before(document, start, end, code)
        if not inner[-1].isspace():
            yield from _after(document, start, end, code)


def _after(document: Document, start: int, end: int, code: str) -> Iterator[Match]:
    run = _RUN.match(document.text, end)
    if run is None or _NO_BLANKS.search(run[0]) or _is_expression(document.text, run.end()):
        return
    word = run[0]
    inside = _RUN_BEFORE.search(document.text, max(start, end - 60), end)
    left = inside[0] if inside else ""
    if word in ENDINGS.get(code, ()) or _is_one(document, left, word, code):
        return
    inner = document.text[start:end]
    if HOLE not in inner and not any(map(str.isalpha, inner)) and not is_closed(word, code):
        return  # `word[1](u)s`
    if inner[-1] in "-‐‑/":
        return  # `[output-](u)specific`
    following = context.next_word(document.text, run.end())
    named = _NAME_BEFORE.search(document.text, max(start, end - 60), end) is not None
    joins = function_words.joins(left or "x", word, following, after_name=named, language=code)
    if word.islower():  # its case was kept: so was a comma
        joins = tuple(dict.fromkeys((f" {word}", *joins)))
    message = f"“{word}” touches the link before it"
    yield Match(end, run.end(), joins, message, _action(document, word, left, code))


def _before(document: Document, start: int, end: int, code: str) -> Iterator[Match]:
    run = _RUN_BEFORE.search(document.text, max(0, start - 60), start)
    if run is None or document.text[run.start() - 1 : run.start()] in _NO_PROSE:
        return
    word = run[0]
    if _NO_BLANKS.search(word):
        return
    inside = _RUN.match(document.text, start, end)
    right = inside[0] if inside else ""
    if word.lower() in PREFIXES.get(code, ()) and not is_closed(word, code):
        return
    if _is_one(document, word, right, code) or document.text[start:end].lower() in _BUTTONS:
        return
    message = f"“{word}” touches the link after it"
    yield Match(run.start(), start, (f"{word} ",), message, _action(document, word, right, code))


def _is_expression(text: str, end: int) -> bool:
    """Whether what follows a word makes it a part of a path, a name in code, or a compound."""
    after = text[end : end + 2]
    if after[:1] == "/" and after[1:].isalpha():
        return False  # framework/toolkit
    if after[:1] in _NO_PROSE or after[:1] in "(-‐'’" or after[:1].isnumeric():
        return bool(after)
    return after[:1] in ".:" and after[1:2].isalnum()


def _is_one(document: Document, left: str, right: str, code: str) -> bool:
    """Whether two sides are one word, or one name."""
    if not left or not right:
        return False
    whole = left + right
    if whole.lower() in lexicon.set_names() or document.words[whole] > _touching(document)[whole]:
        return True
    if right[0].isupper():
        return right.isupper() and left[0].isupper() and lexicon.zipf(whole, code) >= 2
    if whole.lower() in PAIRS:
        return False
    both = is_closed(left, code) + is_closed(right, code)
    closed = both > 0
    if both == 2 or (closed and right not in _PARTICLES and left not in _PARTICLES):
        return lexicon.zipf(whole, code) >= (3.5 if code == "en" else 3)
    if lexicon.is_word(whole.lower(), code) or lexicon.zipf(whole, code) >= 2:
        return not closed or lexicon.is_word(whole.lower(), code)
    return is_derived(whole.lower(), code) and not closed


@lru_cache(maxsize=8)
def _touching(document: Document) -> Counter[str]:
    """How often each run of letters holds the edge of a link: a repeated slip is no name."""
    found: dict[int, str] = {}
    for edge in {edge for link in document.links for edge in link}:
        before = _RUN_BEFORE.search(document.text, max(0, edge - 60), edge)
        after = _RUN.match(document.text, edge)
        if before and after:
            found[before.start()] = document.text[before.start() : after.end()]
    return Counter(found.values())


def _action(document: Document, word: str, other: str, code: str) -> Action:
    """How sure it is that a word beside a link is one of its own; `other` is the link's side."""
    lower = word.lower()
    bare = lower.removesuffix("'s").removesuffix("’s")
    zipf = lexicon.zipf(bare, code)
    if is_closed(word, code):
        sure = len(word) > 1 or lower in ("a", "i") or code != "en"
    elif word[0].isupper() and context.quotes_code(document):
        plain = other.islower() or (other.isupper() and len(other) > 1)
        sure = word[1:].islower() and zipf >= (3.3 if plain else COMMON)
    elif code in ("de", "nl"):
        sure = False  # compounds: `[Zug](u)fahrt`
    else:
        known = zipf >= KNOWN and (len(word) > 3 or zipf >= 4)
        sure = len(word) > 2 and (known or lexicon.is_listed(bare))
    return Action.FIX if sure else Action.SUGGEST
