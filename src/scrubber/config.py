"""Settings from `scrubber.toml` or `[tool.scrubber]` in `pyproject.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from scrubber.rules import nearest


class SettingsError(Exception):
    """A mistake in a settings file: one line with file and key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project has set. Paths are relative to the file that sets them."""

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    field: str = "text"
    id: str = "id"
    decisions: str = ".scrubber/decisions.jsonl"
    folder: Path = Path()


_LISTS = ("select", "extend", "ignore", "packs")
_KEYS = tuple(field.name for field in fields(Settings) if field.name != "folder")


def load(start: Path, file: Path | None = None) -> Settings:
    """Return the settings of `file`, or of the nearest settings file from `start` upwards.

    A `scrubber.toml` goes before a `pyproject.toml` in the same folder; a `pyproject.toml` without
    `[tool.scrubber]` is passed over.

    Raises:
        SettingsError: the file cannot be read or holds a mistake.
    """
    if file is not None:
        data = _read(file)
        return _settings(file, (_table(data) or {}) if file.name == "pyproject.toml" else data)
    for folder in (start.absolute(), *start.absolute().parents):
        own, project = folder / "scrubber.toml", folder / "pyproject.toml"
        if own.is_file():
            return _settings(own, _read(own))
        if project.is_file() and b"scrubber" in project.read_bytes():
            table = _table(_read(project))
            if table is not None:
                return _settings(project, table)
    return Settings()


def _read(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{file}: not valid TOML: {error}") from None


def _table(project: Mapping[str, Any]) -> Any:
    """The [tool.scrubber] table of a pyproject.toml, or None."""
    tool = project.get("tool")
    return tool.get("scrubber") if isinstance(tool, dict) else None


def _settings(file: Path, table: Mapping[str, Any]) -> Settings:
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: [tool.scrubber] must be a table")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise SettingsError(f'{file}: unknown setting "{key}"{nearest(key, _KEYS)}')
        if key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise SettingsError(f"{file}: {key}: must be a list of texts")
            if any("\0" in item for item in value):
                raise SettingsError(f"{file}: {key}: holds a NUL character")
            values[key] = tuple(value)
        elif isinstance(value, str):
            values[key] = value
        else:
            raise SettingsError(f"{file}: {key}: must be a text")
    return Settings(**values, folder=file.absolute().parent)
