"""Where a token may be two words or more: the cheapest way to read it as words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scrubber import context, lexicon
from scrubber.function_words import is_closed
from scrubber.glue.halves import MIXED, PAIRS
from scrubber.glue.reading import is_no_word, reading
from scrubber.glue.tokens import looked_at
from scrubber.languages import language
from scrubber.model import Document, Zone
from scrubber.patterns import compiled
from scrubber.text import CAMEL

_ELISION = r"\A\p{L}{1,2}['’]"
_NOT_PROSE = frozenset("/\\@#$=<>{}|~^*+&%")
_BRACKET_BEFORE, _BRACKET_AFTER = frozenset(")]"), frozenset("[(")


class Cut(NamedTuple):
    """A place inside a token where two words may meet, and the words beside them.

    `at` is an offset into the text. `parts` are all words the token reads as, and `left` and
    `right` the two that meet: `parts[number]` and the next.
    """

    at: int
    start: int
    end: int
    number: int
    parts: tuple[str, ...]
    language: str

    @property
    def left(self) -> str:
        """The word before the cut."""
        return self.parts[self.number]

    @property
    def right(self) -> str:
        """The word after the cut."""
        return self.parts[self.number + 1]

    @property
    def form(self) -> str:
        """What meets: `digit`, `lower` (ab), `capital` (aB), or `upper` (AB, Ab)."""
        return form(self.left, self.right)


def form(left: str, right: str) -> str:
    """Return the form of a cut between two words."""
    before, after = left[-1], right[0]
    if before.isnumeric() or after.isnumeric():
        return "digit"
    if before.isupper():
        return "upper"
    return "capital" if after.isupper() else "lower"


@lru_cache(maxsize=4)
def cuts(document: Document) -> tuple[Cut, ...]:
    """Return the places where a token of prose may be cut, each token read in its likeliest way.

    Left alone: known words and names, also those that the corpus knows, plurals of acronyms, model
    numbers, and what stands beside brackets, operators and paths. A text of known words costs one
    look-up a word.
    """
    return tuple(_cuts(document, 0, len(document.text)))


def cuts_within(document: Document, start: int, stop: int) -> Iterator[Cut]:
    """Yield those of the tokens that begin between two offsets."""
    return _cuts(document, start, stop)


def _cuts(document: Document, first: int, last: int) -> Iterator[Cut]:
    if document.given_language not in (None, *lexicon.LANGUAGES):
        return  # a line of Swedish may look like one of Dutch
    zones: tuple[Zone, ...] | None = None
    zone = 0
    for token, start, end in looked_at(document):
        if not first <= start < last or _is_named(document, token):
            continue
        if zones is None:
            zones = document.protected
        while zone < len(zones) and zones[zone].end <= start:
            zone += 1
        if any(z.start < end and z.end > start for z in zones[zone : zone + 3]):
            continue
        if not _is_prose(document.text, start, end):
            continue
        code = language_at(document, start)
        if code is None or _is_known(token, code):
            continue
        parts = reading(document, token, code)
        if (
            not parts
            or _is_name(parts, code)
            or not _leaves_identifier(document.text, start, end, parts, code)
        ):
            continue
        at = start
        for number in range(len(parts) - 1):
            at += len(parts[number])
            yield Cut(at, start, end, number, parts, code)


def language_at(document: Document, at: int) -> str | None:
    """Return the language of the line, or where that is doubtful, of the document."""
    code = _line_language(document, document.text.rfind("\n", 0, at) + 1) or document.language
    return code if code in lexicon.LANGUAGES else None


def in_prose(document: Document, start: int, end: int) -> bool:
    """Whether the token at a place is a word of the prose: in no zone, path or name in a link."""
    text = document.text
    return (
        _is_prose(text, start, end)
        and not _is_named(document, text[start:end])
        and not any(zone.start < end and zone.end > start for zone in document.protected)
    )


def _is_named(document: Document, token: str) -> bool:
    """Whether the code or the links of the text, or its corpus, know a token as a name."""
    if compiled(_ELISION).sub("", token) in document.named_words:
        return True
    return document.evidence is not None and document.evidence.is_name(token)


@lru_cache(maxsize=64)
def _line_language(document: Document, start: int) -> str | None:
    end = document.text.find("\n", start)
    return language(document.text[start : end if end >= 0 else None])


def _is_known(token: str, code: str) -> bool:
    """Whether a token is a word, or words with apostrophes."""
    if compiled(MIXED).search(token) or token in PAIRS:
        return False
    if token[0].isupper():
        if code == "en" and lexicon.is_listed(token.lower()):
            return True
        return lexicon.zipf(token, code) >= 1.5
    if lexicon.is_word(token, code):
        return True
    pieces = compiled("['’]").split(token)
    return len(pieces) > 1 and all(len(p) < 3 or lexicon.is_word(p, code) for p in pieces)


_BEFORE_NAME = frozenset("Mc Mac Fitz De Di Du Da Del La Le El Al Ap Ab Van Von Ó St Saint".split())
_BEFORE_NAME_ENGLISH = frozenset("de di du da del la le el al ap ab van von".split())


def _is_name(parts: tuple[str, ...], code: str) -> bool:
    """Whether a reading begins like a name (McDonald, duPont), or has a letter that is no word."""
    if any(len(part) == 1 and is_no_word(part, code) for part in parts):
        return True
    return parts[0] in _BEFORE_NAME or (code == "en" and parts[0] in _BEFORE_NAME_ENGLISH)


def _is_prose(text: str, start: int, end: int) -> bool:
    """Whether what stands right beside a token leaves it a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before in _NOT_PROSE or before in _BRACKET_BEFORE):
        return False
    if after and (after in _NOT_PROSE or after in _BRACKET_AFTER):
        return False
    if before and after and before in context.QUOTES and after in context.QUOTES:
        return False  # a term or a key in quotes
    if text.startswith("::", end) or (after == ":" and (not before or before == "\n")):
        return False
    if before and before in "-‐\u00ad" and text[start - 2 : start - 1] in ("", "-", " ", "\n"):
        return False  # an option, or a broken line
    if before == "\n" and compiled(_BROKEN).search(text, max(0, start - 20), start):
        return False
    return not _in_chain(text, start, end)


_BROKEN = r"[-‐\u00ad]\s*\n[^\S\n]*\Z"
_CHAIN_BEFORE, _CHAIN_AFTER = r"[^\s_/\\@#$=<>{}|~^*+&%]*\Z", r"[^\s_/\\@#$=<>{}|~^*+&%]*"


def _in_chain(text: str, start: int, end: int) -> bool:
    """Whether a token is part of a path, an anchor or a name of many words with hyphens."""
    if text[start - 1 : start] not in ("-", ".") and text[end : end + 1] not in ("-", "."):
        return False
    head = compiled(_CHAIN_BEFORE).search(text, max(0, start - 80), start)
    tail = compiled(_CHAIN_AFTER).match(text, end, end + 80)
    first, last = head.start() if head else start, tail.end() if tail else end
    if text[first:last].count("-") > 2 or {text[first], text[last - 1]} <= context.QUOTES:
        return True
    beside = text[max(0, first - 1) : first] + text[last : last + 1]
    return any(mark in _NOT_PROSE or mark == "_" for mark in beside)


def _leaves_identifier(text: str, start: int, end: int, parts: tuple[str, ...], code: str) -> bool:
    """Whether the cuts leave an identifier that stands beside the token whole.

    Beside an underscore only a function word is cut off, and no short one with a capital beside
    it (the_logIn, the_fileInit), and none between two (page_andnot_ro); after a dot only words in
    lower case (config.allowAll).
    """
    last = parts[-1]
    if text[start - 1 : start] == text[end : end + 1] == "_":
        return False
    if text[start - 1 : start] == "_":
        plain = last.islower() and not CAMEL.search(parts[0])
        return len(parts) == 2 and is_closed(last, code) and (plain or len(last) > 2)
    if text[start - 1 : start] == "." and text[start - 2 : start - 1].isalpha():
        return all(part.islower() for part in parts[1:])
    return text[end : end + 1] != "_" or is_closed(parts[0], code)
