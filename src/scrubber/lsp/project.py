"""What holds for a text: rules, decisions, and what is known of the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scrubber.decisions.book import Book
from scrubber.decisions.ledger import Ledger
from scrubber.engine import Judge
from scrubber.rules import Rule


class ProjectError(Exception):
    """A mistake in settings or packs, or a ledger that cannot be read, in one line."""


@dataclass(frozen=True, eq=False)
class Project:
    """What settings and decisions say of a text, read. The same object while no file changes.

    `book` opens the decisions as a review does, or raises `ProjectError`; `judge` honours them as a
    check does. `fields` are a dataset's fields of text and id. `measured` says in words what was
    measured of a rule, and `whole` returns one with its examples. `problems` are told once.
    `language` is what the settings say of the text; what is `excluded` is not looked at.
    `accepted` makes what drops the findings that a baseline holds, in one text.
    """

    rules: tuple[Rule, ...]
    ledger: Ledger
    book: Callable[[], Book]
    judge: Judge | None = None
    fields: tuple[str, str] = ("text", "id")
    measured: Callable[[Rule], str] = lambda rule: "not yet"
    whole: Callable[[Rule], Rule] = lambda rule: rule
    problems: tuple[str, ...] = ()
    language: str | None = None
    excluded: bool = False
    accepted: Callable[[], Judge] | None = None

    def rule(self, name: str) -> Rule | None:
        """Return a rule by its id, with its examples."""
        return next((self.whole(rule) for rule in self.rules if rule.id == name), None)
