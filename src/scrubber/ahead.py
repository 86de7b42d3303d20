"""Texts are read ahead of their turn; where they are many, other processes look at them meanwhile.

What comes out is what would come out without: the texts in their order, and the same results. A
small run pays nothing for it, and where another process fails this one looks itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from scrubber.engine import UNATTENDED
from scrubber.look import Found, Which, hinted, looked
from scrubber.model import Action, Document
from scrubber.rules import Rule

if TYPE_CHECKING:
    from scrubber.crew import Crew
    from scrubber.results import Results

FEW = 100_000
"""Characters from which on gates are asked, results kept, and those of runs before looked up."""

ENOUGH = 400_000
"""Characters to look at that are worth the start of other processes."""

EACH = 100_000
"""Characters for each process at least, of what was read when they are started."""

AHEAD = 2_000_000
"""Characters that are read before the first of them has its turn."""

_Item = TypeVar("_Item")
_Text = tuple[Document, tuple[Rule, ...]]


class Ahead:
    """A run over texts: `jobs` is how many processes may look, `keeps` whether results are kept.

    `actions` are those that the run will take. At the end of a `with` block results are kept, and
    other processes end.
    """

    def __init__(self, jobs: int, *, keeps: bool, actions: frozenset[Action] = UNATTENDED) -> None:
        self._jobs, self._keeps, self._actions = jobs, keeps, actions
        self._which: Which = hinted
        self._results: Results | None = None
        self._crew: Crew | None = None
        self._early: list[_Text] = []
        self._seen = 0
        self._waiting: dict[bytes, _Text] = {}
        self._size = 0

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if self._crew is not None:
            self._crew.close(at_once=kind is not None)
        if self._results is not None:
            self._results.save()

    def look(self, document: Document, rules: tuple[Rule, ...]) -> Found:
        """Return what the rules find: a `scrubber.look.Look`."""
        if self._results is None:
            return looked(document, rules, self._which)
        return self._results.look(document, rules)

    def over(
        self, items: Iterable[_Item], texts: Callable[[_Item], Iterable[_Text]]
    ) -> Iterator[_Item]:
        """Yield the items in their order; the texts of each are looked at when it comes."""
        if self._jobs == 1 and not self._keeps:
            yield from self._alone(items, texts)
            return
        read: deque[tuple[_Item, int]] = deque()
        held = 0
        for item in items:
            size = 0
            for document, rules in texts(item):
                size += len(document.text)
                self._note(document, rules)
            read.append((item, size))
            held += size
            while held > AHEAD:
                self._start()
                first, size = read.popleft()
                held -= size
                yield first
        self._start()
        if self._crew is not None:
            self._crew.hand_over()
        for first, _ in read:
            yield first

    def _alone(
        self, items: Iterable[_Item], texts: Callable[[_Item], Iterable[_Text]]
    ) -> Iterator[_Item]:
        """Yield the items as they come: nothing is to be done before their turn."""
        for item in items:
            if self._seen < FEW:
                self._seen += sum(len(document.text) for document, _ in texts(item))
                if self._seen >= FEW:
                    from scrubber.gates import opened

                    self._which = opened()
            yield item

    def _note(self, document: Document, rules: tuple[Rule, ...]) -> None:
        """Have a text looked at before its turn, where nothing is known of it yet."""
        if self._results is None:
            self._early.append((document, rules))
            self._seen += len(document.text)
            if self._seen >= FEW:
                self._begin()
            return
        if self._jobs == 1:
            return
        key = self._results.key(document, rules)
        if key is None:
            return
        self._results.expect(document, rules, key)
        if not self._results.lacks(key):
            return
        if self._crew is not None:
            self._crew.add(key, document, rules)
        elif key not in self._waiting:
            self._waiting[key] = document, rules
            self._size += len(document.text)
            if self._size >= self._jobs * EACH:
                self._start()

    def _begin(self) -> None:
        """Ask for what is known from now on."""
        from scrubber.gates import opened
        from scrubber.results import Results

        self._results = Results(opened())
        if self._keeps:
            self._results.open()
        early, self._early = self._early, []
        for text in early:
            self._note(*text)

    def _start(self) -> None:
        """Start other processes, if enough waits for them."""
        if self._crew is not None or self._results is None or self._size < ENOUGH:
            return
        lacks = self._results.lacks
        self._waiting = {key: text for key, text in self._waiting.items() if lacks(key)}
        self._size = sum(len(document.text) for document, _ in self._waiting.values())
        if self._size < ENOUGH:
            return
        from scrubber.crew import Crew
        from scrubber.frequencies import make_no_tables

        make_no_tables()
        # What this process has loaded by then, those that are split off from it have too.
        self._results.look(*next(iter(self._waiting.values())))
        self._crew = Crew(min(self._jobs, self._size // EACH), self._actions)
        self._results.ask = self._crew.result
        for key, text in self._waiting.items():
            if lacks(key):
                self._crew.add(key, *text)
        self._waiting = {}
