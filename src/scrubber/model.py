"""The nouns: what flows from a text to its repairs. Offsets are code points, half-open."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from scrubber import languages
from scrubber import text as texts
from scrubber.comments import Comment, Remark
from scrubber.corpus import Evidence
from scrubber.sieve import Chunks


class Action(enum.StrEnum):
    """How far a finding is trusted, the most trusted first."""

    FIX = "fix"
    """Done unattended."""
    SUGGEST = "suggest"
    """A person picks."""
    REPORT = "report"
    """Nothing to offer."""

    @property
    def doubt(self) -> int:
        """0 for `fix`, 1 for `suggest`, 2 for `report`."""
        return _DOUBT[self]


_DOUBT = {Action.FIX: 0, Action.SUGGEST: 1, Action.REPORT: 2}


class Match(NamedTuple):
    """What a detector yields: a place and what could stand there instead.

    `action` is a cap: the rule's own action is lowered to it, never raised.
    """

    start: int
    end: int
    proposals: tuple[str, ...] = ()
    message: str = ""
    action: Action = Action.FIX


# Named tuples, here and below: `dataclasses` takes 10 of the 90 ms of a hook.
class Finding(NamedTuple):
    """A defect that one rule found in one document.

    `text` is what stands at `start` to `end`; each of `proposals` would replace all of it.
    `decided` is set where a person accepted it, higher the nearer their decision is to this place
    alone: the first proposal is what they chose. `opinion` is what a language model said of it.
    """

    rule: str
    start: int
    end: int
    text: str
    proposals: tuple[str, ...]
    action: Action
    message: str
    decided: int = 0
    opinion: str = ""

    @property
    def order(self) -> tuple[int, int, int, int, str, tuple[str, ...]]:
        """The total order in which findings are planned: decided, surest first, then by place."""
        doubt = self.action.doubt
        return -self.decided, doubt, self.start, -self.end, self.rule, self.proposals


class Edit(NamedTuple):
    """One change to the original text, with the rules that asked for it."""

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]


class Fault(NamedTuple):
    """A rule that failed on a document. Its findings there are missing; other rules went on."""

    rule: str
    problem: str


class Zone(NamedTuple):
    """A stretch of a document that edits must not touch, and what makes it one."""

    start: int
    end: int
    kind: str


class Block(NamedTuple):
    """A part of a text's structure, where its prose lies; a leaf goes when all its prose does."""

    kind: str
    start: int
    end: int
    leaf: bool = False


class Prose(Protocol):
    """The prose of a text in markup, as `scrubber.view` makes it."""

    @property
    def text(self) -> str:
        """The prose."""

    @property
    def aside(self) -> str:
        """The code of the text."""

    @property
    def language(self) -> str | None:
        """The code of the language that the text says it is in."""

    @property
    def links(self) -> Sequence[tuple[int, int]]:
        """Where the texts of links stand in the prose, half-open, in order."""

    @property
    def targets(self) -> str:
        """What the links lead to."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """All that is no prose, in order, without the blanks around it."""

    @property
    def flaws(self) -> Sequence[str]:
        """The mistakes in the markup that are read as what was meant."""

    @property
    def blocks(self) -> Sequence[Block]:
        """The structure of the text."""

    def back(self, finding: Finding) -> Finding | None:
        """Return a finding of the prose at its place in the text; None where it has none."""


class Reader(NamedTuple):
    """How a markup is read.

    `view` is the reading that counts; `comments` are those for scrubber. `glance`, where a reader
    has one, returns about the same prose at a small part of the cost: where nothing is found in it,
    `view` is not asked for. It returns None where only `view` can tell. `blanks_count` where
    several blanks in a row are shown as such; in most markup they are shown as one. `lines_stay`
    where no line can be the frame of a page, and none may go. `kind` is its name.
    """

    view: Callable[[str], Prose]
    comments: Callable[[str], Sequence[Comment]] = lambda text: ()
    glance: Callable[[str], tuple[str, str] | None] | None = None
    blanks_count: bool = False
    lines_stay: bool = False
    kind: str = ""


class Given(NamedTuple):
    """What is given of a document.

    `reader` reads the markup of the text; without one all of it is prose. What any prose may hold
    (URLs, code spans) is found by `protected`. For the prose of a markup, `aside` is the code that
    stands beside it (what is named there is a name), `links` are the places of link texts,
    `targets` what they lead to; `blanks_count` tells whether several blanks are more than one.
    `remarks` are made on comments once rules have looked, `evidence` is what its corpus tells.
    """

    text: str
    id: str | None = None
    path: str | None = None
    given_language: str | None = None
    reader: Reader | None = None
    aside: str = ""
    links: Sequence[tuple[int, int]] = ()
    targets: str = ""
    blanks_count: bool = True
    remarks: Sequence[Remark] = ()
    evidence: Evidence | None = None


class Document(Given):
    """A text with what is known about it. Immutable; what is derived is computed once, on demand.

    Two are never equal; `_replace` makes one that is read anew.
    """

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def language(self) -> str | None:
        """The two-letter code of the language, given or guessed; None when it is not known."""
        return self.given_language or languages.language(self.text)

    @cached_property
    def folded(self) -> str:
        """The text in lower case, for cheap tests; its offsets may differ from the text's."""
        return self.text.lower()

    @cached_property
    def pieces(self) -> list[str]:
        """What stands between blanks in the text, in order."""
        return self.text.split()

    @cached_property
    def chunks(self) -> Chunks:
        """What stands between blanks in the text, each once."""
        return Chunks(set(self.pieces))

    @cached_property
    def words(self) -> Counter[str]:
        """How often each run of letters stands in the text and in the code beside it, case kept."""
        counts = texts.words(Counter(self.pieces))
        counts.update(texts.WORD.findall(self.aside))  # code is hardly met twice
        return counts

    @cached_property
    def vocabulary(self) -> set[str]:
        """The runs of letters in the text and in the code beside it, case kept: keys of `words`."""
        return texts.vocabulary(self.chunks.all).union(texts.WORD.findall(self.aside))

    @cached_property
    def folded_words(self) -> Counter[str]:
        """How often each run of letters stands in the text, case folded."""
        counts: Counter[str] = Counter()
        for word, count in self.words.items():
            counts[word.lower()] += count
        return counts

    @cached_property
    def named_words(self) -> frozenset[str]:
        """The runs of letters in code and in what the links lead to: such a word is a name."""
        return frozenset(texts.WORD.findall(f"{self.targets}\n{self.aside}"))

    @cached_property
    def lines(self) -> list[texts.Line]:
        """The lines of the text."""
        return texts.lines(self.text)

    @cached_property
    def protected(self) -> tuple[Zone, ...]:
        """URLs, addresses and code in the text, sorted by place; none goes over a link's edge."""
        found = [Zone(start, end, kind) for start, end, kind in texts.zones(self.text)]
        if self.links:
            found = [Zone(*texts.within_link(z.start, z.end, self.links), z.kind) for z in found]
        return tuple(sorted(found, key=lambda zone: (zone.start, zone.end)))
