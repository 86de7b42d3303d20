"""Tokens that may be two words run together: which are worth counting, and how likely by chance.

A defect recurs too. That a token stands in many texts speaks for a name only where two words so
frequent would not meet that often by accident: “ofthe” does, “GitHub” does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import log2

from scrubber import lexicon
from scrubber.function_words import is_closed
from scrubber.patterns import compiled

LONGEST = 60
"""Code points of the longest token that is counted: longer ones are keys and hashes."""

LEAST = 2.0
"""The Zipf frequency of both halves from which a token in small letters may be two words."""

NO_CHANCE = 126
"""The chance of what does not read as two known words."""

SEAM = b"\xff"
"""Stands in the place of a chance in the rows of words that others run into."""

_TOKEN = r"[\p{L}\p{M}\p{N}]+(?:['’](?=\p{L})[\p{L}\p{M}\p{N}]+|\.(?=\p{Lu})[\p{L}\p{M}\p{N}]+)*+"
"""As the rules see tokens, or several with a stop in between and a capital behind it."""
_MIXED = r"\p{Ll}\p{Lu}|\p{Lu}{2,}\p{Ll}|\p{L}\p{N}|\p{N}\p{L}|\."
_RIGHT = r"(?<![\p{L}\p{M}])(?<left>\p{Ll}\p{Ll}+[.!?…]?)(?<right>\p{Lu}\p{Ll}+)(?!\p{L})"
_LAST = r"\p{Ll}\.?(?<right>\p{Lu}\p{Ll}+)\Z"


def tokens(text: str) -> set[str]:
    """Return the tokens of a text, each once, those with a stop within as a whole and in parts.

    >>> sorted(tokens("Alex.Brown said so.Then"))
    ['Alex', 'Alex.Brown', 'Brown', 'Then', 'said', 'so', 'so.Then']
    """
    found = set(compiled(_TOKEN).findall(text))
    for token in [token for token in found if "." in token]:
        found.update(token.split("."))
    return found


@lru_cache(maxsize=1 << 17)
def chance(token: str, language: str) -> tuple[int, bool] | None:
    """Return how likely two words make this token by chance; None where it is not counted.

    In halves of a bit: 20 is one in 2**10 of all places where words meet. With it goes whether one
    of the two is a function word with a capital. Known words are not counted, nor what is in
    capitals throughout, nor what may hold a function word in small letters: of the words that run
    together at links most are such, and a template repeats them.

    >>> chance("harbour", "en"), chance("ourTerms", "en"), chance("YouTube", "en")
    (None, None, (44, True))
    """
    if not 3 < len(token) <= LONGEST or token.isupper() or token.isnumeric():
        return None
    mixed = compiled(_MIXED).search(token) is not None
    if not mixed and (
        not token[1:].islower()
        or lexicon.is_word(token.lower(), language)
        or lexicon.zipf(token, language) >= 3
    ):
        return None
    best, closed = 0.0, False
    for left, right in _halves(token, mixed=mixed):
        ones = lexicon.zipf(left, language), lexicon.zipf(right, language)
        if mixed or min(ones) >= LEAST:
            best = max(best, sum(ones) if all(ones) else 0.0)
            for half in (left, right):
                if len(half) > 1 and is_closed(half, language):
                    if half.islower():
                        return None
                    closed = True
    if not best:
        return (NO_CHANCE, closed) if mixed else None
    return min(NO_CHANCE - 1, max(0, round(-2 * (best - 18) * log2(10)))), closed


def _halves(token: str, *, mixed: bool) -> Iterator[tuple[str, str]]:
    """The ways in which a token may be two words; where it is mixed, at the change alone."""
    if "." in token:
        left, _, right = token.rpartition(".")
        yield left.rpartition(".")[2], right
        return
    for at in range(1, len(token)):
        left, right = token[:at], token[at:]
        if not mixed or right[0].isupper() or left[-1].isnumeric() != right[0].isnumeric():
            yield left, right


def seams(token: str) -> Iterator[tuple[str, str]]:
    """Yield what in small letters runs into a word with a capital in a token, and that word.

    >>> list(seams("harbourAdvertisement")), list(seams("JavaScript"))
    ([('harbour', 'Advertisement')], [])
    """
    for hit in compiled(_RIGHT).finditer(token):
        yield hit["left"], hit["right"]


def last(token: str) -> str | None:
    """Return the word with a capital that ends a token; None where it has no such.

    >>> last("JavaScript")
    'Script'
    """
    found = compiled(_LAST).search(token)
    return found["right"] if found else None
