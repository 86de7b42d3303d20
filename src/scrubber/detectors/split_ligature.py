"""Words broken at a ligature, as text taken from PDF has them (`fi nding`, `di ff erent`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import lexicon, splits
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy

if TYPE_CHECKING:
    import regex

_LIGATURE = "ffi|ffl|ff|fi|fl|[ﬀ-ﬄ]"
_BROKEN = (
    rf"{splits.BEFORE}(?:(?<a>\p{{L}}*(?:{_LIGATURE}))[ \u00a0](?<b>\p{{Ll}}+)"
    rf"|(?<a>\p{{L}}+)[ \u00a0](?<b>(?:{_LIGATURE})\p{{Ll}}*)(?:[ \u00a0](?<c>\p{{Ll}}+))?)"
    rf"{splits.AFTER}"
)
_OPEN = frozenset("wi sci hi lo semper".split())
"""Words before a `fi` that stands by itself: Wi Fi, sci fi, semper fi."""
_ENDS = ("ffi", "ffl", "ff", "fi", "fl", *"ﬀﬁﬂﬃﬄ")
_QUICK = (
    lazy(r"fi (?<!-.{3})\p{Ll}"),
    lazy(r"fl (?<!-.{3})\p{Ll}"),
    lazy(r"ff (?:(?<![aeiouAEIOU].{3})|(?<=\b[EeAa].{3}))\p{Ll}"),
    lazy(r"ff er(?<=\b(?:[Dd]i|[Ss]u).{5})"),
    lazy(r" ff"),
    lazy(r" fi(?:c(?!tion|titi)|ed|es|den)"),
    lazy(r" fl(?:ict|uen(?!t|cy)|ation)"),
)
_SIGN = lazy(r"[ﬀ-ﬄ]")
_QUICK_SIGNS = lazy(r"[ﬀ-ﬄ] \p{Ll}| [ﬀ-ﬄ]")
"""What hardly stands in a text without broken ligatures: staff, cliff and stuff end otherwise. Each
begins with letters, for as one pattern they take 3 ms a page, and so 0.05."""
_SPELLED = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return (
        r"(?:(?:\A|[^-])f[il]|(?:[^aeiouAEIOU]|\A)ff|[ﬀ-ﬄ]|\b[EeAa]ff)[ \x{a0}]\p{Ll}"
        r"|\b(?:[Dd]i|[Ss]u)ff[ \x{a0}]er"
        r"|[ \x{a0}](?:ff|fic(?:[^t]|t[^i]|ti[^ot]|\z)|fied|fies|fiden|flict|flation)"
        r"|[ \x{a0}]fluen(?:[^tc]|c[^y]|\z)"
        r"|[ \x{a0}][ﬀ-ﬄ]"
    )


def find(document: Document, *, floor: float = 3.0, lead: float = 4.5) -> Iterator[Match]:
    """Yield neighbours that meet at fi, fl, ff, ffi or ffl and are one word.

    Sure, when the whole is a common word (zipf at least `floor`), `lead` powers of ten likelier
    than its parts, and the ligature stands alone or no part is a word. Offered, when one part is
    no word. Where a text has `MANY` sure ones, rarer words are taken too, and parts that are words
    (`con firm`) are offered. Left alone: Wi Fi, words of other languages.
    """
    language = document.language if _may_be_broken(document.text) else None
    if language not in lexicon.LANGUAGES:
        return
    hits = list(compiled(_BROKEN).finditer(document.text, overlapped=True))
    found = list(_breaks(document, hits, language, floor, lead))
    if sum(match.action is Action.FIX for match in found) >= MANY:
        found = list(_breaks(document, hits, language, RARE_WORD, lead - 1, words_too=True))
    yield from found


def _may_be_broken(text: str) -> bool:
    text = text.replace("\u00a0", " ")
    if any(quick.search(text) for quick in _QUICK):
        return True
    return (
        not text.isascii()
        and _SIGN.search(text) is not None
        and _QUICK_SIGNS.search(text) is not None
    )


RARE_WORD = 1.5
"""How common (zipf) a whole is at least, where other breaks or a third part vouch for it."""
COMMON_WORD = 4.5
"""How common a word that ends in a ligature is, to be one without a doubt: off, staff, stuff."""
MANY = 3
"""So many sure breaks in a text vouch for rarer words: a PDF breaks at every ligature it has."""


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
        if hit.start() < done or _spells_fidelity(document.text, hit):
            continue
        parts = hit["a"], hit["b"], hit["c"]
        match = _three(document, hit, parts, language, floor, lead) if parts[2] else None
        match = match or _two(document, hit, parts, language, floor, lead, words_too)
        if match:
            done = match.end
            if splits.in_language(document, match.start, match.end):
                yield match


def _three(
    document: Document,
    hit: regex.Match[str],
    parts: tuple[str, str, str],
    language: str,
    floor: float,
    lead: float,
) -> Match | None:
    """Three parts as one word; two proposals where the last two alone are one (bush fi re)."""
    plain = [part.translate(_SPELLED) for part in parts]
    if _value(plain, language, RARE_WORD) < lead:
        return None
    rival = _rival(plain, language)
    if rival < 0 or not any(_no_word(part, language) for part in plain):
        return None  # the fi rst: the break is in the second word
    whole = "".join(parts)
    clear = rival >= (lead + 1.5 if _no_word(plain[0], language) else _NO_RIVAL)
    proposals = (whole,) if clear else (whole, f"{parts[0]} {parts[1]}{parts[2]}")
    sure = clear and lexicon.zipf("".join(plain), language) >= floor
    return _match(hit.start(), hit.end("c"), proposals, sure=sure)


def _two(
    document: Document,
    hit: regex.Match[str],
    parts: tuple[str, str, str],
    language: str,
    floor: float,
    lead: float,
    words_too: bool,
) -> Match | None:
    """The first two parts as one word, unless the third looks like a part of it (sni ff er)."""
    plain = [part.translate(_SPELLED) for part in parts[:2]]
    odd = sum(_no_word(part, language) for part in plain)
    if not (odd or words_too) or _value(plain, language, floor) < lead:
        return None
    if parts[2] and _no_word(parts[2], language):
        return None
    alone = plain[0] in _ENDS
    if plain[1] in _ENDS:  # sta ff is whole; di ff and a fl may go on where no list can tell
        alone = plain[1] == "ff" and lexicon.zipf("".join(plain), language) >= COMMON_WORD
        odd = 0
    named = plain[0] in _ENDS and _after_name(document.text, hit.start(), language)
    sure = (odd == 2 or alone) and not named
    return _match(hit.start(), hit.end("b"), (parts[0] + parts[1],), sure=sure)


def _spells_fidelity(text: str, hit: regex.Match[str]) -> bool:
    """Whether a lone `fi` follows Wi, sci or hi."""
    if hit["a"].lower() not in _ENDS:
        return False
    before = compiled(r"(\p{L}+)[^\p{L}\n]$").search(text, max(0, hit.start() - 20), hit.start())
    return before is not None and before[1].lower() in _OPEN


_NO_RIVAL = 9.0


def _rival(parts: list[str], language: str) -> float:
    """By how much all parts are likelier one word than the first beside the rest (bush fi re)."""
    rest = lexicon.zipf("".join(parts[1:]), language)
    if rest < 2:
        return _NO_RIVAL
    return lexicon.zipf("".join(parts), language) + 9 - rest - splits.known(parts[0], language)


def _after_name(text: str, start: int, language: str) -> bool:
    """Whether an unknown name stands before a place: it may be a part of it (Haver fi eld)."""
    before = compiled(r"(\p{Lu}\p{L}+)[ \u00a0]$").search(text, max(0, start - 40), start)
    return before is not None and not splits.is_word(before[1], language)


def _value(parts: list[str], language: str, floor: float) -> float:
    """By how much the whole is likelier than its parts; a lone ligature is hardly a word."""
    whole = lexicon.zipf("".join(parts), language)
    if whole < floor:
        return 0.0
    known = sum(splits.RARE if part in _ENDS else splits.known(part, language) for part in parts)
    return whole + 9 * (len(parts) - 1) - known


def _no_word(part: str, language: str) -> bool:
    return part in _ENDS or not splits.is_word(part, language)


def _match(start: int, end: int, proposals: tuple[str, ...], *, sure: bool) -> Match:
    message = f"“{proposals[0]}” is one word, broken at a ligature"
    return Match(start, end, proposals, message, Action.FIX if sure else Action.SUGGEST)
