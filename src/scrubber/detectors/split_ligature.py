"""Words broken at a ligature, as text taken from PDF has them (`fi nding`, `di ff erent`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import lexicon, splits
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled

_LIGATURE = "ffi|ffl|ff|fi|fl|[ﬀ-ﬄ]"
_BROKEN = (
    rf"{splits.BEFORE}(?:(?<a>\p{{L}}*(?:{_LIGATURE}))[ \u00a0](?<b>\p{{Ll}}+)"
    rf"|(?<a>\p{{L}}+)[ \u00a0](?<b>(?:{_LIGATURE})\p{{Ll}}*)(?:[ \u00a0](?<c>\p{{Ll}}+))?)"
    rf"{splits.AFTER}"
)
_OPEN = frozenset("wi sci hi lo semper".split())
"""Words before a `fi` that stands by itself: Wi Fi, sci fi, semper fi."""
_ENDS = ("ffi", "ffl", "ff", "fi", "fl", *"ﬀﬁﬂﬃﬄ")
_WHOLE = tuple("off aff eff iff liff oeff uff wi-fi".split())
_INSIDE = ("ff", "fic", "fied", "fies", "fiden", "flict", "fluen", "flation", *"ﬀﬁﬂﬃﬄ")
"""Ends of common words (staff, cliff, stuff), and what begins hardly any word but follows a break."""
_SPELLED = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def find(document: Document, *, floor: float = 3.0, lead: float = 5.0) -> Iterator[Match]:
    """Yield neighbours that meet at fi, fl, ff, ffi or ffl and are one word.

    Sure, when the whole is a common word (zipf at least `floor`), `lead` powers of ten likelier
    than its parts, and the ligature stands alone or both parts are no words. Offered, when one
    part is no word. Left alone: parts that are words (off ice), Wi Fi, other languages' passages.
    """
    text = document.text
    hits = list(compiled(_BROKEN).finditer(text, overlapped=True))
    likely = any(_quick(hit) for hit in hits)
    language = document.language if likely else None
    if language not in lexicon.LANGUAGES:
        return
    done = 0
    for hit in hits:
        parts = _parts(hit, language, floor, lead) if hit.start() >= done else ()
        done = hit.start() + len(" ".join(parts))
        if parts and splits.in_language(document, hit.start(), done):
            yield _match(hit.start(), done, text[hit.start() : done], parts, language)


def _quick(hit: regex.Match[str]) -> bool:
    """Whether a place is worth loading frequencies for: a common text has none such."""
    a, b = hit["a"].lower(), hit["b"]
    if a.endswith(_ENDS) and not a.endswith(_WHOLE):
        return True
    return b in _ENDS or b.startswith(_INSIDE)


def _parts(
    hit: regex.Match[str], language: str, floor: float, lead: float
) -> tuple[str, ...]:
    """The parts that make one word, three if they do, or ()."""
    a, b, c = hit["a"], hit["b"], hit["c"]
    if a.lower() in _ENDS and _before(hit).lower() in _OPEN:
        return ()
    for parts in ((a, b, c), (a, b)) if c else ((a, b),):
        plain = tuple(part.translate(_SPELLED) for part in parts)
        if any(_no_word(part, language) for part in plain):
            whole = lexicon.zipf("".join(plain), language)
            if whole >= floor and splits.gain(plain, language) >= lead:
                return parts
    return ()


def _before(hit: regex.Match[str]) -> str:
    found = compiled(r"(\p{L}+)[^\p{L}\n]$").search(hit.string, max(0, hit.start() - 20), hit.start())
    return found[1] if found else ""


def _no_word(part: str, language: str) -> bool:
    return part in _ENDS or not splits.is_word(part, language)


def _match(
    start: int, end: int, found: str, parts: tuple[str, ...], language: str
) -> Match:
    whole = "".join(parts)
    broken = [part for part in parts if _no_word(part.translate(_SPELLED), language)]
    sure = len(broken) == len(parts) or any(part.translate(_SPELLED) in _ENDS for part in parts)
    message = f"“{whole}” is a word, “{broken[0]}” is none: broken at a ligature"
    action = Action.FIX if sure else Action.SUGGEST
    return Match(start, end, (whole,), message, action)
