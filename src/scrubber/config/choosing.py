"""Which rules run: what a project's settings say, and above them what a run says of itself."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scrubber import packs
from scrubber.config import Settings, SettingsError, load
from scrubber.rules import Rule

if TYPE_CHECKING:
    from scrubber.installed import Offered


class ChoiceError(ValueError):
    """What was asked for means nothing, or a pack or settings hold a mistake. One line."""


class Asked(NamedTuple):
    """What a run says of rules: prefixes, and packs of its own beside those of the settings.

    `off_too` reads and chooses packs that are off by default as if they were on, with examples.
    """

    packs: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    off_too: bool = False

    @property
    def firm(self) -> tuple[str, ...]:
        """The prefixes that it chooses, above what settings say of single files."""
        return self.select + self.extend


def named(settings: Settings, asked: Asked) -> frozenset[str]:
    """Return the packs that are named, by the run or the settings: they are read though off."""
    every = {packs.pack_of(prefix) for prefix in (*asked.firm, *asked.ignore, *settings.ignore)}
    if settings.file is not None:
        from scrubber.config.applied import prefixes

        every |= {packs.pack_of(prefix) for _, prefix in prefixes(settings)}
    return frozenset(every)


def read(
    own: Collection[Path], offered: Collection[Offered], names: Collection[str], *, off_too: bool
) -> packs.Packs:
    """Return the packs that ship, those in files and folders, and those of installed packages.

    Raises:
        OSError: a file or folder cannot be read.
    """
    shipped = packs.built_in(None if off_too else names, brief=not off_too)
    return packs.joined(shipped, packs.local(own), *map(packs.installed, offered))


def choose(
    settings: Settings, asked: Asked, found: packs.Packs
) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Return the rules that run, and every rule, as the settings want them.

    Raises:
        SettingsError: what the settings say of rules is a mistake.
    """
    select, extend = asked.select, asked.extend
    # A comment is not in vain where the rule that it silences may be left out.
    narrowed = ("silence/unused",) if asked.select or asked.ignore else ()
    ignore = (*asked.ignore, *settings.ignore, *narrowed)
    if not select:  # what a run selects starts anew, the others add to the settings
        select, extend = settings.select, extend + settings.extend
    every = found.rules
    if settings.file is not None:
        from scrubber.config.applied import applied

        every = applied(settings, every, found.unread)
    return packs.chosen(every, select, ignore, extend, off_too=asked.off_too), every


def without_project(asked: Asked, file: str | os.PathLike[str] | None) -> tuple[Rule, ...]:
    """Return the rules that run where no settings are looked for; `file` are those that are named.

    Raises:
        ChoiceError: a prefix names no rule, or a file cannot be read or holds a mistake.
    """
    try:
        settings = load(Path(), Path(file)) if file is not None else Settings()
        own, offered = own_packs(settings)
        names = named(settings, asked)
        found = read([*own, *asked.packs], offered, names, off_too=asked.off_too)
        for mistake in found.mistakes:
            raise ChoiceError(str(mistake))
        rules, every = choose(settings, asked, found)
        for prefix in (*asked.firm, *asked.ignore):
            if not prefix.strip():
                raise ChoiceError("an empty prefix names no rule")
            packs.known(prefix, every, found.unread)
    except (SettingsError, packs.UnknownRuleError) as error:
        raise ChoiceError(str(error)) from None
    except OSError as error:
        raise ChoiceError(f"{error.filename}: {(error.strerror or str(error)).lower()}") from None
    return rules


def own_packs(settings: Settings) -> tuple[tuple[Path, ...], tuple[Offered, ...]]:
    """Return the packs that settings name: files and folders, and what installed packages offer.

    A file or folder that is there goes before a package: what a repository holds is data alone.

    Raises:
        SettingsError: there is no such pack.
    """
    paths: list[Path] = []
    offered: list[Offered] = []
    for number, name in enumerate(settings.packs):
        path = settings.folder / name
        if path.exists():
            paths.append(path)
        elif "/" in name or "\\" in name or name.endswith(".toml"):
            raise settings.mistake(("packs", number), f'no file or folder "{name}"')
        else:
            from scrubber.installed import NotOfferedError, find

            try:
                offered.append(find(name))
            except NotOfferedError as error:
                raise settings.mistake(("packs", number), str(error)) from None
    return tuple(paths), tuple(offered)


def split(values: Collection[str]) -> tuple[str, ...]:
    """Return the parts of values that are parted by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
