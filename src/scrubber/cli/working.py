"""The options that say how a run works: in how many processes, and whether results are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from scrubber.ahead import Ahead
from scrubber.model import Action

_Command = Callable[..., Any]
Run = Callable[[frozenset[Action]], Ahead]
"""Makes a run of what the command line says, by the actions that it will take."""


def working(command: _Command) -> _Command:
    """Add the options; the command takes what they make as `work`."""

    @wraps(command)
    def bundled(*args: Any, jobs: int | None, no_cache: bool, **rest: Any) -> Any:
        def work(actions: frozenset[Action]) -> Ahead:
            return Ahead(jobs or cores(), keeps=not no_cache, actions=actions)

        return command(*args, work=work, **rest)

    for option in (
        click.option(
            "--no-cache",
            is_flag=True,
            help="Neither use what runs before have found nor keep what this one finds.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 512),
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
