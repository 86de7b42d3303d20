"""Checks in the background: one at a time, of the latest state of each text."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from scrubber.documents.source import InputError
from scrubber.lsp.checking import Checked, StaleError, check
from scrubber.lsp.positions import Lines
from scrubber.lsp.project import Project, ProjectError

_T = TypeVar("_T")


class State(NamedTuple):
    """One state of a text that an editor holds. `name` is what it is read under."""

    uri: str
    version: int | None
    name: str
    text: str
    encoding: str


@dataclass(frozen=True)
class Result:
    """What came of a check. Without `checked`, `problem` says why; `settings` where it is theirs.

    Both are empty where the text was changed meanwhile.
    """

    state: State
    lines: Lines
    checked: Checked | None = None
    problem: str = ""
    settings: bool = False


class _Run(NamedTuple):
    state: State
    stopped: threading.Event
    result: asyncio.Future[Result]


class Checks:
    """Runs checks in one thread, so that the editor is answered meanwhile.

    `project` finds what holds for a text; it is called in that thread, and so is all that works on
    a project.
    """

    def __init__(self, project: Callable[[State], Project]) -> None:
        self._project = project
        self._pool = ThreadPoolExecutor(1, "scrubber")
        self._runs: dict[str, _Run] = {}

    async def of(self, state: State) -> Result:
        """Return the check of a state, the one that is done or under way where there is one."""
        run = self._runs.get(state.uri)
        if run is None or run.state != state or run.stopped.is_set():
            self.stop(state.uri)
            stopped = threading.Event()
            work = partial(_checked, state, self._project, stopped.is_set)
            result = asyncio.get_running_loop().run_in_executor(self._pool, work)
            run = self._runs[state.uri] = _Run(state, stopped, result)
        return await asyncio.shield(run.result)

    async def call(self, work: Callable[[], _T]) -> _T:
        """Do some work in the thread of the checks."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def stop(self, uri: str) -> None:
        """Nobody waits for the check of a text any more, or what it said holds no more."""
        run = self._runs.pop(uri, None)
        if run is not None:
            run.stopped.set()

    def close(self) -> None:
        """Stop all checks."""
        for uri in list(self._runs):
            self.stop(uri)
        self._pool.shutdown(wait=False, cancel_futures=True)


def _checked(state: State, project: Callable[[State], Project], stop: Callable[[], bool]) -> Result:
    """A check that always comes back: whatever goes wrong is said, and the server lives."""
    lines = Lines(state.text, state.encoding)
    if stop():
        return Result(state, lines)
    try:
        return Result(state, lines, check(state.name, state.text, project(state), stop))
    except StaleError:
        return Result(state, lines)
    except ProjectError as error:
        return Result(state, lines, None, str(error), settings=True)
    except InputError as error:
        return Result(state, lines, None, f"{state.name}: {error}")
    except Exception as error:
        return Result(state, lines, None, f"{state.name}: {type(error).__name__}: {error}")
