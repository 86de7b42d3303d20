"""Looks at plain texts through the gates of the rules: only what may fire is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from scrubber.gates import Gates
from scrubber.glue.cuts import in_prose
from scrubber.look import Found, Look, looked
from scrubber.model import Document
from scrubber.rules import Rule

if TYPE_CHECKING:
    from scrubber.bulk.words import Sure


class Opened(NamedTuple):
    """The rules that may repair a text, and the tokens for which those that go by words do."""

    rules: tuple[Rule, ...]
    sure: Sure


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

    def may_fire(self, texts: Sequence[str]) -> dict[int, Opened]:
        """Return the rules that may repair each text, by its number; none is no entry."""
        data = [_bytes(text) for text in texts]
        found: dict[int, Opened] = {}
        doubtful = self._words.doubtful(data) if self._words else {}
        for number, text in enumerate(data):
            hits = self._gates.numbers(text)
            words = number in doubtful and _in_prose(texts[number], doubtful[number])
            if hits or words:
                rules = self._gates.chosen(hits, words=words)
                found[number] = Opened(rules, doubtful.get(number, frozenset()))
        return found

    def look(self, first: Opened) -> Look:
        """Return how `engine.settle` looks at one text, through the gates.

        First it asks the rules that the gates have chosen, and after each repair those that they
        choose then.
        """
        last: str | None = None
        sure = first.sure

        def gated(document: Document, rules: tuple[Rule, ...]) -> Found:
            nonlocal last, sure
            text, may = document.text, first.rules
            if last is not None:
                if self._words is not None:
                    sure = self._words.after(sure, text, before=last)
                words = _in_prose(text, sure)
                may = self._gates.chosen(self._gates.numbers(_bytes(text)), words=words)
            last = text
            return looked(document, tuple(rule for rule in may if rule in rules))

        return gated


def _in_prose(text: str, sure: Sure) -> bool:
    """Whether one of some tokens stands in the prose of a text; else none of them counts."""
    if sure is None:
        return True
    document = Document(text)
    return any(
        in_prose(document, at, at + len(token)) for token in sure for at in _places(text, token)
    )


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
