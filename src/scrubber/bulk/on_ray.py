"""Shards on a Ray cluster: one task for each, or for some small ones together.

Nothing is kept in the cluster. Workers read and write the same folders as a run on one machine, so
a task that is done twice, because its node was lost or for want of an answer, writes the same.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import pickle
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scrubber import __version__
from scrubber.bulk import manifest, stores
from scrubber.bulk.agenda import Agenda
from scrubber.bulk.attempts import Failed, Tick, Work, tried
from scrubber.bulk.model import ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.workers import Results
from scrubber.kept import digest
from scrubber.resources import rules_folder

AHEAD = 2
"""Tasks for each processor of the cluster that are begun or waiting, at most: a node that joins
finds work, and no list of a million shards is held by the cluster."""

RETRIES = 5
"""How often a task is begun again whose worker or node was lost."""

_PAUSE = 0.5
"""Seconds between two looks at what is done."""


_SELDOM = 5.0
"""Seconds between two looks at how large the cluster is."""


SHARED = "all nodes have to share the folder"

_UNREACHED = (ConnectionError, RuntimeError, ValueError, TimeoutError)


class ClusterError(Exception):
    """There is no such cluster, or it is lost; the message is one line."""


class Token(NamedTuple):
    """What a worker has to agree with: all that tasks do not bring with them.

    `folder` is where the paths begin that are not absolute. `seen` are a file or an object that it
    has to see, and the digest of what is in it.
    """

    folder: str
    version: str
    common: tuple[tuple[str, str], ...]
    seen: tuple[str, str] | None


def token(seen: str | None) -> Token:
    """Return what holds here; `seen` is a small file or object that all workers share."""
    told = None if seen is None else (seen, digest(stores.content(seen)).hex())
    return Token(os.getcwd(), __version__, _common(), told)


@functools.cache
def _common() -> tuple[tuple[str, str], ...]:
    """What decides the output, and the rules and code themselves: a checkout has no version."""
    package, rules = Path(__file__).parents[1], rules_folder()
    files = [*sorted(package.rglob("*.py")), *sorted(rules.glob("*.toml"))]
    own = digest(*(part for file in files for part in (file.name.encode(), file.read_bytes())))
    return tuple(sorted((manifest.settings() | {"rules or code": own.hex()}).items()))


def _unlike(wanted: Token) -> str | None:
    """In what this process is not what the run needs; None where it agrees."""
    here, name = __version__, socket.gethostname()
    if here != wanted.version:
        return f"the node {name} has scrubber {here}, and this run {wanted.version}"
    for (what, mine), (_, theirs) in zip(_common(), wanted.common, strict=False):
        if mine != theirs:
            more = f" ({mine}, and this run {theirs})" if what == "packages" else ""
            return f"the node {name} has other {what} than this run{more}"
    if wanted.seen is not None:
        path, content = wanted.seen
        try:
            same = digest(stores.content(path)).hex() == content
        except (OSError, ShardError):
            return f"the node {name} does not see {path}: {SHARED}"
        if not same:
            return f"the node {name} sees another {path}: {SHARED}"
    return None


def _unseen(shard: Planned) -> str | None:
    """Why a worker cannot take a shard for the one that was planned; a store is asked in time."""
    if shard.url:
        return None
    name = socket.gethostname()
    try:
        size = shard.source.stat().st_size
    except OSError:
        return f"the node {name} does not see it: {SHARED}"
    if shard.span is None and size != shard.size:
        return f"the node {name} sees {size:,} bytes of it, and not {shard.size:,}: {SHARED}"
    return None


@functools.lru_cache(maxsize=1)
def _work(data: bytes) -> Work[Any]:
    """The work, made once in each process: rules are compiled as they are used."""
    work: Work[Any] = pickle.loads(data)
    return work


def _task(data: bytes, wanted: Token, portion: Sequence[Planned]) -> list[Any]:
    """Do some shards, in a worker of the cluster."""
    with contextlib.suppress(OSError):  # where it is not there, absolute paths may still be
        os.chdir(wanted.folder)
    problem = _unlike(wanted)
    if problem is not None:
        return [Failed(problem, stops=True)]
    try:
        work = _work(data)
    except Exception as error:
        name = socket.gethostname()
        return [Failed(f"the node {name} cannot do it: {type(error).__name__}: {error}", True)]
    results: list[Any] = []
    for shard in portion:
        unseen = _unseen(shard)
        results.append(Failed(unseen) if unseen else tried(work, shard, lambda at: None))
        if isinstance(results[-1], Failed) and results[-1].stops:
            break
    return results


def run(
    work: Work[Any], shards: Sequence[Planned], address: str, seen: str | None, tick: Tick
) -> Results[Any]:
    """Do the work for each shard on a cluster; yield what comes of it as it is done.

    `address` is "auto" for the cluster that this machine is part of, "local" for one that lives as
    long as the run, or that of a cluster. `seen` is a small file or object that every worker has
    to see.

    Raises:
        ClusterError: there is no such cluster, or it is lost.
    """
    ray = _joined(address)
    try:
        yield from _Run(ray, work, shards, seen, tick).run()
    finally:
        ray.shutdown()


def _joined(address: str) -> Any:
    try:
        import ray
    except ImportError:
        raise ClusterError("--on ray needs Ray: pip install 'scrubtext[ray]'") from None
    try:
        more: dict[str, Any] = {"include_dashboard": False} if address == "local" else {}
        ray.init(address=address, logging_level=logging.ERROR, log_to_driver=False, **more)
    except (*_UNREACHED, ray.exceptions.RayError) as error:
        reason = str(error).split("\n")[0]
        raise ClusterError(f"no Ray cluster at {address}: {reason}") from None
    return ray


class _Run:
    """One run on a cluster."""

    def __init__(
        self, ray: Any, work: Work[Any], shards: Sequence[Planned], seen: str | None, tick: Tick
    ) -> None:
        self._ray, self._tick, self._read = ray, tick, 0
        self._asked, self._known = -_SELDOM, 1
        self._agenda = Agenda(shards, max(2, self._processors()))
        self._given = ray.put(pickle.dumps(work)), token(seen)
        # Ray hides the GPUs of a node from tasks that do not ask for one.
        gpu = getattr(work, "on_gpu", False) and ray.cluster_resources().get("GPU", 0) >= 1
        given = {"num_cpus": 1, "num_gpus": int(gpu), "max_retries": RETRIES}
        self._task = ray.remote(**given)(_task)
        self._busy: dict[Any, tuple[Planned, ...]] = {}

    def _processors(self) -> int:
        """How many processors the cluster has; nodes come and go."""
        now = time.monotonic()
        if now - self._asked > _SELDOM:
            self._asked, self._known = now, int(self._ray.cluster_resources().get("CPU", 1))
        return self._known

    def run(self) -> Results[Any]:
        try:
            while self._agenda.waiting or self._busy:
                self._begin()
                ready, _ = self._ray.wait([*self._busy], num_returns=1, timeout=_PAUSE)
                self._tick(self._read)
                for reference in ready:
                    yield from self._results(reference)
        except self._ray.exceptions.RaySystemError as error:
            raise ClusterError(f"the cluster is lost: {_line(error)}") from None

    def _begin(self) -> None:
        """Have enough tasks begun or waiting, and no more."""
        waiting = self._agenda.waiting
        most = AHEAD * max(1, self._processors()) if waiting else 0
        while waiting and len(self._busy) < most:
            portion = waiting.pop()
            self._busy[self._task.remote(*self._given, portion)] = portion

    def _results(self, reference: Any) -> Results[Any]:
        portion = self._busy.pop(reference)
        results = self._got(reference, portion)
        for shard, result in zip(portion, results, strict=False):
            self._read += shard.weight
            if not isinstance(result, Failed):
                self._agenda.done(shard)
            elif result.stops:
                self._stop()
            if result is not None:
                yield shard, result

    def _got(self, reference: Any, portion: Sequence[Planned]) -> list[Any]:
        errors = self._ray.exceptions
        try:
            results: list[Any] = self._ray.get(reference)
        except errors.TaskCancelledError:
            return []
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError) as error:
            problem = (
                f"its worker was lost {RETRIES + 1} times, by hand or for want of memory"
                f" ({_line(error)}); run the same command again"
            )
            return [Failed(problem) for _ in portion]
        except errors.RayTaskError as error:
            problem = f"a node of the cluster cannot do it: {_line(error.cause or error)}"
            if "No module named 'scrubber'" in str(error):
                problem = f"a node of the cluster has no scrubber: install {__version__} on all"
            return [Failed(problem, stops=True)]
        return results

    def _stop(self) -> None:
        """Begin nothing more, and give up what others have begun."""
        self._agenda.waiting.clear()
        for reference in self._busy:
            self._ray.cancel(reference)


def _line(error: BaseException) -> str:
    """The last line of what Ray tells, which says what was wrong."""
    return (str(error).strip().split("\n") or [""])[-1][:300]
