"""Where rules come from: the built-in packs and folders of a user's own; select and ignore."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scrubber import rules as rule_files
from scrubber.resources import rules_folder
from scrubber.rules import Mistake, Rule, nearest


@dataclass(frozen=True, slots=True)
class Packs:
    """All rules that were found, by id, and what is wrong in their files."""

    rules: tuple[Rule, ...]
    mistakes: tuple[Mistake, ...] = ()


class UnknownRuleError(Exception):
    """A prefix in `select` or `ignore` fits no rule. The message names the nearest one."""


def built_in() -> Packs:
    """Return the packs that ship with scrubber."""
    return _read(sorted(rules_folder().glob("*.toml")), built_in=True)


def local(paths: Iterable[Path]) -> Packs:
    """Return the packs in files or folders of the user. They are data; no code is imported.

    Raises:
        OSError: a file cannot be read.
    """
    files: list[Path] = []
    for path in paths:
        found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        files += [file for file in found if file.is_file() or not path.is_dir()]
    return _read(files, built_in=False)


def _read(files: Sequence[Path], *, built_in: bool) -> Packs:
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    check = None if built_in else _check
    for file in files:
        if file.name == "floors.toml":
            continue
        try:
            source = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            mistakes.append(Mistake(str(file), None, None, "is not UTF-8"))
            continue
        name = file.name if built_in else str(file)
        found, wrong = rule_files.load(source, name, file.stem, check)
        rules += found
        mistakes += wrong
    return Packs(tuple(rules), tuple(mistakes))


def _check(rule: Rule) -> None:
    """Make the checks that need patterns compiled; the packs that ship have them in the tests."""
    from scrubber.rule_checks import check

    check(rule)


def joined(*packs: Packs) -> Packs:
    """Return several packs as one; a rule id that stands in two of them is a mistake."""
    rules: dict[str, Rule] = {}
    mistakes = [mistake for pack in packs for mistake in pack.mistakes]
    for rule in (rule for pack in packs for rule in pack.rules):
        if rule.id in rules:
            problem = f"stands already in {rules[rule.id].file}; give it another name"
            mistakes.append(Mistake(rule.file, rule.id, "id", problem))
        else:
            rules[rule.id] = rule
    return Packs(tuple(rules.values()), tuple(mistakes))


def chosen(
    rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """Return the rules that `select` names and `ignore` does not; the longer prefix wins.

    A prefix is a pack (`links`), a rule (`links/glued-capital`) or the beginning of either.
    Without `select` all rules run but those of packs that are off by default.

    Raises:
        UnknownRuleError: a prefix fits no rule.
    """
    for prefix in (*select, *ignore):
        if not any(rule.id.startswith(prefix) for rule in rules):
            known = {rule.id for rule in rules} | {rule.id.split("/")[0] for rule in rules}
            raise UnknownRuleError(f'no rule begins with "{prefix}"{nearest(prefix, known)}')
    return tuple(
        rule
        for rule in rules
        if _longest(rule.id, select, none=0 if rule.default and not select else -1)
        > _longest(rule.id, ignore, none=-1)
    )


def _longest(rule: str, prefixes: Iterable[str], none: int) -> int:
    return max((len(prefix) for prefix in prefixes if rule.startswith(prefix)), default=none)
