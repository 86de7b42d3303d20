"""Shards through workers, with how far they are on the terminal or in the log."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from scrubber.bulk import workers
from scrubber.bulk.attempts import Failed, Tick, Work
from scrubber.bulk.containers import container_of
from scrubber.bulk.plan import Planned, plan
from scrubber.bulk.progress import Progress
from scrubber.bulk.statistics import Statistics
from scrubber.cli.options import Trouble

T = TypeVar("T")


class Where(NamedTuple):
    """Who does the work: processes of this machine, or the cluster of an address.

    `seen` is a small file or object that every node of it has to see.
    """

    workers: int | None = None
    on: str | None = None
    seen: str | None = None


WORKERS = click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Worker processes; as many as there are processors if not given.",
)


def _on(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """The address of a cluster; None where there is none."""
    if given is None:
        return None
    engine, _, address = given.partition(":")
    if engine != "ray":
        raise click.UsageError(f'--on knows "ray" and "ray:ADDRESS", not "{given}"')
    return address or "auto"


ON = click.option(
    "--on",
    "on",
    callback=_on,
    metavar="ray[:ADDRESS]",
    help="Work on a Ray cluster: the one this machine is part of, ray:local for one of its own, or"
    " that of an address.",
)

TOLD = 50
"""Lines about single records; the others are counted."""


def wanted(name: str) -> bool:
    """Whether a file of this name in a folder is a data set or a text."""
    return container_of(Path(name)) is not None


def planned(
    trouble: Trouble, found: Iterable[tuple[Path, int]], paths: Sequence[str]
) -> tuple[Planned, ...]:
    """Return files, each with the number of its way, as shards; what is none is told."""
    sized: list[tuple[Path, int, int]] = []
    for path, way in found:
        try:
            if path.exists() and not path.is_file():
                trouble.tell(os.fspath(path), "not a regular file")
            else:
                sized.append((path, path.stat().st_size, way))
        except FileNotFoundError:
            trouble.tell(os.fspath(path), "no such file")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            trouble.tell(os.fspath(path), f"cannot be read: {reason}")
    made = plan(sized, paths)
    for name, problem in made.problems:
        trouble.tell(name, problem)
    return made.shards


def through(
    trouble: Trouble,
    work: Work[T],
    shards: Sequence[Planned],
    where: Where,
    *,
    quiet: bool,
) -> Iterator[tuple[Planned, T]]:
    """Yield each shard that was done with what came of it; of the others it is told why.

    Raises:
        click.ClickException: there is no such cluster, or it is lost.
    """
    screen = _Screen(shards, quiet=quiet)
    done = _done(work, shards, where, screen.tick)
    with contextlib.closing(done), contextlib.closing(screen):
        for shard, result in done:
            screen.one_more()
            if isinstance(result, Failed):
                screen.clear()
                trouble.tell(shard.path, result.problem)
            else:
                yield shard, result


def _done(work: Work[T], shards: Sequence[Planned], where: Where, tick: Tick) -> workers.Results[T]:
    if where.on is None or not shards:
        yield from workers.run(work, shards, workers.count(where.workers, shards), tick)
        return
    from scrubber.bulk import on_ray

    try:
        yield from on_ray.run(work, shards, where.on, where.seen, tick)
    except on_ray.ClusterError as error:
        raise click.ClickException(str(error)) from None


class _Screen:
    """A line at the bottom of a terminal that is written over, or seldom one more in a log."""

    def __init__(self, shards: Sequence[Planned], *, quiet: bool) -> None:
        size = sum(shard.weight for shard in shards)
        self._progress = Progress(size, len(shards), time.monotonic())
        self._terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._quiet, self._shown = quiet, False

    def tick(self, read: int) -> None:
        self._progress.read = read
        now = time.monotonic()
        if self._quiet or not self._progress.due(now, terminal=self._terminal):
            return
        line = self._progress.line(now)
        if self._terminal:
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
            self._shown = True
        else:
            click.echo(f"scrubber: {line}", err=True)

    def one_more(self) -> None:
        self._progress.shards += 1

    def clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._shown = False

    close = clear


class Told:
    """Tells of single records, some of them, and counts the others."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble, self._left = trouble, TOLD

    def tell(self, shard: Planned, problems: Sequence[tuple[str, str]], counts: Statistics) -> None:
        """Tell of what went wrong in a shard: the first problems word for word."""
        path, total = shard.path, counts.rejected + counts.faults
        shown = problems[: max(0, self._left)]
        for where, problem in shown:
            self._trouble.tell(path, f"{where}: {problem}")
        self._left -= len(shown)
        if total > len(shown):
            self._trouble.tell(path, f"{total - len(shown):,} more records with problems")
