"""What rules found in texts, known by all that it was made from: no text is looked at twice.

A result is named by the digest of the text, of how it is read and of the rules, and is kept in the
user's cache folder in one file for each state of scrubber and of what is installed beside it. A
rule that failed on a text looks at it again in the next run.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from scrubber import kept
from scrubber.look import Found, Which, hinted, looked
from scrubber.model import Action, Document, Fault, Finding, Given
from scrubber.resources import rules_folder
from scrubber.rules import Rule

MOST = 20_000
"""Results that are kept; those that were of no use for the longest time go first."""

LARGEST = 16_000_000
"""Bytes that they may take together: reading them costs 1 ms a megabyte."""

_KEYED = frozenset({"text", "id", "path", "given_language", "reader"})
_OTHERS = tuple(name for name in Given._fields if name not in _KEYED)
_PLAIN = Document("")


class Result(NamedTuple):
    """What a look gave, as plain data: findings by `marshal`, b"" for none, and the faults."""

    findings: bytes
    faults: tuple[tuple[str, str], ...] = ()


class Results:
    """What was found so far. `look` is a `scrubber.look.Look` that gives the same as any other.

    `ask` is where else results may come from: by the key of one, it and those that came with it.
    `which` tells which rules are asked.
    """

    def __init__(self, which: Which = hinted) -> None:
        self._which = which
        self.new: dict[bytes, Result] = {}
        self.ask: Callable[[bytes], Mapping[bytes, Result]] = lambda key: {}
        self._old: dict[bytes, bytes] = {}
        self._used: dict[bytes, bytes] = {}
        self._rules: dict[int, tuple[tuple[Rule, ...], bytes | None]] = {}
        self._expected: dict[int, tuple[Document, tuple[Rule, ...], bytes]] = {}
        self._file: str | None = None

    def open(self) -> None:
        """Read what runs before have kept; `save` adds to it."""
        self._file = kept.place("results", stamp())
        self._old = _read(self._file)

    def look(self, document: Document, rules: tuple[Rule, ...]) -> Found:
        """Return what the rules find."""
        known = self._expected.pop(id(document), (None, None, b""))
        same = known[0] is document and known[1] is rules
        key = known[2] if same else self.key(document, rules)
        if key is None:
            return looked(document, rules, self._which)
        found = self._known(document, key)
        if found is None:
            found = looked(document, rules, self._which)
            if len(self.new) <= MOST:
                self.new[key] = _packed(*found)
        return found

    def expect(self, document: Document, rules: tuple[Rule, ...], key: bytes) -> None:
        """Be told the key of a look that will be asked for: naming one takes 0.03 ms."""
        self._expected[id(document)] = document, rules, key

    def lacks(self, key: bytes) -> bool:
        """Return whether a look would have to be made."""
        return key not in self.new and key not in self._old

    def key(self, document: Document, rules: tuple[Rule, ...]) -> bytes | None:
        """Return what names a look; None where it depends on more than can be named."""
        reader = document.reader
        of_rules = self._digest(rules)
        if of_rules is None or (reader is not None and not reader.kind):
            return None
        if any(getattr(document, name) != getattr(_PLAIN, name) for name in _OTHERS):
            return None
        kind = "" if reader is None else reader.kind
        text = document.text.encode("utf-8", "surrogatepass")
        return kept.digest(of_rules, kind.encode(), str(document.given_language).encode(), text)

    def save(self) -> None:
        """Keep what is new for runs to come, together with what others have kept meanwhile.

        A run with more of it than is kept would only push out what other runs need.
        """
        fresh = {key: value.findings for key, value in self.new.items() if not value.faults}
        if self._file is None or not fresh or len(self.new) > MOST:
            return
        before = _read(self._file) or self._old
        every = {key: value for key, value in before.items() if key not in self._used}
        kept.save(self._file, _bounded(every | self._used | fresh))

    def _known(self, document: Document, key: bytes) -> Found | None:
        found = self._old.get(key)
        if found is not None:
            self._used[key] = found
            return _unpacked(document, Result(found))
        if key not in self.new:
            self.new.update(self.ask(key))
        result = self.new.get(key)
        if len(self.new) > MOST:
            self.new.pop(key, None)
        return None if result is None else _unpacked(document, result)

    def _digest(self, rules: tuple[Rule, ...]) -> bytes | None:
        """The digest of some rules; None where one of them is made of more than plain data."""
        known = self._rules.get(id(rules))
        if known is None:
            found = None
            with contextlib.suppress(ValueError):
                found = of_rules(rules)
            known = self._rules[id(rules)] = rules, found  # held: else its id might come again
        return known[1]


def of_rules(rules: Collection[Rule]) -> bytes:
    """Return the digest of all of some rules that matters for what they find.

    The code of installed packages is part of it; of scrubber's own `stamp` tells.

    Raises:
        ValueError: one of them is made of more than plain data.
    """
    held: list[tuple[object, ...]] = [
        (
            *(rule.id, rule.about, str(rule.action), rule.detector, dict(rule.params)),
            *(rule.unless, sorted(rule.languages), sorted(rule.touches), rule.hints),
        )
        for rule in rules
    ]
    packages = {rule.detector.rpartition(".")[0] for rule in rules if "." in rule.detector}
    if packages:
        from scrubber.installed import stamp as of_package

        held += [(of_package(package),) for package in sorted(packages)]
    # Of version 2, for later ones tell in what objects were shared.
    return kept.digest(marshal.dumps(held, 2))


def stamp() -> bytes:
    """Return the digest of the code, the packs and word lists, and all that is installed beside."""
    found = []
    for folder in (os.path.dirname(__file__), os.fspath(rules_folder())):
        for root, folders, _ in os.walk(folder):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            with os.scandir(root) as entries:
                for entry in entries:
                    if entry.name.endswith((".py", ".toml", ".txt")):
                        status = entry.stat()
                        found.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    for folder in dict.fromkeys(sys.path):
        with contextlib.suppress(OSError):
            names = os.listdir(folder or ".")
            found += [f"{folder} {n}" for n in names if n.endswith((".dist-info", ".egg-info"))]
    return kept.digest(*(os.fsencode(line) for line in sorted(found)))


def _packed(findings: Iterable[Finding], faults: Iterable[Fault]) -> Result:
    rows = [
        (f.rule, f.start, f.end, f.text, f.proposals, str(f.action), f.message) for f in findings
    ]
    return Result(
        marshal.dumps(rows) if rows else b"", tuple((fault.rule, fault.problem) for fault in faults)
    )


def _unpacked(document: Document, result: Result) -> Found | None:
    """Findings and faults; None where what is kept cannot be right."""
    found: list[Finding] = []
    try:
        rows = marshal.loads(result.findings) if result.findings else ()
        for rule, start, end, text, proposals, action, message in rows:
            if document.text[start:end] != text:
                return None
            found.append(Finding(rule, start, end, text, proposals, Action(action), message))
    except (ValueError, EOFError, TypeError):
        return None
    return found, [Fault(*fault) for fault in result.faults]


def _read(file: str | None) -> dict[bytes, bytes]:
    found = kept.load(file)
    return found if isinstance(found, dict) else {}


def _bounded(entries: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The last entries: as many as may be kept."""
    names = list(entries)
    first, size = len(names), 0
    while first > max(0, len(names) - MOST):
        size += kept.SIZE + len(entries[names[first - 1]])
        if size > LARGEST:
            break
        first -= 1
    return {name: entries[name] for name in names[first:]}
