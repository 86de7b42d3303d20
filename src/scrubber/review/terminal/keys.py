"""The keys of a review, as people know them from git, and what the help says of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scrubber.decisions.book import Verdict
from scrubber.decisions.keys import Scope
from scrubber.review.items import Item
from scrubber.review.session import Session


class Key(NamedTuple):
    """A key, the word that the bottom line shows for it, and what the help says."""

    key: str
    word: str
    about: str


KEYS = (
    Key("y", "accept", "accept the proposal that is shown"),
    Key("n", "reject", "reject: the text is right as it is"),
    Key("s", "skip", "leave undecided; a later review asks again"),
    Key("e", "own", "type a replacement of your own"),
    Key("E", "", "write a replacement in your editor"),
    Key("1-9", "", "accept that proposal"),
    Key("Tab", "", "show the next proposal"),
    Key("u", "undo", "undo the last answer"),
    Key("j k", "", "go to the next, the previous undecided one"),
    Key("J K", "", "go to the next, the previous one, decided or not"),
    Key("g", "", "go to a number"),
    Key("/", "", "search in rules, files and texts"),
    Key("a d", "", "accept, reject the rest of this file"),
    Key("b B", "", "accept, reject all the same change, everywhere and from now on"),
    Key("r R", "", "accept, reject all of this rule, everywhere and from now on"),
    Key("i", "", "never again: this word is right, for all rules of the pack"),
    Key("m", "", "more context"),
    Key("o", "", "another order: by file, by rule, by change, by doubt"),
    Key("w", "", "what the rule is, why, and how safe"),
    Key("p", "", "preview what is accepted of this file as a diff"),
    Key("q", "quit", "write what is accepted, and quit"),
    Key("Q", "", "quit and write nothing; the decisions are kept"),
    Key("?", "help", "this page"),
    Key("Enter", "", "the answer that the bottom line shows: accept a fix, skip what is less sure"),
)


ANSWERS: dict[str, Callable[[Session, Item, int], str]] = {
    "y": lambda session, item, choice: session.accept(item, choice),
    "n": lambda session, item, choice: session.reject(item),
    "s": lambda session, item, choice: session.leave(item),
    "a": lambda session, item, choice: session.rest_of_file(item, Verdict.ACCEPT),
    "d": lambda session, item, choice: session.rest_of_file(item, Verdict.REJECT),
    "b": lambda session, item, choice: session.accept(item, choice, Scope.CHANGE),
    "B": lambda session, item, choice: session.reject(item, Scope.CHANGE),
    "r": lambda session, item, choice: session.accept(item, 0, Scope.RULE),
    "R": lambda session, item, choice: session.reject(item, Scope.RULE),
    "i": lambda session, item, choice: session.reject(item, Scope.WORD),
}
"""What the keys that decide do, for the proposal `choice`, from 0; they say what was done."""


def help_page() -> str:
    """Return what the keys do, a line each."""
    lines = [f"  {key.key:6} {key.about}" for key in KEYS]
    lines += [
        "",
        "Each decision is kept as soon as it is made; Ctrl-C loses none and writes nothing.",
    ]
    return "\n".join(lines)
