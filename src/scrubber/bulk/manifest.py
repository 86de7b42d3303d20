"""With what the shards of a folder were cleaned, so that it holds no mixture unnoticed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

from scrubber import __version__
from scrubber.kept import digest
from scrubber.resources import rules_folder

Settings = Mapping[str, str]
"""All that decides what becomes of a shard, as digests or plain values by what they are."""

COMMON = frozenset({"options", "packages", "record", "version", "words"})
"""The settings that are the same for all shards of a folder; others may differ by project."""


def settings(**more: Any) -> dict[str, str]:
    """Return what decides the output: version, word lists, packages, and `more`, plain values."""
    common = {"version": __version__, "words": _words(), "packages": _packages()}
    return common | {
        name: value if isinstance(value, str) else _plain(value) for name, value in more.items()
    }


def told(value: Any) -> str:
    """Return the digest of a plain value, for what is too long to be written down."""
    return digest(_plain(value).encode()).hex()


def whole(settings: Settings) -> str:
    """Return the digest of all settings together."""
    return told(sorted(settings.items()))


class Manifest(NamedTuple):
    """All settings that shards of a folder were cleaned with, by their digests.

    The `current` ones count; what was cleaned with others is to be cleaned again, by a run with
    --force that may not have come to its end.
    """

    every: Mapping[str, Settings]
    current: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what lies on disk; nothing is known if it cannot be read."""
        try:
            plain = json.loads(path.read_bytes())
            every = {whole(one): one for one in plain["settings"]}
            return cls(every, frozenset(plain["current"]) & every.keys())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls({}, frozenset())

    def joined(self, ways: Mapping[str, Settings], *, force: bool) -> Self:
        """Return it with the settings of a run, which by `force` alone are current."""
        current = frozenset(ways) if force else self.current | ways.keys()
        return type(self)({**self.every, **ways}, current)

    def data(self) -> bytes:
        """Return it as it lies on disk."""
        every = [dict(self.every[name]) for name in sorted(self.every)]
        plain = {"settings": every, "current": sorted(self.current)}
        return json.dumps(plain, indent=1).encode() + b"\n"


def differing(one: Settings, other: Settings) -> list[str]:
    """Return in what two settings differ.

    >>> differing({"version": "1", "rules": "a"}, {"version": "2", "rules": "a"})
    ['version']
    """
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _words() -> str:
    """The digest of the lists that rules name."""
    files = sorted(rules_folder().glob("words/*.txt"))  # pip compiles what else lies there
    parts = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    return digest(*parts).hex()


def _packages() -> str:
    """The versions of the packages that find and repair."""
    from importlib.metadata import version

    return " ".join(f"{name} {version(name)}" for name in ("ftfy", "regex", "wordfreq"))
