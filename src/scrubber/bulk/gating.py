"""Looks at plain texts through the gates of the rules: only what may fire is asked."""

from __future__ import annotations

from collections.abc import Sequence

from scrubber.gates import Gates
from scrubber.look import Found, Look, looked
from scrubber.model import Document
from scrubber.rules import Rule

Rows = dict[int, tuple[Rule, ...]]


class Gated:
    """Tells for a block of plain texts which rules may repair which of them, unattended.

    Raises:
        ImportError: what the gates need is not installed (the extra `bulk`).
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        from scrubber.bulk.words import Words

        self._gates = Gates(rules)
        glued = self._gates.words
        self._words = (
            Words(min(float(rule.params.get("sure", 0)) for rule in glued)) if glued else None
        )

    def may_fire(self, texts: Sequence[str]) -> Rows:
        """Return the rules that may repair each text, by its number; none is no entry."""
        data = [_bytes(text) for text in texts]
        found: Rows = {}
        doubtful = set(self._words.doubtful(data)) if self._words else set()
        for number, text in enumerate(data):
            hits = self._gates.numbers(text)
            if hits or number in doubtful:
                found[number] = self._chosen(hits, words=number in doubtful)
        return found

    def look(self, first: Sequence[Rule]) -> Look:
        """Return how `engine.settle` looks at one text, through the gates.

        First it asks the given rules, which the gates have chosen, and after each repair those that
        they choose then.
        """
        last: str | None = None
        words = any(rule in self._gates.words for rule in first)

        def gated(document: Document, rules: tuple[Rule, ...]) -> Found:
            nonlocal last, words
            text, may = document.text, tuple(first)
            if last is not None:
                data = _bytes(text)
                if self._words is not None:
                    words = bool(
                        self._words.doubtful([data])
                        if words
                        else self._words.is_doubtful(text, before=last)
                    )
                may = self._chosen(self._gates.numbers(data), words=words)
            last = text
            return looked(document, tuple(rule for rule in may if rule in rules))

        return gated

    def _chosen(self, numbers: Sequence[int], *, words: bool) -> tuple[Rule, ...]:
        return self._gates.chosen(numbers, words=words)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
