"""A review without a terminal: rules that get in each other's way, files, a clock that ticks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrubber import rules as rule_files
from scrubber.decisions.book import Book
from scrubber.decisions.ledger import Ledger
from scrubber.documents import source
from scrubber.review.desk import Desk
from scrubber.review.files import Files
from scrubber.review.items import Item
from scrubber.review.session import Session
from scrubber.rule_checks import check
from scrubber.rules import Rule

# Name, action, expression, what is offered. `inner` overlaps all of the first three.
_RULES = (
    ("a/mark", "fix", " ,", (",",)),
    ("a/dash", "suggest", "x-y", ("xy", "x y", "x–y")),
    ("b/wide", "suggest", "x-y ,z?", ("x-y,", "")),
    ("b/inner", "fix", "y ,", ("y;",)),
    ("b/odd", "suggest", "q+", ()),
    ("b/seam", "suggest", "(?<=k)(?=m)", (" ", "-")),
    ("b/line", "fix", r"\r?\nfoot\r?\n", ("\n",)),
)


def rules(*table: tuple[str, str, str, Sequence[str]]) -> tuple[Rule, ...]:
    found: list[Rule] = []
    for name, action, match, offered in table or _RULES:
        pack, _, defect = name.partition("/")
        replace = f"replace={list(offered)!r}\n" if offered else ""
        toml = (
            f'[[rule]]\nid="{defect}"\nabout="a"\nwhy="b"\nsafety="c"\naction="{action}"\n'
            f"match='''{match}'''\n{replace}example=[{{bad=\"⟦q⟧\"}},{{ok=\"o\"}}]\n"
        )
        made, mistakes = rule_files.load(toml, "own.toml", pack, check)
        assert mistakes == []
        found += made
    return tuple(found)


OWN = rules()


def ticking(start: int = 0) -> Callable[[], str]:
    """A clock: each look at it is a second later."""
    seconds = itertools.count(start)
    return lambda: f"2031-05-01T{next(seconds):08}Z"


@dataclass
class Bench:
    """A folder with texts and one ledger."""

    folder: Path
    rules: Sequence[Rule] = OWN
    told: list[tuple[str, str]] = field(default_factory=list)

    def put(self, texts: Mapping[str, str]) -> Bench:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (self.folder / name).write_bytes(text.encode())
        return self

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.folder / ".scrubber" / "decisions.jsonl", self.folder)

    @property
    def kept(self) -> bytes:
        return self.ledger.file.read_bytes() if self.ledger.file.exists() else b""

    def text(self, name: str = "a.txt") -> str:
        return (self.folder / name).read_bytes().decode()

    def desk(
        self,
        who: str = "Ines",
        clock: Callable[[], str] | None = None,
        names: Iterable[str] = (),
        sample: str | None = None,
    ) -> Desk:
        """Open all files of the folder, or those named, as a new session does."""
        ledger = self.ledger
        book = Book(ledger.read().decisions)
        files = Files(lambda path: self.rules, ledger, lambda *told: self.told.append(told))
        found = [self.folder / name for name in names] or sorted(
            path for path in self.folder.iterdir() if path.is_file()
        )
        items = files.load(((path, source.read(path)) for path in found), book)
        session = Session(items, ledger, who, clock or ticking(), sample=sample, book=book)
        return Desk(session, files, lambda rule: f"about {rule}", lambda rule: "99 % of 400")


def standing(desk: Desk) -> list[tuple[object, ...]]:
    """What is decided of each item, as anybody who opens the ledger has to see it."""
    return [
        (
            *item.place,
            "open" if item.open else item.state,
            item.chosen,
            item.decision and (item.decision.key, item.decision.verdict, item.decision.who),
            item.dispute and item.dispute.decisions,
        )
        for item in sorted(desk.session.items, key=lambda item: item.place)
    ]


def at(desk: Desk, rule: str, number: int = 0) -> Item:
    """The item of a rule with that number among those of the rule, by place."""
    found = [item for item in desk.session.items if item.finding.rule == rule and not item.written]
    return sorted(found, key=lambda item: item.place)[number]
