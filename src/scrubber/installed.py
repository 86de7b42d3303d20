"""Packs that installed packages offer, by the entry points of the group `scrubber.packs`.

```toml
[project.entry-points."scrubber.packs"]
acme = "acme_rules"              # a package: its TOML files are packs, its modules detectors
```

A rule of such a pack names a detector as the packs that ship do; a module of its package goes
before one of scrubber. Nothing is looked up, and nothing imported, before settings name the pack.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from scrubber.rules import nearest

GROUP = "scrubber.packs"


class Offered(NamedTuple):
    """What an installed package offers: its name for imports, and where its TOML files lie."""

    package: str
    folder: Path

    def detector(self, name: str) -> str:
        """Return the full name of the package's module for a detector; `name` where it has none."""
        module = name.replace("-", "_")
        own = module.isidentifier() and (self.folder / f"{module}.py").is_file()
        return f"{self.package}.{module}" if own else name


class NotOfferedError(Exception):
    """No installed package offers the pack, or what it offers cannot be used."""


@cache
def find(name: str) -> Offered:
    """Return what is offered under a name.

    Raises:
        NotOfferedError: nothing is, or it is no package with TOML files.
    """
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    points = entry_points(group=GROUP)
    if name not in points.names:
        near = nearest(name, points.names)
        raise NotOfferedError(f'no file, folder or installed pack "{name}"{near}')
    package = points[name].module
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    for folder in (spec and spec.submodule_search_locations) or ():
        if any(Path(folder).glob("*.toml")):
            return Offered(package, Path(folder))
    raise NotOfferedError(f'the installed pack "{name}" has no TOML files: see {package}')


def stamp(package: str) -> str:
    """Return what changes when a package's modules do."""
    from importlib.util import find_spec

    spec = find_spec(package)
    files = [
        file
        for folder in (spec and spec.submodule_search_locations) or ()
        for file in sorted(Path(folder).rglob("*.py"))
    ]
    return repr([(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files])
