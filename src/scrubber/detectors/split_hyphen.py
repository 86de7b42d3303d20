"""Words that a line's or column's end broke at a hyphen, and whose hyphen stayed (`docu- ment`)."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber import lexicon, splits
from scrubber.context import code_like
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy

_HYPHEN = (
    r"(?<![\p{L}\p{M}\p{N}_@#/.\\'’=-])(?<left>\p{L}[\p{Ll}]+)(?:[-‐]|\u00ad)"
    r"(?<gap>[ \u00a0]|[ ]?\r?\n[ ]*)(?<right>\p{Ll}{2,})"
    r"(?![\p{L}\p{M}\p{N}_@/\\(='’-])"
)
_QUICK = lazy(r"\p{Ll}[-‐\u00ad]\s{1,2}\p{Ll}")
_SUSPENDED = frozenset(
    "and or to und oder bis sowie et ou y o u e ed i lub oraz en of and/or nor but versus vs как и"
    " или as".split()
)
"""What follows a hyphen that stands for the rest of a compound: pre- and post-war."""


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"\p{Ll}[-‐\x{ad}][\s\p{Z}]{1,3}\p{Ll}"


def find(document: Document, *, floor: float = 3.0, lead: float = 4.0) -> Iterator[Match]:
    """Yield halves of one word around a hyphen and a blank, or a hyphen and a line break.

    The whole must be `floor` (zipf) common, `lead` powers of ten likelier than its halves, and
    one half no word. At line breaks only in texts that break `FEW` words so at most: more is a
    printed page's own hyphenation, which keeps its lines. Left alone: pre- and post-war, compounds
    whose halves are words (well- known), text full of identifiers.
    """
    language = document.language if _QUICK.search(document.text) else None
    if language not in lexicon.LANGUAGES or code_like(document):
        return
    found = []
    for hit in compiled(_HYPHEN).finditer(document.text):
        left, right = hit["left"], hit["right"]
        if right in _SUSPENDED or lexicon.zipf(left + right, language) < floor:
            continue
        if splits.gain((left, right), language) < lead:
            continue
        if all(splits.is_word(part, language) for part in (left, right)):
            continue
        if splits.in_language(document, hit.start(), hit.end()):
            found.append(hit)
    at_line = sum("\n" in hit["gap"] for hit in found)
    for hit in found:
        if "\n" not in hit["gap"] or at_line <= FEW:
            whole = hit["left"] + hit["right"]
            message = f"“{whole}” is a word that the end of a line broke"
            yield Match(hit.start(), hit.end(), (whole,), message, Action.SUGGEST)


FEW = 2
