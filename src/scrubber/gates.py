"""Which rules may repair a text unattended: told at the speed of memory, never wrongly "none".

A gate is a pattern in the syntax of RE2 that fits somewhere in every text that its rule repairs.
All of them are searched for in one pass over the text. A rule's gate stands in its pack (`gate`) or
beside its detector (`gate()`); a rule's hints do where it has neither, and a rule without any is
always asked.
Gates only save time: the tests hold that results with and without them are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import Any

from scrubber import detectors
from scrubber.model import Action
from scrubber.rules import Rule

WORDS = "glued-word"
"""The detector whose gate is no pattern but what is known of words: `scrubber.bulk.words`."""
NEVER = frozenset({"glued-link"})
"""Detectors that find nothing in a text without markup."""


def pattern(rule: Rule) -> str:
    """Return the gate of a rule, or "" where it has none: then the rule has to be asked."""
    if rule.gate:
        return rule.gate
    module = import_module(detectors.get(rule.detector).__module__)
    made: str = module.gate() if hasattr(module, "gate") else ""
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

    `rules` are those that may repair something unattended, in order: no other can change a text.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(
            rule for rule in rules if rule.action is Action.FIX and rule.detector not in NEVER
        )
        self._glued = [n for n, rule in enumerate(self.rules) if rule.detector == WORDS]
        self.words = tuple(self.rules[number] for number in self._glued)
        self._always: list[int] = []
        self._numbers: list[int] = []
        patterns: list[str] = []
        for number, rule in enumerate(self.rules):
            if rule.detector == WORDS:
                continue
            gate = pattern(rule)
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
        options.max_mem = 256 << 20
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

    def chosen(self, numbers: Iterable[int], *, words: bool) -> tuple[Rule, ...]:
        """Return the rules of some numbers, and those that go by words, in order."""
        wanted = {*numbers, *(self._glued if words else ())}
        return tuple(self.rules[number] for number in sorted(wanted))
