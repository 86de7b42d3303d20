"""A few sampled places of each rule, drawn as findings stream by.

A place is drawn by the digest of where it lies, and the lowest digests stay. So each place is as
likely as any other, the draw is the same in each run, and it does not depend on the order of the
texts or on other rules. Only what is drawn is kept.
"""

from __future__ import annotations

import hashlib
import re
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from scrubber.model import Action, Document, Finding
from scrubber.report.excerpt import Excerpt, excerpt
from scrubber.report.place import place

SIZE = 5
"""Sampled places of a rule."""

LONGEST = 200
"""Most code points that are kept of a name, a message or a further proposal."""

_T = TypeVar("_T")


class Least(Generic[_T]):
    """The few with the least keys of all that were offered, in the order of their keys.

    >>> least = Least[str](2)
    >>> for word in "pear", "fig", "apple":
    ...     least.offer(word, word.upper)
    >>> [value for _, value in least.held]
    ['APPLE', 'FIG']
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self.held: list[tuple[Any, _T]] = []

    def offer(self, key: Any, make: Callable[[], _T]) -> None:
        """Take something in if its key is low enough; only then is it made."""
        if len(self.held) < self._size or key < self.held[-1][0]:
            insort(self.held, (key, make()), key=lambda pair: pair[0])
            del self.held[self._size :]


@dataclass(frozen=True, slots=True)
class Sample:
    """A place that a rule found, with what is offered for it besides the first proposal.

    `line` and `column` count from 1 in the text; `row` is the line of the dataset it stands in.
    """

    path: str
    record: str | None
    row: int | None
    line: int
    column: int
    language: str | None
    action: Action
    message: str
    more: tuple[str, ...]
    excerpt: Excerpt


class Samples:
    """The sampled places of one rule."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._spread: Least[Sample] = Least(SIZE)
        self._any: Least[Sample] = Least(SIZE)

    def offer(
        self,
        document: Document,
        record: str | None,
        findings: Sequence[Finding],
        row: Callable[[], int | None],
    ) -> None:
        """Let all that the rule found in a text take part; `row` is called for what is drawn."""
        keyed = [(self._key(document, record, finding), finding) for finding in findings]
        for key, finding in keyed:
            self._any.offer(key, partial(_sample, document, record, finding, row))
        key, drawn = min(keyed, key=lambda pair: pair[0])
        self._spread.offer(key, partial(_sample, document, record, drawn, row))

    def _key(self, document: Document, record: str | None, finding: Finding) -> bytes:
        where = f"{self._seed}\0{finding.rule}\0{document.path}\0{record}\0{finding.start}"
        data = f"{where}\0{finding.end}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=8).digest()

    @property
    def drawn(self) -> list[Sample]:
        """One place of a text while there are enough texts, then any."""
        spread = self._spread.held
        keys = {key for key, _ in spread}
        rest = [pair for pair in self._any.held if pair[0] not in keys]
        return [sample for _, sample in (spread + rest)[:SIZE]]


def _sample(
    document: Document, record: str | None, finding: Finding, row: Callable[[], int | None]
) -> Sample:
    """Return a finding as a sample of bounded size."""
    found = document.text[finding.start : finding.end]
    blank = len(found) - len(found.lstrip()) if "\n" in found else 0
    line, column, _, _ = place(document, finding.start + blank)
    language = document.language or ""
    return Sample(
        document.path or "-",
        record,
        row(),
        line,
        column,
        language if re.fullmatch("[a-z]{2,3}", language) else None,
        finding.action,
        short(finding.message),
        tuple(short(proposal) for proposal in finding.proposals[1:5]),
        excerpt(document, finding),
    )


def short(text: str) -> str:
    """Return a text without its end, where it is long."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
