"""What single words were found to be, kept for the runs to come."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber import kept
from scrubber.results import stamp

LARGEST = 4 << 20
"""Bytes of words that are kept: some 400,000, read in 30 ms."""

SHARE = 0.1
"""How much more has to be new before all is written anew; what was not takes 5 microseconds a word
to judge again."""


class Verdicts:
    """The words that were judged, by their verdicts: named by all that they were judged by."""

    def __init__(self, *parts: bytes) -> None:
        """`parts` are what verdicts rest on beside the code and the word lists."""
        self._file = kept.place("verdicts", stamp(), *parts)
        self._new: dict[int, list[bytes]] = {}
        self._size = 0
        found = kept.load(self._file)
        self.words: dict[int, bytes] = found if isinstance(found, dict) else {}
        """What earlier runs have kept: for each verdict its words, between line breaks."""

    def add(self, words: Sequence[bytes], verdicts: Sequence[int]) -> None:
        """Take note of new words, and keep them once they are many; no more where enough are."""
        before = sum(map(len, self.words.values()))
        if before >= LARGEST:
            return
        for word, verdict in zip(words, verdicts, strict=True):
            self._new.setdefault(verdict, []).append(word)
            self._size += len(word) + 1
        if self._size > SHARE * before:
            for verdict, more in self._new.items():
                self.words[verdict] = self.words.get(verdict, b"") + b"\n".join((*more, b""))
            self._new, self._size = {}, 0
            kept.save(self._file, self.words)
