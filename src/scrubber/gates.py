"""Which rules may find something in a text: told at the speed of memory, never wrongly "none".

A gate is a pattern in the syntax of RE2 that fits somewhere in every text in which its rule finds
something. All of them are searched for in one pass over the text. A rule's gate stands in its pack
(`gate`) or beside its detector (`gate()`); a rule's hints do where it has neither, and a rule
without any is always asked.
Gates only save time: the tests hold that results with and without them are the same.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from scrubber import detectors
from scrubber.look import Which, hinted
from scrubber.model import Action, Document
from scrubber.rules import Rule

WORDS = "glued-word"
"""The detector whose gate is no pattern but what is known of words: `scrubber.bulk.words`."""
FEW = 20
"""Rules, fewer than which are not worth an automaton."""


def pattern(rule: Rule, *, unattended: bool = True) -> str:
    """Return the gate of a rule, or "" where it has none: then the rule has to be asked.

    A detector may tell by `fix_gate()` what it repairs unattended, where it offers much more.
    """
    if rule.gate:
        return rule.gate
    module = import_module(detectors.get(rule.detector).__module__)
    names = ("fix_gate", "gate") if unattended else ("gate",)
    made: str = next((getattr(module, n)() for n in names if hasattr(module, n)), "")
    if made or not rule.hints:
        return made
    return "(?i)" + "|".join(map(_escaped, rule.hints))


def _escaped(text: str) -> str:
    """A text as a pattern of RE2 that fits it, whatever its case."""
    return "".join(
        char if char.isalnum() or ord(char) > 127 else f"\\x{{{ord(char):x}}}" for char in text
    )


class Gates:
    """The gates of some rules, as one automaton.

    `rules` are those that may repair something, in order: if `unattended` those that may do so by
    themselves, for no other can change a text.
    """

    def __init__(self, rules: Iterable[Rule], *, unattended: bool = True) -> None:
        self.rules = tuple(
            rule
            for rule in rules
            if not unattended
            or (rule.action is Action.FIX and rule.detector not in detectors.IN_MARKUP)
        )
        self._glued = [
            n for n, rule in enumerate(self.rules) if unattended and rule.detector == WORDS
        ]
        self.words = tuple(self.rules[number] for number in self._glued)
        self._always: list[int] = []
        self._numbers: list[int] = []
        patterns: list[str] = []
        for number, rule in enumerate(self.rules):
            if number in self._glued:
                continue
            gate = pattern(rule, unattended=unattended)
            if gate:
                patterns.append(gate)
                self._numbers.append(number)
            else:
                self._always.append(number)
        self._patterns = patterns

    @cached_property
    def _set(self) -> Any:
        import re2

        options = re2.Options()
        options.max_mem = 64 << 20
        options.log_errors = False
        found = re2.Set.SearchSet(options)
        for gate in self._patterns:
            found.Add(gate)
        found.Compile()
        return found

    def numbers(self, data: bytes) -> list[int]:
        """Return the numbers of the rules whose gate fits in a text, as UTF-8, or that have none.

        Those that go by words are none of them.
        """
        return [self._numbers[hit] for hit in self._set.Match(data) or ()] + self._always

    def opened(self, document: Document, rules: Sequence[Rule]) -> Iterable[Rule]:
        """Return those of some rules that may find something: a `scrubber.look.Which`."""
        data = document.text.encode("utf-8", "surrogatepass")
        may = {self.rules[number].id for number in self.numbers(data)}
        return hinted(document, [rule for rule in rules if rule.id in may])

    def chosen(self, numbers: Iterable[int], *, words: bool) -> tuple[Rule, ...]:
        """Return the rules of some numbers, and those that go by words, in order."""
        wanted = {*numbers, *(self._glued if words else ())}
        return tuple(self.rules[number] for number in sorted(wanted))


@cache
def opened() -> Which:
    """Return how many texts are looked at: through gates where RE2 is at hand, else by hints.

    The gates of the last rules asked about are kept, for processes split off from this one too:
    to make them takes 40 ms.
    """
    if importlib.util.find_spec("re2") is None:
        return hinted
    made: list[tuple[Sequence[Rule], Gates]] = []

    def which(document: Document, rules: Sequence[Rule]) -> Iterable[Rule]:
        if len(rules) < FEW:
            return hinted(document, rules)
        if not made or made[0][0] is not rules:
            made[:] = [(rules, Gates(rules, unattended=False))]
        return made[0][1].opened(document, rules)

    return which
