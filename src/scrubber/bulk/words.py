"""Which texts of a block may hold words run together, told from their words alone.

Each word is judged once, by itself; a block is then a matter of looking its words up, all at once
(numpy and pyarrow). Exact for texts that are plainly English; others are looked at whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scrubber.glue.score import by_itself
from scrubber.glue.tokens import has_known_halves, needs_look, tokens
from scrubber.languages import language
from scrubber.lexicon import is_listed

ENGLISH = frozenset(
    b"the of and to in a is that for it was on with as at by are from be this have has his they he"
    b" not but were which had an or".split()
)
"""Words of which, together, two in nine words of English are one; of other texts' few."""
SHARE = 0.22
"""The share of them from which a text is English: three quarters of what English prose has."""
HEAD = 3000
"""Bytes of a text by which its language is told, as `languages` tells it by 4,000 characters."""
REMEMBERED, MOST = 1 << 19, 1 << 17
"""Words that are remembered (about 50 MB), and those of them that pyarrow looks up: a table that
does not fit the processor's cache is slower than what it saves."""
OFTEN = 0.02
"""The share of words that pyarrow does not know from which it learns more."""
_PART = b"\n\0\n"

_SURE, _COMMON = 1, 2

_WORD = bytes(byte > 127 or chr(byte).isalnum() or chr(byte) == "'" for byte in range(256))
"""Which bytes are a word's; what others of UTF-8 are none, `_starts` takes out."""
_GAP = b' \n\r\t.,;:!?()[]"\0'


class Words:
    """What is known of the words met so far. Not safe for threads; one for each process."""

    def __init__(self, sure: float) -> None:
        self._sure = sure
        self._known: dict[bytes, int] = {}
        self._harmless: set[str] = set()
        self._hot: Any = None
        self._flags: Any = None

    def doubtful(self, texts: Sequence[bytes]) -> list[int]:
        """Return the numbers of the texts (as UTF-8) that may hold words run together."""
        if not texts:
            return []
        data = b"".join((_PART, *(part for text in texts for part in (text, _PART))))
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + len(_PART)
        ends = len(_PART) + np.cumsum(lengths)
        heads = ends - lengths
        starts = _starts(data)
        flags = self._looked_up(data, starts)
        found = {*_sure(starts, flags, heads), *_foreign(starts, flags, heads, ends, texts)}
        return sorted(found)

    def is_doubtful(self, text: str) -> bool:
        """Return whether one text may hold words run together, as `doubtful` does for many."""
        new = set(tokens(text)) - self._harmless
        if any(map(self._is_sure, new)):
            return True
        if len(self._harmless) > REMEMBERED:
            self._harmless.clear()
        self._harmless |= new
        return language(text) != "en"

    def _is_sure(self, token: str) -> bool:
        return (
            has_known_halves(token) and needs_look(token) and by_itself(token, "en") >= self._sure
        )

    def _looked_up(self, data: bytes, starts: Any) -> Any:
        """What is known of each word of a block. Words that are met often are known to pyarrow."""
        offsets = np.append(starts, len(data)).astype(np.int32)
        words = pa.Array.from_buffers(
            pa.binary(), len(starts), [None, pa.py_buffer(offsets), pa.py_buffer(data)]
        )
        if self._hot is None:
            self._learn(pc.unique(words).to_pylist())
        codes = pc.index_in(words, value_set=self._hot).fill_null(-1).to_numpy()
        flags = self._flags[codes]
        missed = np.flatnonzero(codes < 0)
        rare = [data[offsets[at] : offsets[at + 1]] for at in missed.tolist()]
        flags[missed] = [self._of(word) for word in rare]
        if len(rare) > OFTEN * len(starts) and len(self._hot) < MOST:
            self._learn([word for word, count in Counter(rare).items() if count > 1])
        return flags

    def _learn(self, words: list[bytes]) -> None:
        """Make words known to pyarrow. The last flag is that of words that are not: it is 0."""
        new = pa.array(words, pa.binary())
        self._hot = new if self._hot is None else pa.concat_arrays([self._hot, new])
        old = [] if self._flags is None else self._flags[:-1].tolist()
        self._flags = np.array([*old, *map(self._of, words), 0], dtype=np.int8)

    def _of(self, word: bytes) -> int:
        """What is to be known of a word with what stands behind it."""
        word = word.rstrip(_GAP)
        known = self._known.get(word)
        if known is None:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._judged(word)
        return known

    def _judged(self, word: bytes) -> int:
        if word.lower() in ENGLISH:
            return _COMMON
        text = word.decode("utf-8", "replace")
        if text[1:].islower() and text.isalpha() and is_listed(text.lower()):
            return 0  # what most new words are: told at a tenth of the cost
        return _SURE * any(map(self._is_sure, tokens(text)))


def _starts(data: bytes) -> Any:
    """Where words begin, as offsets of bytes; the first is 0."""
    mask = np.frombuffer(data.translate(_WORD), dtype=np.bool_)
    raw = np.frombuffer(data, dtype=np.uint8)
    marks = np.flatnonzero(raw == 0xE2)
    # General punctuation parts words, but for the apostrophe.
    marks = marks[(raw[marks + 1] == 0x80) & (raw[marks + 2] != 0x99)]
    if marks.size:
        mask = mask.copy()
        for at in (marks, marks + 1, marks + 2):
            mask[at] = False
    return np.concatenate((_FIRST, np.flatnonzero(mask[1:] > mask[:-1]) + 1))


_FIRST = np.zeros(1, dtype=np.int64)


def _sure(starts: Any, flags: Any, heads: Any) -> list[int]:
    """The texts that hold a word that is sure by itself."""
    hits = np.flatnonzero(flags & _SURE)
    found: list[int] = (np.searchsorted(heads, starts[hits], side="right") - 1).tolist()
    return found


def _foreign(starts: Any, flags: Any, heads: Any, ends: Any, texts: Sequence[bytes]) -> list[int]:
    """The texts that are not plainly English and turn out not to be."""
    first = np.searchsorted(starts, heads)
    last = np.searchsorted(starts, np.minimum(ends, heads + HEAD))
    common = np.concatenate((_FIRST, np.cumsum(flags == _COMMON)))
    share = (common[last] - common[first]) / np.maximum(1, last - first)
    doubted = np.flatnonzero(share < SHARE).tolist()
    return [n for n in doubted if language(texts[n].decode("utf-8", "surrogatepass")) != "en"]
