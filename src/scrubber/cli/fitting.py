"""Which decisions about single places still fit a text: the texts are read and looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scrubber import engine
from scrubber.cli import targets
from scrubber.cli.decided import Decided
from scrubber.cli.holding import Holding
from scrubber.cli.options import Inputs, Trouble
from scrubber.decisions.book import Decision
from scrubber.decisions.counts import is_done
from scrubber.decisions.keys import Key, Scope
from scrubber.documents import source, walk
from scrubber.model import Document


@dataclass(frozen=True, slots=True)
class Stale:
    """A decision that fits nothing any more, the lines of the ledger that it has, and why."""

    key: Key
    lines: tuple[int, ...]
    reason: str
    sampled: bool


@dataclass(frozen=True, slots=True)
class Fitting:
    """What became of the decisions about single places.

    `done` are the accepted ones whose text stands there; `unseen` those whose text was not given.
    """

    stale: tuple[Stale, ...]
    done: int
    unseen: int


def fitting(trouble: Trouble, holding: Holding, said: Decided, inputs: Inputs) -> Fitting:
    """Look at the texts that decisions are about, and at those given, and see what still fits.

    A file is found by its name; a record only in a dataset that is given. Wider decisions are never
    stale: what they are about may come with the next crawl.
    """
    held = _about_places(said)
    wanted = {key.document for key in held}
    named = {key.rule for key in held}
    every = holding.here().every
    rules = [rule for rule in every if rule.default or rule.id in named]
    known = {rule.id for rule in every}
    texts: defaultdict[Any, list[str]] = defaultdict(list)
    for identity, document in documents(trouble, holding, said, inputs, wanted):
        texts[identity].append(document.text)
        try:
            engine.settle(document, rules, judge=said.judge)
        except engine.NotSettledError as error:
            trouble.tell(str(document.path), str(error))
    stale, done, unseen = [], 0, 0
    lines = _lines(said)
    for key, decisions in held.items():
        if key in said.book.fitted:
            continue
        reason = "its place is gone from the text"
        if key.document not in texts:
            reason = _missing(said, key.document)
        elif any(is_done(decision, text) for decision in decisions for text in texts[key.document]):
            done += 1
            continue
        if key.rule not in known:
            reason = "no rule has this name"
        if not reason:
            unseen += 1
            continue
        sampled = any(decision.sample is not None for decision in decisions)
        stale.append(Stale(key, tuple(lines[key]), reason, sampled))
    return Fitting(tuple(stale), done, unseen)


def _about_places(said: Decided) -> dict[Key, tuple[Decision, ...]]:
    held: dict[Key, tuple[Decision, ...]] = {
        decision.key: (decision,) for decision in said.book.held
    }
    held |= {dispute.decisions[0].key: dispute.decisions for dispute in said.book.disputes}
    return {key: decisions for key, decisions in held.items() if key.scope is Scope.HERE}


def _lines(said: Decided) -> dict[Key, list[int]]:
    lines: defaultdict[Key, list[int]] = defaultdict(list)
    for entry in said.content.entries:
        if isinstance(entry.value, Decision):
            lines[entry.value.key].append(entry.line)
    return lines


def documents(
    trouble: Trouble,
    holding: Holding,
    said: Decided,
    inputs: Inputs,
    wanted: set[Any],
    *,
    others: bool = False,
) -> Iterator[tuple[Any, Document]]:
    """Yield the documents that decisions are about, by what they are known by.

    What is given goes first (`others`: all of it), then files by their names.
    """
    met: set[Any] = set()
    given = targets.found(trouble, holding, inputs)
    for _, found, _ in targets.read(trouble, given, inputs):
        for document in found.documents:
            identity = said.ledger.identity(document)
            if others or identity in wanted:
                met.add(identity)
                yield identity, document
    for name in sorted(name for name in wanted - met if isinstance(name, str)):
        file = said.ledger.root / name
        if name == "-" or not file.is_file():
            continue
        try:
            found = targets.text(targets.Target(file, holding.of(file)), inputs)
        except source.InputError as error:
            trouble.tell(name, str(error))
            continue
        for document in found.documents:
            if said.ledger.identity(document) == name:
                yield name, document


def _missing(said: Decided, identity: Any) -> str:
    """Why there is no text to look at; "" where it may well be elsewhere, as records are."""
    if not isinstance(identity, str) or (said.ledger.root / identity).exists():
        return ""
    ending = "." + identity.rpartition(".")[2].lower()
    is_file = ending in walk.SUFFIXES or source.is_dataset(identity)
    return "the file is gone" if is_file else ""
