"""The house rules: style, types, floors, lists with their origin, and what start-up may cost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = {"utils", "helpers", "manager", "base", "common"}


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
    ],
    ids=" ".join,
)
def test_the_checkers_are_content(command: list[str]) -> None:
    tool = Path(sys.executable).with_name(command[0])
    found = str(tool) if tool.exists() else shutil.which(command[0])
    assert found, f"{command[0]} is not installed: pip install -e '.[test]'"
    done = subprocess.run(
        [found, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_have_one_concern_and_a_name_for_it() -> None:
    for module in ROOT.glob("src/scrubber/**/*.py"):
        assert module.stem not in FORBIDDEN, module
        assert module.read_text(encoding="utf-8").count("\n") <= 260, f"{module} is too long"


def test_no_two_files_of_tests_have_one_name() -> None:
    """Pytest imports them by it: the second would be an error, in a run of all of them only."""
    names = Counter(file.name for file in ROOT.glob("tests/**/*.py") if file.stem != "conftest")
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("rules/words/*.txt")), ids=lambda p: p.stem)
def test_every_list_names_its_origin_and_licence(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    header = " ".join(line for line in lines if line.startswith("#")).lower()
    assert "origin" in header
    assert "licence" in header
    entries = [line for line in lines if line and not line.startswith("#")]
    assert entries == sorted(set(entries))


def test_the_version_costs_no_more_than_click() -> None:
    code = (
        "import sys; sys.argv = ['scrubber', '--version']\n"
        "from scrubber.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'regex', 'ftfy', 'wordfreq', 'tomllib', 'scrubber.engine'} & set(sys.modules)\n"
        "sys.exit(bool(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
