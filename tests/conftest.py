from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import settings

from scrubber import packs
from scrubber.rules import Rule

settings.register_profile("scrubber", deadline=None)  # a busy machine is no failure
settings.load_profile("scrubber")

signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background a shell ignores it

LONG = ("test_floors.py", "test_link_targets.py")
"""Files of tests that take long, begun first: else one process works on while the other waits."""

# Each needs a package that is not there; `integrations/test_same.py` runs them.
collect_ignore_glob = ["integrations/with_*.py"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session")
def rules() -> tuple[Rule, ...]:
    return packs.built_in().rules


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring texts, which are not part of the project."""
    if not (SHARED / "eval" / "score.py").is_file():
        pytest.skip(f"NOT MEASURED: the labelled texts are not at {SHARED}")
    return SHARED
