from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import CLEAN, Repository, configuration


@pytest.fixture(scope="session")
def pre_commit_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def repository(tmp_path: Path, pre_commit_home: Path) -> Repository:
    """A repository with the hooks, not installed into git, and one commit."""
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder, pre_commit_home)
    made.commit({".pre-commit-config.yaml": configuration(), "clean.md": CLEAN})
    return made


Make = Callable[[str], Repository]


@pytest.fixture
def other(tmp_path: Path, pre_commit_home: Path) -> Make:
    """Makes a second repository beside the first."""

    def make(name: str) -> Repository:
        (tmp_path / name).mkdir()
        return Repository(tmp_path / name, pre_commit_home)

    return make
