"""Real git repositories in which the real pre-commit runs the project's own hook definitions."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
GLUED = "The mayor signed the treatyBut the council refused.\n"
FIXED = "The mayor signed the treaty, but the council refused.\n"
CLEAN = "The ferry leaves at nine. Nothing is wrong with it.\n"


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment without what a hook around this run or a user's git has put in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT", "SKIP", "VIRTUAL_ENV"))
    }
    return kept | {
        "PRE_COMMIT_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "ines@example.org" for who in WHO for what in ("NAME", "EMAIL")},
        **more,
    }


WHO = ("AUTHOR", "COMMITTER")


@dataclass
class Ran:
    """What a run of pre-commit gave."""

    code: int
    out: str


class Repository:
    """A git repository with a pre-commit configuration."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str, stdin: str = "", code: int = 0) -> str:
        done = subprocess.run(
            ["git", *args],
            cwd=self.folder,
            env=environment(self.home),
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done
        return done.stdout.decode()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: Mapping[str, str | bytes]) -> None:
        """Commit files; no hook is installed here."""
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-qm", "state")

    def stage(self, files: Mapping[str, str | bytes]) -> None:
        self.write(files)
        self.git("add", "-A")

    def disk(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def index(self, name: str) -> str:
        return self.git("show", f":{name}")

    def run(self, *args: str, **more: str) -> Ran:
        """Run pre-commit, with all the hooks that are configured or the one that is named."""
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color=never", *args],
            cwd=self.folder,
            env=environment(self.home, **more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode())


def configuration(**changes: Any) -> str:
    """All hooks as they are defined, but with the scrubber that is being tested: no install."""
    here = f"{shlex.quote(sys.executable)} -m scrubber"
    hooks = [
        {**hook, "language": "system", "entry": hook["entry"].replace("scrubber", here, 1)}
        | changes
        for hook in HOOKS
    ]
    return str(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
