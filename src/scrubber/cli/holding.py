"""Finds what holds for each file: the settings nearest to it, below the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from scrubber import config, packs
from scrubber.cli import late
from scrubber.cli.held import Chosen, Held, below
from scrubber.config import Settings, SettingsError, choosing
from scrubber.rules import Mistake, Rule

if TYPE_CHECKING:
    from scrubber.cli.options import Choice, Trouble


class Holding:
    """Finds what holds for files; what was read for one is kept for the others.

    A file without settings above it has those of the current folder, as a dataset elsewhere that
    is cleaned from within a project; unless `at_home` is false. `kept` are projects that are known,
    by their settings' file or folder.
    """

    def __init__(
        self,
        trouble: Trouble,
        choice: Choice,
        *,
        off_too: bool = False,
        at_home: bool = True,
        kept: dict[Path, Chosen] | None = None,
    ) -> None:
        self._trouble, self._choice = trouble, choice
        self._asked = choosing.Asked(
            choice.pack_paths,
            choosing.split(choice.select),
            choosing.split(choice.extend),
            choosing.split(choice.ignore),
            off_too,
        )
        self._finder = config.Finder()
        self._home = os.getcwd() if at_home else None
        self._settings: dict[str, Settings] = {}
        self._chosen = {} if kept is None else kept
        self._packs: dict[tuple[object, ...], packs.Packs] = {}
        self._out: dict[str, bool] = {}
        self._told: set[Mistake] = set()

    def here(self) -> Chosen:
        """Return what holds in the current folder."""
        return self.folder(os.getcwd())

    def of(self, path: str | Path) -> Held:
        """Return what holds for a file, which need not be there.

        Raises:
            click.ClickException: the settings have a mistake.
            click.UsageError: the command line has one.
        """
        path = os.path.abspath(path)
        folder = os.path.dirname(path)
        if self.excludes(folder) or self._fits(self.settings(folder), path):
            return Chosen(Settings(folder=Path(folder))).held(path, excluded=True)
        return self.folder(folder).held(path)

    def folder(self, folder: str) -> Chosen:
        """Return what settings and the command line say in an absolute folder. Raises as `of`."""
        settings = self.settings(folder)
        name = settings.file or settings.folder
        if name not in self._chosen:
            try:
                self._chosen[name] = self._choose(settings)
            except SettingsError as error:
                raise late.wrong_settings(error) from None
        return self._chosen[name]

    def settings(self, folder: str) -> Settings:
        """Return the settings in an absolute folder. Raises `click.ClickException`."""
        if folder not in self._settings:
            try:
                self._settings[folder] = self._found(folder)
            except SettingsError as error:
                raise late.wrong_settings(error) from None
        return self._settings[folder]

    def _found(self, folder: str) -> Settings:
        if self._choice.config_file is not None:
            return config.load(Path(folder), self._choice.config_file)
        found = self._finder.of(folder)
        if found is None and self._home is not None:
            found = self._finder.of(self._home)
        if found is None:
            root = self._finder.root(folder)
            if root is None and self._home is not None:
                root = self._finder.root(self._home) or self._home
            found = Settings(folder=Path(root or folder))
        return found

    def excludes(self, folder: str) -> bool:
        """Return whether an absolute folder is passed over with all that lies in it.

        What settings exclude stays out though there are other settings within it, up to the
        repository's own folder: so it is the same whether a folder is walked or a file is named.
        """
        if folder not in self._out:
            root = self._finder.root(folder)
            above = os.path.dirname(folder)
            inside = root is not None and folder != root
            self._out[folder] = (inside and self.excludes(above)) or self._fits(
                self.settings(above if inside else folder), os.path.join(folder, "")
            )
        return self._out[folder]

    def _fits(self, settings: Settings, path: str) -> bool:
        if not settings.exclude:
            return False
        from scrubber.config.globs import fits

        return fits(settings.exclude, below(settings.folder, path))

    def _choose(self, settings: Settings) -> Chosen:
        """Choose rules; a mistake in a pack leaves out that rule only."""
        names = choosing.named(settings, self._asked)
        found = self._read(settings, names)
        for mistake in found.mistakes:
            if mistake not in self._told:
                self._told.add(mistake)
                self._trouble.tell(mistake.file, str(mistake).removeprefix(f"{mistake.file}: "))
        rules, every = choosing.choose(settings, self._asked, found)
        return Chosen(settings, rules, every, self._asked.firm, found.unread)

    def _read(self, settings: Settings, names: frozenset[str]) -> packs.Packs:
        """Read the packs that ship, those of the settings and those of the command line."""
        given = self._asked.packs
        if Path() in given:
            raise late.usage("--pack needs a file or a folder of packs")
        paths, offered = choosing.own_packs(settings)
        key = (*paths, *given), offered, names
        if key not in self._packs:
            off_too = self._asked.off_too
            try:
                found = choosing.read([*paths, *given], offered, names, off_too=off_too)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                raise late.usage(f"{error.filename}: {reason}") from None
            self._packs[key] = found
        return self._packs[key]

    def met(self) -> list[Chosen]:
        """Return the projects of the files asked about; without any, that of the current folder."""
        return list(self._chosen.values()) or [self.here()]

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that run in one of the projects met, each once."""
        return tuple({rule.id: rule for met in self.met() for rule in met.rules}.values())

    def every(self) -> tuple[Rule, ...]:
        """Return the rules that are known in one of the projects met, each once."""
        return tuple({rule.id: rule for met in self.met() for rule in met.every}.values())

    def check(self) -> None:
        """Make sure that what the command line names is there, in one of the projects met.

        Raises:
            click.UsageError: it is not.
        """
        choice = self._choice
        given = (*choice.select, *choice.extend, *choice.ignore)
        if any(not value.strip(" ,") for value in given):
            problem = "an empty prefix for --select, --extend or --ignore names no rule"
            raise late.usage(problem)
        met = self.met()
        for prefix in choosing.split(given):
            wrong: packs.UnknownRuleError | None = None
            for chosen in met:
                try:
                    packs.known(prefix, chosen.every, chosen.unread)
                    break
                except packs.UnknownRuleError as error:
                    wrong = wrong or error
            else:
                raise late.usage(str(wrong))


def choose(trouble: Trouble, choice: Choice, *, off_too: bool = False) -> Chosen:
    """Return what settings and the command line say in the current folder.

    `off_too` reads and chooses packs that are off by default as if they were on, with examples.

    Raises:
        click.ClickException: the settings have a mistake.
        click.UsageError: a prefix fits no rule, or a pack cannot be read.
    """
    holding = Holding(trouble, choice, off_too=off_too)
    chosen = holding.here()
    holding.check()
    return chosen
