"""The built-in packs without their examples, kept in a form that is read in a millisecond."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from scrubber import kept
from scrubber.model import Action
from scrubber.rules import Rule, load


def read(
    files: Sequence[Path], named: Collection[str] | None
) -> tuple[list[Rule], list[str]] | None:
    """Return the rules of built-in packs, and the names of those that are off and not `named`.

    None where a file holds a mistake: then all has to be read anew, to say which.
    """
    texts = [file.read_bytes() for file in files]
    names = [file.name.encode() for file in files]
    shape = " ".join(Rule._fields).encode()  # checkouts of one version may differ in it
    rows = kept.made("packs", [shape, *names, *texts], lambda: _rows(files, texts))
    if rows is None:
        return None
    rules: list[Rule] = []
    unread: list[str] = []
    for name, default, entries in rows:
        if default or named is None or name in named:
            rules += [_rule(entry) for entry in entries]
        else:
            unread.append(name)
    return rules, unread


def _rows(files: Sequence[Path], texts: Sequence[bytes]) -> list[tuple[Any, ...]] | None:
    """Each pack's name, whether it is on by default, and its rules as plain data."""
    rows = []
    for file, text in zip(files, texts, strict=True):
        try:
            rules, mistakes = load(text.decode("utf-8"), file.name, file.stem)
        except UnicodeDecodeError:
            return None
        if mistakes:
            return None
        on = all(rule.default for rule in rules)
        rows.append((file.stem, on, [_entry(rule) for rule in rules]))
    return rows


def _entry(rule: Rule) -> dict[str, Any]:
    entry = {name: value for name, value in rule._asdict().items() if name != "examples"}
    return {**entry, "action": str(rule.action), "params": dict(rule.params)}


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(**{**entry, "action": Action(entry["action"])})
