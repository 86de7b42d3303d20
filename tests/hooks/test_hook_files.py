"""`.pre-commit-hooks.yaml` as pre-commit reads it, and the endings that it passes on."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from itertools import chain

from repositories import HOOKS, ROOT

from scrubber.documents import walk
from scrubber.documents.source import DATASETS
from scrubber.markup import KINDS

BY_ID = {hook["id"]: hook for hook in HOOKS}


def test_pre_commit_takes_the_file() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert list(BY_ID) == ["scrubber", "scrubber-fix", "scrubber-rules"]


def test_what_can_be_read_is_passed_and_nothing_else() -> None:
    endings = {".txt", ".text", *chain(*KINDS.values()), *DATASETS}
    assert endings >= walk.SUFFIXES
    for hook in ("scrubber", "scrubber-fix"):
        takes = re.compile(BY_ID[hook]["files"])
        listed = takes.pattern.split("(")[-1].split(")")[0]
        assert {f".{ending.strip()}" for ending in listed.split("|")} == endings
        for ending in endings:
            assert takes.search(f"docs/a{ending}")
            assert takes.search(f"two\nlines{ending.upper()}")
            for name in (f"docs{ending}/a.py", f"a{ending}.py", ending[1:], f"a{ending}\nx"):
                assert not takes.search(name), name


def test_only_one_hook_writes_and_none_is_split() -> None:
    assert [shlex.split(hook["entry"])[1] for hook in HOOKS] == ["check", "fix", "test"]
    assert all(hook["require_serial"] for hook in HOOKS)
