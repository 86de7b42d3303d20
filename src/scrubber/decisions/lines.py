"""The lines of a ledger: decisions and samples as JSON objects, one a line, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Key, Scope, quoted, unbroken
from scrubber.text import writable


@dataclass(frozen=True, slots=True)
class Sample:
    """A random sample of one rule's findings that a person decides, to measure the rule.

    `size` of `population` findings in `data`, drawn with `seed`.
    """

    id: str
    rule: str
    size: int
    population: int
    seed: int
    data: tuple[str, ...]
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger that could be read."""

    line: int
    value: Decision | Sample


@dataclass(frozen=True)
class Content:
    """What a ledger holds. `problems` names each damaged line with its number; the rest holds."""

    entries: Sequence[Entry] = ()
    problems: Sequence[str] = ()

    @property
    def decisions(self) -> list[Decision]:
        """The decisions, in the order of the file."""
        return [entry.value for entry in self.entries if isinstance(entry.value, Decision)]

    @property
    def samples(self) -> list[Sample]:
        """The samples, in the order of the file."""
        return [entry.value for entry in self.entries if isinstance(entry.value, Sample)]


_encoded = json.JSONEncoder(ensure_ascii=False).encode


def line(value: Decision | Sample) -> str:
    """Return a decision or a sample as one line of JSON, without the line break."""
    if isinstance(value, Sample):
        record: dict[str, Any] = {"sample": value.id, "rule": value.rule, "size": value.size}
        record |= {"population": value.population, "seed": value.seed, "data": value.data}
        record |= {"who": value.who, "when": value.when}
        return json.dumps(record)
    key = value.key
    record = {"verdict": value.verdict, "scope": key.scope, "rule": key.rule}
    if key.scope is not Scope.RULE:
        record["exact"] = key.exact
    if key.scope is Scope.HERE:
        record |= {"prefix": key.prefix, "suffix": key.suffix, "document": key.document}
    if value.chosen is not None:
        record["chosen"] = value.chosen
    record |= {"who": value.who, "when": value.when}
    if value.settles:
        record["settles"] = True
    if value.sample is not None:
        record["sample"] = value.sample
    if value.opinion:
        record["opinion"] = value.opinion
    text = _encoded(record)
    # What some readers take for the end of a line, or cannot write, is escaped.
    return text if text.isprintable() else json.dumps(record)


def parsed(data: bytes) -> Content:
    r"""Return what the bytes of a ledger hold.

    >>> parsed(b'<<<<<<< ours\n').problems
    ['line 1: not a decision: not JSON; mend or delete it']
    """
    entries: list[Entry] = []
    problems: list[str] = []
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            entries.append(Entry(number, _value(raw)))
        except ValueError as error:
            problems.append(f"line {number}: not a decision: {error}; mend or delete it")
    return Content(entries, problems)


_TEXTS = ("exact", "prefix", "suffix", "who", "when", "opinion")


def _value(raw: bytes) -> Decision | Sample:
    """What one line says.

    Raises:
        ValueError: it is damaged; the message says how.
    """
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    if not isinstance(record.get("rule"), str) or not record["rule"]:
        raise ValueError('no "rule"')
    for name in _TEXTS:
        if not isinstance(record.get(name, ""), str):
            raise ValueError(f'"{name}" is not a text')
    if "size" in record:
        return _sample(record)
    return _decision(record)


def _decision(record: dict[str, Any]) -> Decision:
    try:
        verdict, scope = Verdict(record.get("verdict", "")), Scope(record.get("scope", "here"))
    except ValueError:
        raise ValueError('"verdict" or "scope" is none that is known') from None
    chosen = record.get("chosen")
    if chosen is not None and not isinstance(chosen, str):
        raise ValueError('"chosen" is not a text')
    if chosen is not None and not writable(chosen):
        raise ValueError('"chosen" holds a character that no text file can hold')
    if verdict in (Verdict.REJECT, Verdict.WITHDRAW):
        chosen = None
    if chosen is None and verdict is Verdict.REPLACE:
        raise ValueError('a replacement without "chosen"')
    if scope is not Scope.RULE and "exact" not in record:
        raise ValueError('no "exact"')
    if scope is Scope.WORD and not record["exact"]:
        raise ValueError('no word in "exact"')
    key = Key(scope, record["rule"])
    if scope is not Scope.RULE:
        around = record.get("prefix", ""), record.get("suffix", "")
        exact, prefix, suffix = quoted(around[0], record["exact"], around[1])
        key = key._replace(exact=exact)
    if scope is Scope.HERE:
        document = _identity(record.get("document"))
        if not around[0] and not around[1] and document is None:
            prefix = suffix = ""  # a line written by hand: wherever that text was found
        key = key._replace(prefix=prefix, suffix=suffix, document=document)
    return Decision(
        key,
        verdict,
        None if chosen is None else unbroken(chosen),
        record.get("who", ""),
        record.get("when", ""),
        record.get("settles") is True,
        record.get("sample") if isinstance(record.get("sample"), str) else None,
        record.get("opinion", ""),
    )


def _identity(value: Any) -> Any:
    if isinstance(value, dict | list):
        raise ValueError('"document" is neither a path nor an id')
    return value


def _sample(record: dict[str, Any]) -> Sample:
    numbers = [record.get(name) for name in ("size", "population", "seed")]
    data = record.get("data")
    if not all(type(number) is int for number in numbers) or not isinstance(
        record.get("sample"), str
    ):
        raise ValueError("a sample without its numbers")
    if not isinstance(data, list) or not all(isinstance(name, str) for name in data):
        raise ValueError("a sample without its data")
    who, when = record.get("who", ""), record.get("when", "")
    return Sample(record["sample"], record["rule"], *numbers, tuple(data), who, when)  # type: ignore
