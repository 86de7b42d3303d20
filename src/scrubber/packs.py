"""Where rules come from: the built-in packs and folders of a user's own; select and ignore."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scrubber import rules as rule_files
from scrubber.comments import DETECTOR
from scrubber.resources import rules_folder
from scrubber.rules import Mistake, Rule, nearest

if TYPE_CHECKING:
    from scrubber.additions import Added, Allow
    from scrubber.installed import Offered


class Packs(NamedTuple):
    """All rules that were found, by id, and what is wrong in their files.

    `unread` names the packs that are off by default and were not asked for; `allows` and `examples`
    are what local packs add to the rules of others.
    """

    rules: tuple[Rule, ...]
    mistakes: tuple[Mistake, ...] = ()
    unread: tuple[str, ...] = ()
    allows: tuple[Allow, ...] = ()
    examples: tuple[Added, ...] = ()


class UnknownRuleError(Exception):
    """A prefix fits no rule. The message names the nearest one."""


def built_in(named: Collection[str] | None = (), *, brief: bool = False) -> Packs:
    """Return the packs that ship with scrubber, each one with None.

    Of those that are off by default only the `named` ones are read: start-up is what a small text
    costs. `brief` leaves the examples out, and then reads what an earlier run has kept.
    """
    files = sorted(rules_folder().glob("*.toml"))
    if brief:
        from scrubber import brief_packs

        found = brief_packs.read([f for f in files if f.name != "floors.toml"], named)
        if found is not None:
            return Packs(tuple(found[0]), unread=tuple(found[1]))
    return _read(files, built_in=True, named=named)


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


def installed(offered: Offered) -> Packs:
    """Return the packs of an installed package; its detectors are imported."""
    return _read(sorted(offered.folder.glob("*.toml")), built_in=False, offered=offered)


def _read(
    files: Sequence[Path],
    *,
    built_in: bool,
    named: Collection[str] | None = None,
    offered: Offered | None = None,
) -> Packs:
    rules: list[Rule] = []
    unread: list[str] = []
    mistakes: list[Mistake] = []
    allows: list[Allow] = []
    examples: list[Added] = []
    check = None if built_in else partial(_check, offered)
    for file in files:
        if file.name == "floors.toml":
            continue
        try:
            source = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            mistakes.append(Mistake(str(file), None, None, "is not UTF-8"))
            continue
        if named is not None and file.stem not in named and is_off(source):
            unread.append(file.stem)
            continue
        name = file.name if built_in else str(file)
        found, wrong = rule_files.load(source, name, file.stem, check)
        rules += [_found_in(offered, rule) for rule in found]
        mistakes += wrong
        if not built_in:
            from scrubber.additions import read

            added = read(source, name)
            allows += added.allows
            examples += added.examples
            mistakes += added.mistakes
    return Packs(tuple(rules), tuple(mistakes), tuple(unread), tuple(allows), tuple(examples))


def is_off(source: str) -> bool:
    r"""Whether a pack is off by default, by its [pack] table alone: its rules are not read.

    >>> is_off("[pack]\ndefault = false\n\n[[rule]]\nid =")
    True
    """
    top = source.split("[[rule]]", 1)[0]
    if "default" not in top:
        return False
    import tomllib

    try:
        head = tomllib.loads(top).get("pack", {})
    except (ValueError, RecursionError):
        return False  # reading the pack says what is wrong
    return isinstance(head, dict) and head.get("default") is False


def _check(offered: Offered | None, rule: Rule) -> None:
    """Make the checks that need patterns compiled; the packs that ship have them in the tests."""
    from scrubber.rule_checks import check

    check(_found_in(offered, rule))


def _found_in(offered: Offered | None, rule: Rule) -> Rule:
    """The rule with the full name of its detector, where an installed package has it."""
    return rule._replace(detector=offered.detector(rule.detector)) if offered else rule


def joined(*packs: Packs) -> Packs:
    """Return several packs as one: what local ones allow holds for the rules of all.

    A rule id that stands in two of them is a mistake, and so is a name that fits no rule.
    """
    rules: dict[str, Rule] = {}
    mistakes = [mistake for pack in packs for mistake in pack.mistakes]
    for rule in (rule for pack in packs for rule in pack.rules):
        if rule.id in rules:
            problem = f"stands already in {rules[rule.id].file}; give it another name"
            mistakes.append(Mistake(rule.file, rule.id, "id", problem))
        else:
            rules[rule.id] = rule
    unread = tuple(name for pack in packs for name in pack.unread)
    allows = tuple(allow for pack in packs for allow in pack.allows)
    examples = tuple(added for pack in packs for added in pack.examples)
    every = tuple(rules.values())
    if allows or examples:
        from scrubber.additions import Additions, allowed, unknown

        mistakes += unknown(every, Additions(allows, examples), unread)
        every = allowed(every, allows)
    known = [*(rule.id for rule in every), *unread]
    every = tuple(
        rule._replace(params={**rule.params, "known": known}) if rule.detector == DETECTOR else rule
        for rule in every
    )
    return Packs(every, tuple(mistakes), unread, allows, examples)


def known(prefix: str, rules: Sequence[Rule], unread: Iterable[str] = ()) -> None:
    """Make sure that a prefix names a rule. `unread` are packs that may be meant.

    Raises:
        UnknownRuleError: it fits none.
    """
    if not any(_fits(prefix, rule) for rule in rules):
        names = {rule.id for rule in rules} | {pack_of(rule.id) for rule in rules} | {*unread}
        raise UnknownRuleError(f'no rule begins with "{prefix}"{nearest(prefix, names)}')


def chosen(
    rules: Sequence[Rule],
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend: Sequence[str] = (),
    *,
    off_too: bool = False,
) -> tuple[Rule, ...]:
    """Return the rules that `select` or `extend` names and `ignore` does not; longer prefixes win.

    A prefix is a pack (`links`), a rule (`links/glued-capital`) or the beginning of either; a pack
    that is off by default has to be named in full (`c4`, `c4/j`). Without `select` all rules run
    but those of packs that are off (`off_too`: these too); `extend` adds to what runs.
    """
    return tuple(
        rule
        for rule in rules
        if longest(
            rule, (*select, *extend), none=0 if (rule.default or off_too) and not select else -1
        )
        > longest(rule, ignore)
    )


def pack_of(name: str) -> str:
    """Return the pack of a rule's id or of a prefix.

    >>> pack_of("links/glued-capital")
    'links'
    """
    return name.split("/")[0]


def _fits(prefix: str, rule: Rule) -> bool:
    return rule.id.startswith(prefix) and (rule.default or pack_of(prefix) == pack_of(rule.id))


def longest(rule: Rule, prefixes: Iterable[str], none: int = -1) -> int:
    """Return the length of the longest prefix that fits a rule; `none` where none does."""
    return max((len(prefix) for prefix in prefixes if _fits(prefix, rule)), default=none)
