"""What a local pack adds to the rules of other packs: words that they leave alone, and examples.

```toml
[[allow]]
rules = ["links"]              # ids, or how they begin
words = ["DeSantis"]

[[example]]                    # as in a rule; `scrubber test` runs it
rule = "links/glued-capital"
ok = "Governor DeSantis spoke."
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scrubber.patterns import escape
from scrubber.rules import Example, Mistake, Rule, WrongRuleError, example, nearest


@dataclass(frozen=True, slots=True)
class Allow:
    """Words in which no rule finds anything whose id begins with one of `rules`."""

    rules: tuple[str, ...]
    words: tuple[str, ...]
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Added:
    """An example for a rule of any pack."""

    rule: str
    example: Example
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Additions:
    """What a pack adds, and what is wrong with it; a table with a mistake adds nothing."""

    allows: tuple[Allow, ...] = ()
    examples: tuple[Added, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


def read(source: str, file: str) -> Additions:
    """Read what a pack adds. What is not TOML adds nothing: `rules.load` says what is wrong."""
    try:
        data = tomllib.loads(source)
    except (ValueError, RecursionError):
        return Additions()
    mistakes: list[Mistake] = []
    allows = list(_read(data, "allow", partial(_allow, file), mistakes, file))
    examples = list(_read(data, "example", partial(_added, file), mistakes, file))
    return Additions(tuple(allows), tuple(examples), tuple(mistakes))


def _read(
    data: Mapping[str, Any], name: str, made: Any, mistakes: list[Mistake], file: str
) -> Iterator[Any]:
    """Yield what each table of an array gives; its mistakes are added to `mistakes`."""
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mistakes.append(Mistake(file, None, name, f"must be a list of tables: [[{name}]]"))
        return
    for number, table in enumerate(tables, 1):
        try:
            yield made(table, number)
        except WrongRuleError as wrong:
            mistakes.append(Mistake(file, None, wrong.key, wrong.problem))


def _allow(file: str, table: Mapping[str, Any], number: int) -> Allow:
    for key in table:
        if key not in ("rules", "words"):
            problem = f"unknown key{nearest(key, ('rules', 'words'))}"
            raise WrongRuleError(f"allow {number}.{key}", problem)
    for key in ("rules", "words"):
        values = table.get(key)
        if not isinstance(values, list) or not values:
            raise WrongRuleError(f"allow {number}.{key}", "must be a list of texts, not empty")
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise WrongRuleError(f"allow {number}.{key}", "must hold texts that are not empty")
    return Allow(tuple(table["rules"]), tuple(table["words"]), file, number)


def _added(file: str, table: Mapping[str, Any], number: int) -> Added:
    rule = table.get("rule")
    if not isinstance(rule, str) or not rule:
        raise WrongRuleError(f"example {number}.rule", "must name a rule: links/glued-capital")
    rest = {key: value for key, value in table.items() if key != "rule"}
    return Added(rule, example(rest, number), file, number)


def pattern(words: Iterable[str]) -> str:
    r"""Return the regular expression that hits these words where they stand alone.

    Case counts; a blank stands for any blanks.

    >>> pattern(["Sea Sand"])
    '(?<!\\w)(?:Sea\\s+Sand)(?!\\w)'
    """
    parts = (r"\s+".join(map(escape, word.split())) for word in words)
    return rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"


def allowed(rules: Sequence[Rule], allows: Iterable[Allow]) -> tuple[Rule, ...]:
    """Return the rules with the words that they leave alone among their exceptions.

    An exception is asked for where something was found: clean text costs nothing.
    """
    words: dict[str, list[str]] = {}
    for allow in allows:
        for rule in rules:
            if rule.id.startswith(allow.rules):
                words.setdefault(rule.id, []).extend(allow.words)
    return tuple(
        rule._replace(unless=(*rule.unless, pattern(dict.fromkeys(words[rule.id]))))
        if rule.id in words
        else rule
        for rule in rules
    )


def unknown(
    rules: Iterable[Rule], found: Additions, unread: Collection[str] = ()
) -> Iterator[Mistake]:
    """Yield a mistake for each table that names no rule. `unread` are packs that are off."""
    ids = {rule.id for rule in rules}
    packs = {name.split("/")[0] for name in ids} | {*unread}
    for allow in found.allows:
        for prefix in allow.rules:
            if prefix.split("/")[0] not in unread and not any(i.startswith(prefix) for i in ids):
                key = f"allow {allow.number}.rules"
                problem = f'no rule begins with "{prefix}"{nearest(prefix, ids | packs)}'
                yield Mistake(allow.file, None, key, problem)
    for added in found.examples:
        if added.rule not in ids and added.rule.split("/")[0] not in unread:
            key = f"example {added.number}.rule"
            yield Mistake(
                added.file, None, key, f'no rule "{added.rule}"{nearest(added.rule, ids)}'
            )
