"""The options that say how a run works: in how many processes, and whether results are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from scrubber.ahead import Ahead
from scrubber.cli import late
from scrubber.model import Action

_Command = Callable[..., Any]
Run = Callable[[frozenset[Action]], Ahead]
"""Makes a run of what the command line says, by the actions that it will take."""


def usual(actions: frozenset[Action], jobs: int | None = None, *, keeps: bool = True) -> Ahead:
    """Return a run with these actions: in a process each core, and with results kept."""
    return Ahead(jobs or cores(), keeps=keeps, actions=actions)


def working(command: _Command) -> _Command:
    """Add the options; the command takes what they make as `work`."""

    @wraps(command)
    def bundled(*args: Any, jobs: int | None, no_cache: bool, **rest: Any) -> Any:
        work = partial(usual, jobs=jobs, keeps=not no_cache)
        return command(*args, work=work, **rest)

    for option in (
        late.option(
            "--no-cache",
            is_flag=True,
            help="Neither use what runs before have found nor keep what this one finds.",
        ),
        late.option(
            "--jobs",
            type=late.kind("IntRange", 1, 512),
            metavar="N",
            help="How many processes may look at texts where there is enough for them to do; by"
            " default one a core.",
        ),
    ):
        bundled = option(bundled)
    return bundled


def cores() -> int:
    """Return how many processes may work: one a core, and in a process of several, none but it."""
    shared = sys.modules.get("multiprocessing")
    if shared is not None and shared.parent_process() is not None:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
