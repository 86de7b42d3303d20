"""Words of a block by number: each is told from all others by 64 bits, all of them at once (numpy).

Of up to eight bytes the number is the word; of up to sixteen two words in 10^19 have the same one.
Longer ones have none: they are few, one in a thousand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

ABSENT = -1
"""What a table tells of a word that it does not hold."""
EDGE = b"\n" * 8
"""Bytes that stand before and behind a block: eight are read at a time."""

_ODD = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD],
    dtype=np.uint64,
)
"""Odd numbers with as many bits set as not: a product spreads what tells words apart."""
_MASKS = np.array([*((1 << 8 * size) - 1 for size in range(8)), 2**64 - 1], dtype=np.uint64)
_SHIFT = np.uint64(29)


def spans(data: bytes) -> tuple[Any, Any]:
    """Return where the words of a block begin and end: runs of letters, digits and apostrophes.

    What of UTF-8 is general punctuation parts words, but for the apostrophe. The block stands
    between two `EDGE`s.
    """
    raw = np.frombuffer(data, dtype=np.uint8)
    inside = ((raw | 32) - 97 < 26) | (raw > 127) | (raw - 48 < 10) | (raw == 39)
    marks = np.flatnonzero(raw == 0xE2)
    marks = marks[(raw[marks + 1] == 0x80) & (raw[marks + 2] != 0x99)]
    for at in (marks, marks + 1, marks + 2):
        inside[at] = False
    edges = np.flatnonzero(inside[1:] ^ inside[:-1])
    return edges[::2] + 1, edges[1::2] + 1


def keys(data: bytes, starts: Any, ends: Any) -> Any:
    """Return the numbers of the words of a block, 0 for those of more than sixteen bytes."""
    eight = np.ndarray((len(data) - 7,), dtype="<u8", buffer=data, strides=(1,))
    sizes = ends - starts
    found = eight[starts]
    found &= _MASKS.take(sizes, mode="clip")
    found *= _ODD[0]
    long = np.flatnonzero(sizes > 8)
    if long.size:
        size = sizes[long]
        mixed = found[long] + eight[ends[long] - 8] * _ODD[1] + size.astype(np.uint64) * _ODD[2]
        mixed = (mixed ^ (mixed >> _SHIFT)) * _ODD[3]
        mixed[size > 16] = 0
        found[long] = mixed
    return found


class Table:
    """What is known of words, by their numbers: a small value for each.

    It is of fixed size. A word whose places are taken stays absent, and costs a look elsewhere.
    """

    def __init__(self, bits: int) -> None:
        """Make room for 2 to the power of `bits` words; a third of them find theirs for sure."""
        self._shifts = np.uint64(64 - bits), np.uint64(64 - 2 * bits)
        self._mask = np.uint64((1 << bits) - 1)
        self._keys = np.ones(1 << bits, dtype=np.uint64)  # 1 is no word's number
        self._values = np.full(1 << bits, ABSENT, dtype=np.int8)

    def _place(self, keys: Any, turn: int) -> Any:
        return ((keys >> self._shifts[turn]) & self._mask).astype(np.int64)

    def find(self, keys: Any) -> Any:
        """Return the values of words, `ABSENT` for those that are not there."""
        at = self._place(keys, 0)
        found = self._values[at]
        missed = np.flatnonzero(self._keys[at] != keys)
        found[missed] = ABSENT
        at = self._place(keys[missed], 1)
        there = self._keys[at] == keys[missed]
        found[missed[there]] = self._values[at[there]]
        return found

    def add(self, keys: Any, values: Any) -> None:
        """Take in words, each once, where there is room; none of them has the number 0."""
        for turn in range(2):
            at = self._place(keys, turn)
            free = self._values[at] == ABSENT
            self._keys[at[free]], self._values[at[free]] = keys[free], values[free]
            left = self._keys[at] != keys  # taken before, or by one that came later
            keys, values = keys[left], values[left]
