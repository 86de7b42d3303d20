"""A random sample of what one rule would do to a whole data set. Pure; `proof` has its figures.

Whoever decides a random sample of a rule's findings measures the rule on exactly that data. Choose
the size first: `shares.needed(0.99)` is 381. Sample after sample until a bound is reached proves
less than it says, and so does leaving out the hard ones: an incomplete sample proves nothing.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from scrubber.decisions.book import Book, Decision, Verdict
from scrubber.decisions.keys import Key, Scope, key_of
from scrubber.decisions.lines import Sample
from scrubber.model import Document, Finding
from scrubber.rules import Rule

Origin = TypeVar("Origin")
"""What the caller wants to have back with a place: its path, or what it was read from."""


@dataclass(frozen=True, slots=True)
class Place(Generic[Origin]):
    """A finding that was drawn, with the key that a decision about it has."""

    origin: Origin
    document: Document
    finding: Finding
    key: Key


@dataclass(frozen=True, slots=True)
class Drawn(Generic[Origin]):
    """The places of a sample, in random order, and the line that the ledger keeps of it."""

    places: tuple[Place[Origin], ...]
    sample: Sample


def draw(
    found: Iterable[tuple[Origin, Document, Iterable[Finding]]],
    rule: Rule,
    size: int,
    seed: int,
    *,
    identity: Callable[[Document], Any],
    data: Sequence[str] = (),
) -> Drawn[Origin]:
    """Draw `size` findings of a rule, each as likely as any other, in one pass over a data set.

    What would act is drawn from: findings that have a proposal and the rule's own action. One that
    the rule itself doubts more stays with a person whatever the sample says. `found` has to be what
    the rules find before decisions are honoured (`engine.settle` without a judge), or what was
    rejected once would be missing and the rule look better than it is. `identity` says what a
    document is known by (`Ledger.identity`); findings with the same key are one.

    The places with the smallest keyed hashes are taken (bottom-k sampling: Cohen and Kaplan, PODC
    2007), in the order of the hashes: so the sample depends on seed and data alone, not on the
    order of the files; its beginning is a random sample too, and a larger size holds the smaller.
    Only the places in question are held, and the keys of one document or one file of records
    without ids: keys that come back after another document are counted again in `population`.

    The sample's id is the same for the same rule, size, seed and findings, so that a later session
    goes on. There may be fewer places than asked for.

    Raises:
        ValueError: `size` is less than 1.
    """
    if size < 1:
        raise ValueError("a sample has at least one place")
    heap: list[tuple[int, int]] = []
    places: dict[int, Place[Origin]] = {}
    population = total = 0
    current, seen = object(), set[int]()
    for origin, document, findings in found:
        known_by = None
        for finding in findings:
            if finding.rule != rule.id or finding.action is not rule.action:
                continue
            if not finding.proposals:
                continue
            known_by = identity(document)
            if known_by != current:
                current, seen = known_by, set()
            key = key_of(Scope.HERE, document, finding, known_by)
            order = _hash(seed, key.rule, key.exact, key.prefix, key.suffix, key.document)
            if order in seen:
                continue
            seen.add(order)
            population += 1
            total += _hash(seed, order, finding.proposals[0])
            if order in places or (len(heap) == size and -heap[0][0] < order):
                continue
            places[order] = Place(origin, document, finding, key)
            heapq.heappush(heap, (-order, order))
            if len(heap) > size:
                del places[heapq.heappop(heap)[1]]
    drawn = tuple(places[order] for order in sorted(places))
    name = _hash(seed, rule.id, len(drawn), population, total % 2**128)
    made = f"{name:032x}"[:12]
    return Drawn(drawn, Sample(made, rule.id, len(drawn), population, seed, tuple(data)))


def _hash(seed: int, *parts: Any) -> int:
    """A number of 128 bits that looks random, and is the same on every machine."""
    data = json.dumps(parts).encode()
    secret = str(seed).encode()[:64]
    return int.from_bytes(hashlib.blake2b(data, digest_size=16, key=secret).digest(), "big")


def verdict(place: Place[Any], chosen: str | None) -> Verdict:
    """Return what it says of the rule that a person wants `chosen` at a place; None: no change.

    Unattended the first proposal is what is done. Who takes another one says that it was wrong:
    that is an own replacement, not an acceptance.
    """
    if chosen is None:
        return Verdict.REJECT
    return Verdict.ACCEPT if chosen == place.finding.proposals[0] else Verdict.REPLACE


def carried(drawn: Drawn[Any], decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that stand about drawn places already, to be appended to the ledger.

    Each keeps who decided and when, and names the sample now: nobody is asked twice.
    """
    places = {place.key: place for place in drawn.places}
    return [
        replace(held, verdict=verdict(places[held.key], held.chosen), sample=drawn.sample.id)
        for held in Book(d for d in decisions if d.key in places).held
        if held.sample != drawn.sample.id
    ]
