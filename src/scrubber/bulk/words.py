"""Which texts of a block may hold words run together, told from their words alone.

Each word is judged once, by itself; a block is then a matter of looking its words up, all at once
(numpy). Exact for texts that are plainly English; others are looked at whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import Any

import numpy as np

from scrubber.bulk.judged import Verdicts
from scrubber.bulk.word_keys import ABSENT, EDGE, Table, keys, spans
from scrubber.glue.halves import has_known_halves
from scrubber.glue.score import by_itself
from scrubber.glue.tokens import LONGEST, needs_look, tokens
from scrubber.languages import ENGLISH, SHARE, language
from scrubber.lexicon import is_listed
from scrubber.resources import listing

HEAD = 4000
"""Bytes of a text by which its language is told, as `languages` tells it."""
LITTLE = 10
"""An English text stays one where no more than one part in so many of it is new."""
REMEMBERED = 1 << 17
"""Words that are remembered beside the table, some 15 MB: too long for it, or it was full."""
MET, LISTED = 18, 19
"""Bits of the tables: of the words that were met, 2 MB, of which the processor's cache holds those
that come often; of the 130,000 that are listed."""

_PLAIN, _SURE, _COMMON = 0, 1, 2


Sure = frozenset[str] | None
"""The tokens of a text that may be words run together, each by itself; None where the text is not
in English, and has to be looked at whole."""
NONE: frozenset[str] = frozenset()


class Words:
    """What is known of the words met so far. Not safe for threads; one for each process."""

    def __init__(self, sure: float) -> None:
        self._sure = sure
        self._known: dict[bytes, int] = {}
        self._verdicts = Verdicts(repr(sure).encode())
        self._is_sure = lru_cache(maxsize=1 << 15)(partial(_is_sure, sure))
        self._met = Table(MET)
        for verdict, words in self._verdicts.words.items():
            self._remember(words, verdict)

    def doubtful(self, texts: Sequence[bytes]) -> dict[int, Sure]:
        """Return what of some texts (as UTF-8) may be words run together, by their numbers."""
        if not texts:
            return {}
        data = b"".join((EDGE, *(part for text in texts for part in (text, EDGE))))
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + len(EDGE)
        heads = len(EDGE) + np.cumsum(lengths) - lengths
        starts, ends = spans(data)
        values = self._looked_up(data, starts, ends)
        sure = np.flatnonzero(values == _SURE)
        found: dict[int, Sure] = {}
        numbers = np.searchsorted(heads, starts[sure], side="right") - 1
        for number, start, end in zip(
            numbers.tolist(), starts[sure].tolist(), ends[sure].tolist(), strict=True
        ):
            word = data[start:end].decode("utf-8", "surrogatepass")
            found[number] = (found.get(number) or NONE).union(tokens(word))
        foreign = _foreign(starts, values, heads, lengths, texts)
        return found | dict.fromkeys(foreign)

    def after(self, sure: Sure, text: str, before: str) -> Sure:
        """Return the same of a text that was made from another, of which it is known."""
        if sure is None:
            return None
        old, new = _changed(before, text)
        chunks = set(new.split()).difference(old.split()[1:-1])
        if LITTLE * sum(map(len, chunks)) > len(text) and language(text) != "en":
            return None
        return sure.union(filter(self._is_sure, tokens(" ".join(chunks))))

    def _remember(self, words: bytes, verdict: int) -> None:
        data = EDGE + words + EDGE
        starts, ends = spans(data)
        numbers = keys(data, starts, ends)
        long = numbers == 0
        pairs = zip(starts[long].tolist(), ends[long].tolist(), strict=True)
        self._known.update((data[start:end], verdict) for start, end in pairs)
        numbers = numbers[~long]
        self._met.add(numbers, np.full(len(numbers), verdict, dtype=np.int8))

    def _looked_up(self, data: bytes, starts: Any, ends: Any) -> Any:
        """What is known of each word of a block."""
        numbers = keys(data, starts, ends)
        values = self._met.find(numbers)
        missed = np.flatnonzero(values == ABSENT)
        if missed.size:
            unique, first, which = np.unique(
                numbers[missed], return_index=True, return_inverse=True
            )
            at = missed[first]
            made = self._new(data, starts[at], ends[at])
            values[missed] = made[which]
            named = unique != 0
            self._met.add(unique[named], made[named])
            long = missed[numbers[missed] == 0]
            values[long] = self._judged(data, starts[long], ends[long])
        return values

    def _new(self, data: bytes, starts: Any, ends: Any) -> Any:
        """What is to be known of words that the table does not hold, each given once."""
        found = np.full(len(starts), _PLAIN, dtype=np.int8)
        unlisted = np.flatnonzero(_listed().find(_lowered(data, starts, ends)) == ABSENT)
        found[unlisted] = self._judged(data, starts[unlisted], ends[unlisted])
        return found

    def _judged(self, data: bytes, starts: Any, ends: Any) -> list[int]:
        pairs = zip(starts.tolist(), ends.tolist(), strict=True)
        words = [data[start:end] for start, end in pairs]
        new = list(dict.fromkeys(word for word in words if word not in self._known))
        if len(self._known) + len(new) > REMEMBERED:
            self._known.clear()
            new = list(dict.fromkeys(words))
        made = [self._told(word.decode("utf-8", "replace")) for word in new]
        self._known.update(zip(new, made, strict=True))
        if new:
            self._verdicts.add(new, made)
        return [self._known[word] for word in words]

    def _told(self, word: str) -> int:
        lower = word.lower()
        if lower in ENGLISH:
            return _COMMON
        if word.isascii() and (word.isupper() or word.isdecimal()):
            return _PLAIN
        if word[1:].islower() and word.isalpha() and is_listed(lower):
            return _PLAIN
        return _SURE if any(map(self._is_sure, tokens(word))) else _PLAIN


def _is_sure(sure: float, token: str) -> bool:
    return has_known_halves(token) and needs_look(token) and by_itself(token, "en") >= sure


def _changed(before: str, after: str) -> tuple[str, str]:
    """What of two texts is not the same in both, with all tokens that reach into it."""
    most = min(len(before), len(after)) - _STEP
    head = tail = 0
    while head <= most and before[head : head + _STEP] == after[head : head + _STEP]:
        head += _STEP
    while tail <= most - head and before[-tail - _STEP :][:_STEP] == after[-tail - _STEP :][:_STEP]:
        tail += _STEP
    first, rest = max(0, head - LONGEST - 1), LONGEST + 1 - tail
    return before[first : len(before) + rest], after[first : len(after) + rest]


_STEP = 256
"""Code points that are compared at once."""


@cache
def _listed() -> Table:
    """All words of the English list, but for those that tell the language."""
    data = EDGE + listing("english-words").encode() + EDGE
    starts, ends = spans(data)
    numbers = keys(data, starts, ends)
    common = " ".join(ENGLISH).encode().join((EDGE, EDGE))
    numbers = numbers[~np.isin(numbers, [*keys(common, *spans(common)).tolist(), 0])]
    made = Table(LISTED)
    made.add(numbers, np.full(len(numbers), _PLAIN, dtype=np.int8))
    return made


def _lowered(data: bytes, starts: Any, ends: Any) -> Any:
    """The numbers of words with their first letter in lower case."""
    changed = np.frombuffer(data, dtype=np.uint8).copy()
    first = changed[starts]
    changed[starts] = np.where((first > 64) & (first < 91), first | 32, first)
    return keys(changed.tobytes(), starts, ends)


def _foreign(
    starts: Any, values: Any, heads: Any, lengths: Any, texts: Sequence[bytes]
) -> list[int]:
    """The texts that are not plainly English and turn out not to be."""
    first = np.searchsorted(starts, heads)
    last = np.searchsorted(starts, heads + np.minimum(lengths, HEAD))
    common = np.concatenate((_FIRST, np.cumsum(values == _COMMON)))
    share = (common[last] - common[first]) / np.maximum(1, last - first)
    doubted = np.flatnonzero(share < SHARE).tolist()
    return [n for n in doubted if language(texts[n].decode("utf-8", "surrogatepass")) != "en"]


_FIRST = np.zeros(1, dtype=np.int64)
