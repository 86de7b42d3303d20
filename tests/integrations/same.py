"""Holds that a tool's integration gives the same rows and edits as the plain Python API.

    python tests/integrations/same.py NAME COUNT

NAME is one of the modules `with_NAME.py` beside this, run in an environment that has its package;
the texts are those of `tests/bulk/prose.py`, a third of them damaged, with empty and missing ones
among them. Prints one line of JSON, or fails.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scrubber import Scrubber

HERE = Path(__file__).resolve().parent

NAMES = (
    "arrow",
    "data_juicer",
    "datasets",
    "datatrove",
    "dolma",
    "duckdb",
    "nemo_curator",
    "pandas",
    "polars",
    "ray",
    "spark",
)
PACKAGES = {
    "arrow": ("pyarrow",),
    "duckdb": ("duckdb", "pyarrow"),
    "ray": ("ray", "pyarrow"),
    "spark": ("pyspark", "pyarrow"),
}
"""What is imported, where it is more or other than the name says."""

NEEDED = {"ray": ("pandas",), "spark": ("pandas",)}
"""What their parts that are used need beside them: Ray without Ray Data is no Ray to be tested."""

INSTALLED = {
    "data_juicer": ("torch==2.13.0", "aiohttp", "py-data-juicer"),  # 1.6.1 asks for neither
    "nemo_curator": ("torch==2.13.0", "nemo-curator"),
    "ray": ("pyarrow", "ray[data]"),
    "spark": ("pandas", "pyarrow", "pyspark"),  # mapInArrow asks for pandas
}
"""What pip installs, where it is called otherwise."""

Row = tuple[str | None, list[dict[str, Any]]]
"""A text as it came out, and the record of its edits."""


def packages(name: str) -> tuple[str, ...]:
    """Return the packages that an integration is tested with."""
    return PACKAGES.get(name, (name,))


def lacking(name: str) -> list[str]:
    """Return those of them that are not installed here."""
    wanted = (*packages(name), *NEEDED.get(name, ()))
    return [package for package in wanted if find_spec(package) is None]


def texts(count: int) -> list[str | None]:
    """Return texts; every 50th is missing or empty."""
    sys.path.insert(0, str(HERE.parent / "bulk"))
    import prose

    drawn = itertools.islice(prose.texts(5, 0.33), count)
    odd = itertools.cycle((None, ""))
    return [next(odd) if n % 50 == 9 else text for n, (text, _) in enumerate(drawn)]


def plainly(given: list[str | None]) -> list[Row]:
    """Return what the plain API gives, text by text."""
    scrubber = Scrubber()
    rows: list[Row] = []
    for text in given:
        done = None if text is None else scrubber.clean(text)
        rows.append((done.text, done.plain()) if done else (None, []))
    return rows


def _spent() -> float:
    """CPU time of this process and those it started that have ended; not of servers of others."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak() -> int:
    """The most memory of this process or the largest it started, in MB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) // 1024


def _version(package: str) -> str:
    (distribution, *_) = packages_distributions()[package]
    return version(distribution)


def compare(name: str, count: int) -> dict[str, Any]:
    """Return what was compared, or fail."""
    given = texts(count)
    wanted = plainly(given)
    began, spent = time.monotonic(), _spent()
    with tempfile.TemporaryDirectory() as folder:
        found: list[Row] = importlib.import_module(f"with_{name}").rows(given, Path(folder))
    assert len(found) == len(wanted)
    for number, (row, other) in enumerate(zip(found, wanted, strict=True)):
        assert row == other, f"row {number}: {row} is not {other}"
    return {
        "name": name,
        "packages": {package: _version(package) for package in packages(name)},
        "date": datetime.now(UTC).date().isoformat(),
        "python": ".".join(map(str, sys.version_info[:3])),
        "rows": count,
        "changed": sum(bool(edits) for _, edits in wanted),
        "edits": sum(len(edits) for _, edits in wanted),
        "seconds": round(time.monotonic() - began, 1),
        "cpu_seconds": round(_spent() - spent, 1),
        "peak_mb": _peak(),
    }


if __name__ == "__main__":
    print(json.dumps(compare(sys.argv[1], int(sys.argv[2]))))
