"""What holds for a file: rules, language, whether it is looked at; and for its project."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from scrubber import packs
from scrubber.config import Settings
from scrubber.rules import Rule


class Held:
    """What holds for a file. Files for which the same holds share one.

    `language` is the code of the language that the settings say it is in; what is `excluded` is not
    looked at, and has no rules.
    """

    def __init__(
        self, chosen: Chosen, rules: tuple[Rule, ...], language: str | None, excluded: bool
    ) -> None:
        self.chosen, self.rules, self.language = chosen, rules, language
        self.excluded = excluded

    @property
    def settings(self) -> Settings:
        """The settings of its project."""
        return self.chosen.settings

    @cached_property
    def digest(self) -> bytes:
        """What changes when something else would be found in the same text.

        It knows the rules with all that they are given, the language, and the code of installed
        packages; not scrubber's own code, of which its version tells, and no decisions.
        """
        from scrubber.kept import digest
        from scrubber.results import of_rules

        return digest(of_rules(self.rules), (self.language or "").encode())


class Chosen:
    """What settings and the command line say of a project: settings, rules that run, every rule.

    `firm` are the prefixes that the command line selects, above what settings say of single files;
    `unread` are packs that are off and were not asked for.
    """

    def __init__(
        self,
        settings: Settings,
        rules: tuple[Rule, ...] = (),
        every: tuple[Rule, ...] = (),
        firm: tuple[str, ...] = (),
        unread: tuple[str, ...] = (),
    ) -> None:
        self.settings, self.rules, self.every = settings, rules, every
        self._firm, self.unread = firm, unread
        self._held: dict[tuple[object, ...], Held] = {}

    def held(self, path: str, *, excluded: bool = False) -> Held:
        """Return what holds for a file, by its absolute path."""
        settings = self.settings
        ignored: tuple[str, ...] = ()
        language = None
        if not excluded and (settings.per_file_ignores or settings.language):
            from scrubber.config.globs import fits

            name = below(settings.folder, path)
            for glob, prefixes in settings.per_file_ignores:
                ignored += prefixes if fits((glob,), name) else ()
            for glob, code in settings.language:  # the last one that fits
                language = code if fits((glob,), name) else language
        key = ignored, language, excluded
        if key not in self._held:
            rules = () if excluded else self._without(ignored)
            self._held[key] = Held(self, rules, language, excluded)
        return self._held[key]

    def _without(self, ignored: tuple[str, ...]) -> tuple[Rule, ...]:
        if not ignored:
            return self.rules
        longest = packs.longest
        return tuple(
            rule
            for rule in self.rules
            if longest(rule, ignored) < 0 or longest(rule, self._firm) > longest(rule, ignored)
        )


def below(folder: Path, path: str) -> str:
    """Return an absolute path as globs take it: from a folder on, with slashes."""
    base = os.path.join(folder, "")
    if not path.startswith(base):
        end = os.sep if path.endswith(os.sep) else ""
        path = os.path.relpath(path, base) + end
    return path.removeprefix(base).replace(os.sep, "/")
