"""Settings from `scrubber.toml` or `[tool.scrubber]` in `pyproject.toml`, the nearest to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scrubber.config.values import Allowed, Trust


class SettingsError(Exception):
    """A mistake in a settings file: one line with file, line and key."""


class Settings(NamedTuple):
    """What a project has set. Paths and globs are relative to `folder`; `file` is where it stands.

    In `per_file_ignores` and `language` a glob goes with what holds for the files that it fits.
    """

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    allow: tuple[Allowed, ...] = ()
    actions: tuple[Trust, ...] = ()
    language: tuple[tuple[str, str], ...] = ()
    packs: tuple[str, ...] = ()
    field: str = "text"
    id: str = "id"
    decisions: str = ".scrubber/decisions.jsonl"
    baseline: str = ""
    second_opinion: str = ""
    folder: Path = Path()
    file: Path | None = None

    def mistake(self, key: tuple[str | int, ...], problem: str) -> SettingsError:
        """Return the error that names the line of a key: ("allow", 0, "rules", 2)."""
        from scrubber.config.values import mistake

        assert self.file is not None
        return mistake(self.file, key, problem)


class Finder:
    """Finds the settings of folders, upwards; each file is read once, each folder looked at once.

    Folders are absolute. Mistakes are raised again for each folder that they hold for.
    """

    def __init__(self) -> None:
        self._known: dict[str, Settings | SettingsError | None] = {}
        self._roots: dict[str, str | None] = {}

    def of(self, folder: str) -> Settings | None:
        """Return the settings in a folder, or in the nearest above it that has any.

        A `scrubber.toml` goes before a `pyproject.toml` in the same folder; a `pyproject.toml`
        without `[tool.scrubber]` is passed over.

        Raises:
            SettingsError: the file cannot be read or holds a mistake.
        """
        if folder not in self._known:
            above = os.path.dirname(folder)
            try:
                self._known[folder] = _in(folder) or (self.of(above) if above != folder else None)
            except SettingsError as error:
                self._known[folder] = error
        found = self._known[folder]
        if isinstance(found, SettingsError):
            raise found
        return found

    def root(self, folder: str) -> str | None:
        """Return the nearest folder upwards that holds a ledger or a repository."""
        if folder not in self._roots:
            above = os.path.dirname(folder)
            held = os.path.isdir(os.path.join(folder, ".scrubber"))
            if held or os.path.exists(os.path.join(folder, ".git")):
                self._roots[folder] = folder
            else:
                self._roots[folder] = self.root(above) if above != folder else None
        return self._roots[folder]


def load(start: Path, file: Path | None = None) -> Settings:
    """Return the settings of `file`, or else those that are found from `start` upwards.

    Raises:
        SettingsError: the file cannot be read or holds a mistake.
    """
    if file is None:
        return Finder().of(os.path.abspath(start)) or Settings()
    from scrubber.config.values import read

    return read(file) or Settings(folder=file.absolute().parent, file=file)


def _in(folder: str) -> Settings | None:
    """The settings that stand in a folder itself."""
    own, project = os.path.join(folder, "scrubber.toml"), os.path.join(folder, "pyproject.toml")
    if os.path.isfile(own):
        from scrubber.config.values import read

        return read(Path(own))
    if os.path.isfile(project) and b"scrubber" in _bytes(project):
        from scrubber.config.values import read

        return read(Path(project))
    return None


def _bytes(file: str) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from None
