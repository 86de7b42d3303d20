"""First letters broken off their words, as drop capitals and bold initials are (`T he`)."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber import function_words, lexicon, splits
from scrubber.context import code_like
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy

_SPLIT = (
    rf"{splits.BEFORE}(?<first>\p{{Lu}})(?<gap>[ \u00a0]|\n{{1,2}})(?<rest>\p{{Ll}}+){splits.AFTER}"
)
_OPENS = lazy(r"(?:\A|\n[^\S\n]*|[.!?…][\"”’»)]*[ \u00a0])[\"“„«‘(¿¡]*\Z")
_GOES_ON = {
    "en": frozenset("a an and are as at for has in is of on or to was".split()),
    "de": frozenset("und oder ist in an am im war hat".split()),
    "es": frozenset("y e o u es en de a con".split()),
    "fr": frozenset("et ou est a en de dans".split()),
    "it": frozenset("e ed o è in di a da con".split()),
    "nl": frozenset("en of is in op van".split()),
    "pl": frozenset("i w z o a lub jest na do to".split()),
    "pt": frozenset("e ou é a em de com".split()),
    "ru": frozenset("и или в на с о к у а".split()),
}
"""What may follow a letter that stands for something: C is, R and S, B in."""
_AFTER_WORD = {
    "A": frozenset(
        "fter fterwards lthough nd ll lso mong ccording gainst s t n nother ny frica frican merica"
        " merican ustralia ustralian pril ugust sia sian".split()
    ),
    "I": frozenset("n t f nstead ndeed nto ts".split()),
}
"""What is broken off the two English words that are one capital letter."""
_ENDS = (
    r"l[bcdfgkmnpstvw]|m[bmp]|n[cdnstvx]|r[bcdgkmnrtv]|b[sd]|c[ckqt]|d[dvj]|f[ft]|gg|pp|ss|tt|x[pt]"
)
_END = lazy(_ENDS)
"""Letters that begin no word but follow an A or I."""
_CLOSED = function_words.CLOSED | frozenset(
    "then when here well many most more such let get".split()
)


def fix_gate() -> str:
    """Return what every text holds that is repaired unattended: see `scrubber.gates`."""
    rests = sorted(rest for rests in _AFTER_WORD.values() for rest in rests)
    return (
        r"(?m)^[^\p{L}\p{N}\n]*(?:[^AI\P{Lu}][ \x{a0}]\p{Ll}"
        rf"|[AI][ \x{{a0}}](?:{_ENDS}|(?:{'|'.join(rests)})(?:[^\p{{L}}\p{{M}}\p{{N}}]|\z)))"
    )


def find(document: Document, *, floor: float = 3.0, lead: float = 5.0) -> Iterator[Match]:
    """Yield a capital and the rest of its word.

    Sure, at the start of a line, when the rest is no word or the whole is a function word
    (`T he`). Offered, within a line, over a line break, and where the rest is a word but the whole
    far more common. Left alone: A and I before what may be a word, letters that stand for something
    (C is, plan B is), initials, and text full of identifiers.
    """
    text = document.text
    for hit in compiled(_SPLIT).finditer(text):
        first, rest = hit["first"], hit["rest"]
        if first in _AFTER_WORD and rest not in _AFTER_WORD[first] and not _END.match(rest):
            continue
        opens = _OPENS.search(text, max(0, hit.start() - 12), hit.start())
        if not opens and (len(rest) < 4 or "\n" in hit["gap"]):
            continue
        language = document.language
        if language not in lexicon.LANGUAGES or code_like(document):
            return
        trust = _trust(first, rest, language, floor, lead)
        if not trust or (not opens and trust < 2):
            continue
        at_line = opens is not None and (opens[0][:1] == "\n" or opens.start() == 0)
        sure = trust > 1 and at_line and "\n" not in hit["gap"]
        message = f"“{first + rest}” is a word whose first letter stands apart"
        if splits.in_language(document, hit.start(), hit.end()):
            action = Action.FIX if sure else Action.SUGGEST
            yield Match(hit.start(), hit.end(), (first + rest,), message, action)


def _trust(first: str, rest: str, language: str, floor: float, lead: float) -> int:
    """2 for one word that cannot be two, 1 for one that hardly is, 0 for what may be two."""
    whole = first + rest
    if rest in _GOES_ON[language]:
        return 2 if whole in ("For", "Was", "Has") and language == "en" else 0
    if language == "en" and whole.lower() in _CLOSED:
        return 2
    if first.lower() in splits.LETTERS[language] and language != "en":
        return 0
    if lexicon.zipf(whole, language) < floor or splits.gain((first, rest), language) < lead - 1:
        return 0
    if splits.is_word(rest, language):
        return 1
    return 2 if splits.gain((first, rest), language) >= lead else 0
