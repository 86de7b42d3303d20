"""Tests each integration with the real package, in an environment of its own.

    python tests/integrations/environments.py FOLDER [NAME…]

The environments are made under FOLDER, with what is newest, and stay there. What came out is
written to `results.toml` beside this, with the versions; one that failed is named and keeps what
stands there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Any

import same

ROWS = 24_000
RESULTS = same.HERE / "results.toml"
ROOT = same.HERE.parents[1]


def run(folder: Path, name: str, rows: int) -> dict[str, Any]:
    """Return what an integration gave in its environment.

    Raises:
        subprocess.CalledProcessError: it could not be installed, or gave something else.
    """
    place = folder / name
    python = str(place / "bin" / "python")
    if not place.exists():
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "uv"], check=True)
    wanted = same.INSTALLED.get(name, same.packages(name))
    for what in (wanted[:-1], ("-e", f"{ROOT}[bulk,arrow]", *wanted)):
        if what:  # a version of its own first: what follows would take any
            # pip went through boto3's versions for 20 minutes, for dolma; uv takes seconds.
            install = [python, "-m", "uv", "pip", "install", "-q", "--python", python]
            subprocess.run([*install, *what], check=True)
    command = [python, str(same.HERE / "same.py"), name, str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def written(results: dict[str, dict[str, Any]]) -> str:
    """Return results as TOML."""
    lines = [
        "# Written by environments.py: what was last tested with each real package.",
        "# cpu_seconds and peak_mb are of the process that compares, which holds all rows, and the",
        "# largest it waited for: not of servers. sampled_…: all its descendants, sizes added.",
    ]
    for name, result in sorted(results.items()):
        lines += ["", f"[{name}]"]
        for key, value in result.items():
            if isinstance(value, dict):
                pairs = ", ".join(f"{k} = {json.dumps(v)}" for k, v in value.items())
                lines.append(f"{key} = {{ {pairs} }}")
            elif key != "name":
                lines.append(f"{key} = {json.dumps(value)}")
    return "\n".join(lines) + "\n"


def main(folder: Path, *names: str, rows: int = ROWS) -> int:
    """Test some integrations, or all; return 1 when one fails."""
    failed = 0
    results = tomllib.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in names or same.NAMES:
        try:
            results[name] = run(folder, name, rows)
            print(name, results[name])
        except subprocess.CalledProcessError as error:
            failed = 1
            print(f"{name} FAILED: {error}")
        RESULTS.write_text(written(results), encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute(), *sys.argv[2:]))
