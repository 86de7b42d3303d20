"""Words run together with a comma or a closing quotation mark (`bridge,which`, `boats,”said`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from scrubber import function_words, lexicon, seams
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled

_SEAM = (
    r"(?<![\p{L}\p{M}\p{N}’'_@#/.,;=&?-])(?<before>\p{L}[\p{L}\p{M}’']{0,40}+)"
    r"(?<mark>[,;][”»\"]?|[!?.]?[”»])(?<after>\p{Ll}[\p{L}\p{M}]+)(?![\p{L}\p{N}_/@(=,;:&-]|\.\S)"
)
_QUICK = regex.compile(r"[,;”»][”»\"]?\p{Ll}")
_SAYING = frozenset(
    "said says told asked added wrote explained argued replied recalled noted warned"
    " insisted".split()
)


def find(document: Document) -> Iterator[Match]:
    """Yield marks with a lower-case word right after them.

    Sure, when a common word stands before the mark and a function word or a verb of saying after
    it, and prose before both. Offered, when both are common words. Left alone: values in a row
    (a,b,c), numbers, and words of one letter.
    """
    language = document.language if _QUICK.search(document.text) else None
    if language not in lexicon.LANGUAGES:
        return
    for hit in compiled(_SEAM).finditer(document.text):
        before, after = hit["before"], hit["after"]
        if len(before) < 2 or lexicon.zipf(before, language) < 2:
            continue
        if not compiled(seams.WORDS_BEFORE).search(
            document.text, max(0, hit.start() - 60), hit.start()
        ):
            continue
        closed = after in function_words.closed(language) or (language == "en" and after in _SAYING)
        if not closed and lexicon.zipf(after, language) < 3.5:
            continue
        sure = closed and not seams.code_like(document)
        start = hit["before"] + hit["mark"]
        message = f"“{start}” and “{after}” stand without a blank"
        action = Action.FIX if sure else Action.SUGGEST
        yield Match(hit.start(), hit.end(), (f"{start} {after}",), message, action)
