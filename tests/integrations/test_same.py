from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import same

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize("name", same.NAMES)
def test_rows_and_edits_are_those_of_the_plain_api(name: str) -> None:
    lacking = same.lacking(name)
    if lacking:
        last = tomllib.loads((HERE / "results.toml").read_text(encoding="utf-8")).get(name)
        pytest.skip(f"NOT TESTED: without {', '.join(lacking)}; last tested with {last}")
    command = [sys.executable, str(HERE / "same.py"), name, "60"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["changed"] > 5


@pytest.mark.parametrize("name", same.NAMES)
def test_each_was_tested_with_the_real_package(name: str) -> None:
    last = tomllib.loads((HERE / "results.toml").read_text(encoding="utf-8"))[name]
    assert last["rows"] >= 3000
    assert last["edits"] > last["changed"] > 500
    assert last["packages"].keys() == {*same.packages(name)}
