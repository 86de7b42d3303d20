"""Words set with a blank between all their letters (`S P E C I A L`)."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber import lexicon
from scrubber.context import code_like
from scrubber.model import Document, Match
from scrubber.patterns import compiled

_SPACED = (
    r"(?<![\p{L}\p{N}\p{P}\p{S}]|[\p{L}\p{N}\p{S},;] )\p{Lu}(?: \p{Lu}){4,}"
    r"(?![\p{L}\p{N}]| [\p{L}\p{N}\p{S}](?!\p{L}))"
)


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"\p{Lu} \p{Lu} \p{Lu} \p{Lu} \p{Lu}"


def find(document: Document, *, floor: float = 3.5) -> Iterator[Match]:
    """Yield five or more capitals with one blank between each two that spell a common word.

    Left alone: letters in a row that spell nothing, rows of single letters that go on in lower case
    or digits, tables, and text full of identifiers.
    """
    hits = list(compiled(_SPACED).finditer(document.text))
    language = document.language if hits else None
    if language not in lexicon.LANGUAGES or code_like(document):
        return
    for hit in hits:
        whole = hit[0].replace(" ", "")
        if lexicon.zipf(whole, language) >= floor:
            message = f"“{whole}” is a word set with blanks between its letters"
            yield Match(hit.start(), hit.end(), (whole,), message)
