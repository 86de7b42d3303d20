"""Words broken at a ligature, as text taken from PDF has them (`fi nding`, `di ff erent`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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


def find(document: Document, *, floor: float = 3.0, lead: float = 4.5) -> Iterator[Match]:
    """Yield neighbours that meet at fi, fl, ff, ffi or ffl and are one word.

    Sure, when the whole is a common word (zipf at least `floor`), `lead` powers of ten likelier
    than its parts, and the ligature stands alone or no part is a word. Offered, when one part is
    no word. Where a text has `MANY` sure ones, rarer words are taken too, and parts that are words
    (`con firm`) are offered. Left alone: Wi Fi, words of other languages.
    """
    text = document.text
    hits = list(compiled(_BROKEN).finditer(text, overlapped=True))
    language = document.language if any(_quick(hit) for hit in hits) else None
    if language not in lexicon.LANGUAGES:
        return
    found = list(_breaks(document, hits, language, floor, lead))
    if sum(match.action is Action.FIX for match in found) >= MANY:
        found = list(_breaks(document, hits, language, 1.5, lead - 1, words_too=True))
    yield from found


MANY = 3
"""So many sure breaks in a text vouch for rarer words: a PDF breaks at every ligature it has."""


def _quick(hit: regex.Match[str]) -> bool:
    """Whether a place is worth loading frequencies for: a common text has none such."""
    a, b = hit["a"].lower(), hit["b"]
    if a.endswith(_ENDS) and not a.endswith(_WHOLE):
        return True
    return b in _ENDS or b.startswith(_INSIDE)


def _breaks(
    document: Document,
    hits: list[regex.Match[str]],
    language: str,
    floor: float,
    lead: float,
    *,
    words_too: bool = False,
) -> Iterator[Match]:
    done = 0
    for hit in hits:
        start = hit.start()
        if start < done or _spells_fidelity(document.text, hit):
            continue
        a, b, c = hit["a"], hit["b"], hit["c"]
        for parts in ((a, b, c), (a, b)) if c else ((a, b),):
            plain = tuple(part.translate(_SPELLED) for part in parts)
            odd = [part for part in plain if _no_word(part, language)]
            if not (odd or words_too) or _value(plain, language, floor) < lead:
                continue
            rival = _rival(plain, language) if len(parts) == 3 else 9.0
            if rival < 0:
                continue  # the fi rst: the break is in the second word
            if len(parts) == 2 and c and _no_word(c, language):
                continue  # sni ff er: the third part is of it, and no list knows the whole
            done = start + len(" ".join(parts))
            if splits.in_language(document, start, done):
                match = _match(document.text[start:done], start, plain, odd)
                named = parts[0] in _ENDS and _after_name(document.text, start, language)
                if rival < 4:
                    two = f"{parts[0]} {''.join(parts[1:])}"
                    match = replace(match, proposals=(*match.proposals, two))
                yield replace(match, action=Action.SUGGEST) if named or rival < 4 else match
            break


def _spells_fidelity(text: str, hit: regex.Match[str]) -> bool:
    """Whether a lone `fi` follows Wi, sci or hi."""
    if hit["a"].lower() not in _ENDS:
        return False
    before = compiled(r"(\p{L}+)[^\p{L}\n]$").search(text, max(0, hit.start() - 20), hit.start())
    return before is not None and before[1].lower() in _OPEN


def _rival(parts: tuple[str, ...], language: str) -> float:
    """By how much all parts are likelier one word than the first beside the rest (bush fi re)."""
    rest = lexicon.zipf("".join(parts[1:]), language)
    if rest < 2:
        return 9.0
    return lexicon.zipf("".join(parts), language) + 9 - rest - splits.known(parts[0], language)


def _after_name(text: str, start: int, language: str) -> bool:
    """Whether an unknown name stands before a place: it may be a part of it (Haver fi eld)."""
    before = compiled(r"(\p{Lu}\p{L}+)[ \u00a0]$").search(text, max(0, start - 40), start)
    return before is not None and not splits.is_word(before[1], language)


def _value(parts: tuple[str, ...], language: str, floor: float) -> float:
    """By how much the whole is likelier than its parts; a lone ligature is hardly a word."""
    whole = lexicon.zipf("".join(parts), language)
    if whole < floor:
        return 0.0
    known = sum(
        splits.RARE if part in _ENDS else splits.known(part, language) for part in parts
    )
    return whole + 9 * (len(parts) - 1) - known


def _no_word(part: str, language: str) -> bool:
    return part in _ENDS or not splits.is_word(part, language)


def _match(found: str, start: int, parts: tuple[str, ...], odd: list[str]) -> Match:
    whole = found.replace(" ", "").replace("\u00a0", "")
    sure = len(odd) == len(parts) or any(part in _ENDS for part in parts)
    action = Action.FIX if sure else Action.SUGGEST
    message = f"“{whole}” is one word, broken at a ligature"
    return Match(start, start + len(found), (whole,), message, action)
