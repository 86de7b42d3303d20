"""`.pre-commit-hooks.yaml` as pre-commit reads it, and the endings that it passes on."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from repositories import HOOKS, ROOT

from scrubber.documents import walk
from scrubber.documents.source import DATASETS

BY_ID = {hook["id"]: hook for hook in HOOKS}


def test_pre_commit_takes_the_file() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert list(BY_ID) == ["scrubber", "scrubber-fix", "scrubber-rules"]


@pytest.mark.parametrize("ending", sorted({*walk.SUFFIXES, *DATASETS}))
def test_what_a_folder_is_searched_for_is_passed(ending: str) -> None:
    for hook in ("scrubber", "scrubber-fix"):
        for name in (f"docs/a{ending}", f"docs/a{ending.upper()}"):
            assert re.search(BY_ID[hook]["files"], name), name
        for name in (f"docs{ending}/a.py", f"a{ending}.py", ending.lstrip(".")):
            assert not re.search(BY_ID[hook]["files"], name), name


def test_only_one_hook_writes_and_none_is_split() -> None:
    assert [shlex.split(hook["entry"])[1] for hook in HOOKS] == ["check", "fix", "test"]
    assert all(hook["require_serial"] for hook in HOOKS)
