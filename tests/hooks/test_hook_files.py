"""`.pre-commit-hooks.yaml` as pre-commit reads it, and installed as pre-commit installs it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from repositories import FIXED, GLUED, HOOKS, ROOT, Repository, environment

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


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository of what the project is built from, as it is now."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("src", "rules", "corpus/floors.toml", *_TOP):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


_TOP = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def test_the_hooks_as_they_are_installed(
    project: Path, repository: Repository, tmp_path: Path
) -> None:
    here = Repository(project, repository.home)
    here.git("add", "-A")
    here.git("commit", "-qm", "state")
    revision = here.git("rev-parse", "HEAD").strip()
    hooks = [{"id": name} for name in BY_ID]
    named = {"repo": project.as_uri(), "rev": revision, "hooks": hooks}
    repository.commit({".pre-commit-config.yaml": yaml.safe_dump({"repos": [named]})})
    repository.stage({"a.md": GLUED})
    bare = {"PYTHONPATH": "", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    installed = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install-hooks"],
        cwd=repository.folder,
        env=environment(repository.home, **bare),
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode and re.search(_UNREACHABLE, installed.stdout):
        pytest.skip("NOT TESTED: the package index cannot be reached to install the hooks from")
    assert installed.returncode == 0, installed.stdout

    ran = repository.run("scrubber", **bare)
    assert ran.code == 1
    assert "a.md:1:22: fix links/glued-capital" in ran.out
    # Outside the hook this scrubber is not in the PATH: what is named must work all the same.
    decide = shlex.split(ran.out.split("Decide each one:")[1].splitlines()[0])
    program = Path(decide[0]).expanduser()
    assert program.is_relative_to(repository.home)
    shown = subprocess.run(
        [program, "fix", "--diff", *decide[2:]],
        cwd=repository.folder,
        env=environment(repository.home, **bare),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shown.returncode, f"+{FIXED}" in shown.stdout) == (1, True)
    assert repository.run("scrubber-fix", **bare).code == 1
    assert (repository.disk("a.md"), repository.index("a.md")) == (FIXED, GLUED)


_UNREACHABLE = r"Failed to establish|name resolution|NewConnectionError|No matching distribution"
