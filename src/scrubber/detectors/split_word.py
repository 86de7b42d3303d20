"""Words that a blank broke in two (`govern ment`, `wh ich`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import lexicon, splits
from scrubber.model import Document, Match
from scrubber.patterns import compiled
from scrubber.seams import code_like

_PAIR = (
    rf"{splits.BEFORE}(?<left>\p{{L}}\p{{Ll}}*)[ \u00a0](?=(?<right>\p{{Ll}}+){splits.AFTER})"
)
_VOWEL = regex.compile(r"[aeiouyäöüàáâãåæèéêëìíîïòóôõøœùúûýąęóаеёиоуыэюяіїє]")
_UNITS = frozenset(
    "st nd rd th mm cm km kg mg ml cl dl hl hz khz mhz ghz mph rpm ltd vs pp ft hr hrs mr mrs dr bn"
    " mn kw mw gw kb mb gb tb ms ns cc cf ff ppm psi lb lbs nr str bzw np tzn km² www http https"
    " html xml css js php sql txt pdf jpg png mp l m g h t s b c d k n p q r v x z f j".split()
)
"""Short words without a vowel that texts hold: units, abbreviations, letters that are names."""


def find(document: Document, *, floor: float = 3.5, lead: float = 5.5) -> Iterator[Match]:
    """Yield neighbours of which one is no word and which together are a common one.

    Together they must be `floor` (zipf) common and `lead` powers of ten likelier as one word than
    side by side. The text is looked at only when it holds a mere ending (`ment`) or a short run of
    consonants, and all of it only when one of those is broken off: breaks come in numbers.
    Left alone: initials and letters, parts that stand elsewhere in the text too, text full of
    identifiers, passages in another language.
    """
    suspects = _suspects(document)
    language = document.language if suspects else None
    if language not in lexicon.LANGUAGES or code_like(document):
        return
    hits = list(compiled(_PAIR).finditer(document.text))
    sure = [
        hit
        for hit in hits
        if (hit["left"].lower() in suspects or hit["right"] in suspects)
        and _is_broken(document, hit, language, floor, lead)
    ]
    if sure:
        sure = [hit for hit in hits if _is_broken(document, hit, language, floor, lead)]
    done = 0
    for hit in sure:
        start, end = hit.start(), hit.end("right")
        if start >= done and splits.in_language(document, start, end):
            whole = hit["left"] + hit["right"]
            part = next(p for p in hit.group("left", "right") if not splits.is_word(p, language))
            yield Match(start, end, (whole,), f"“{whole}” is a word, “{part}” is none")
            done = end


def _suspects(document: Document) -> frozenset[str]:
    """Words of the text that may be broken off, found without a list of frequencies."""
    endings = splits.all_endings()
    found = {word for word in document.words if word in endings}
    found |= {
        word
        for word in document.words
        if len(word) < 5 and word.islower() and word not in _UNITS and not _VOWEL.search(word)
    }
    return frozenset(found)


def _is_broken(
    document: Document, hit: regex.Match[str], language: str, floor: float, lead: float
) -> bool:
    left, right = hit["left"], hit["right"]
    if len(left) == 1 and (left.isupper() or left in splits.LETTERS[language]):
        return False
    if len(right) == 1:
        return False
    whole = lexicon.zipf(left + right, language)
    if whole < floor or splits.gain((left, right), language) < lead:
        return False
    odd = [part for part in (left, right) if not splits.is_word(part, language)]
    return any(document.words[part] <= 3 for part in odd)
