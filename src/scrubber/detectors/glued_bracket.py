"""Words run together with a bracket or a note mark (`[12]and`, `(2014)and`, `word(see`)."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber import context, function_words, lexicon
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy

_CLOSING = lazy(
    r"(?<group>\[[^\[\]\n]{1,40}\]|(?<=[\s\p{P}])\([^()\n]{2,80}\))(?<word>\p{L}[\p{L}\p{M}]*)"
    r"(?![\p{L}\p{N}_/@(\[=-]|[.:]\S)"
)
_CODE_BEFORE = lazy(r"[_/\\@#$=<>{}|~^*+)\]]$|(?<!\p{L})\p{L}$")
_NOTE = lazy(r"\[(?:\d{1,3}|edit|citation needed|note \d+)\]")


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"[\])]\p{L}\p{L}"


_YEAR = lazy(r"\d{4}")


def find(document: Document) -> Iterator[Match]:
    """Yield closing brackets with a word right after them.

    Sure, when the brackets hold a note mark or a year and a function word follows. Offered, when
    they hold other words of prose. Left alone: word parts ((un)likely, [S]he), calls and indices.
    """
    for hit in _CLOSING.finditer(document.text):
        word, group, language = hit["word"], hit["group"], document.language
        if language not in lexicon.LANGUAGES:
            return
        if word.lower() not in function_words.closed(language) or len(word) < 2:
            continue
        inside = group[1:-1]
        note = bool(_NOTE.fullmatch(group)) or bool(_YEAR.fullmatch(inside))
        if not note and not (len(inside) > 3 and (" " in inside or inside[0].isupper())):
            continue
        if _CODE_BEFORE.search(document.text, max(0, hit.start() - 3), hit.start()):
            continue
        joined = word.lower() if word[0].isupper() and note else word
        sure = (note or (" " in inside and group[0] == "(")) and not context.code_like(document)
        message = f"“{group}” and “{word}” stand without a blank"
        action = Action.FIX if sure else Action.SUGGEST
        yield Match(
            hit.start(), hit.end(), (f"{group} {joined}", f"{group} {word}"), message, action
        )
