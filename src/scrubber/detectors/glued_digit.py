"""Words run together with a number (`2017by`, `2002Allocation`, `in2019`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import function_words, lexicon, seams
from scrubber.model import Action, Document, Match

_YEAR = r"(?:1[5-9]|20)\d\d"
_SEAM = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}_@/\\.,:#$=-])(?:"
    rf"(?<number>{_YEAR})(?<word>\p{{L}}[\p{{L}}\p{{M}}]+)"
    rf"|(?<word>in|on|of|by|since|until|from|to|and|the|between|before|after|during|around)"
    rf"(?<number>{_YEAR}))(?![\p{{L}}\p{{N}}_/@(=-]|[.:]\S)"
)
_UNITS = frozenset(
    "am pm bc ad bce ce km kg cm mm ml mb gb tb hz khz mhz ghz kwh nm rpm px in".split()
)


def find(document: Document) -> Iterator[Match]:
    """Yield years with a word right after or before them.

    Sure, when the word is a function word. Offered, when it is a common word with a capital. Only
    years: other numbers carry units, ordinals and model names (5kg, 3D, 20s, 4in).
    """
    for hit in _SEAM.finditer(document.text):
        word = hit["word"]
        lower = word.lower()
        number_first = hit.start("number") < hit.start("word")
        if number_first and lower in _UNITS:
            continue
        if document.language not in lexicon.LANGUAGES:
            return
        closed = document.language == "en" and lower in function_words.CLOSED
        if not closed and not (
            word[0].isupper() and lexicon.zipf(word, document.language) >= 3 and len(word) > 3
        ):
            continue
        sure = closed and len(word) > 1 and not seams.code_like(document)
        first, second = (word, hit["number"])
        if number_first:
            first, second = second, first
            if word[0].isupper() and closed:
                second = function_words.joins("", word, "", after_name=False)[0].strip(" ,.")
        message = f"“{first}” and “{second}” stand without a blank"
        action = Action.FIX if sure else Action.SUGGEST
        yield Match(hit.start(), hit.end(), (f"{first} {second}",), message, action)
