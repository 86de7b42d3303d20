"""Shards to worker processes. A worker that is killed is told of, and the others go on.

What is done to a shard depends on nothing but the shard, so neither the number of workers nor the
order matters. Workers share no lock but those of their pool, which is given up with one of them.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawArray, RawValue
from multiprocessing.util import Finalize
from typing import Any, TypeVar

from scrubber.bulk.agenda import Agenda
from scrubber.bulk.attempts import Failed, StoppedError, Tick, Work, tried
from scrubber.bulk.plan import Planned, portions

T = TypeVar("T")

SMALL = 16 << 20
"""Bytes that one process cleans itself: a worker costs about 0.5 s before it does anything."""

LOST = 3
"""How often workers may be killed with nothing done in between before a run gives up."""

_PAUSE = 0.2
"""Seconds between two looks at how far workers are."""

_KILLED = (
    "a worker process was killed while this or a shard beside it was in work (by hand, or for want"
    " of memory); nothing of it was written. Run the same command again, with fewer --workers"
)


Results = Generator[tuple[Planned, T | Failed]]


def count(wanted: int | None, shards: Sequence[Planned]) -> int:
    """Return how many workers a run has: as many as are wanted, or as processors may be used."""
    if wanted is None:
        if sum(shard.weight for shard in shards) <= SMALL:
            return 1
        usable = getattr(os, "sched_getaffinity", None)
        wanted = len(usable(0)) if usable else os.cpu_count() or 1
    ready = [shard for shard in shards if not shard.spans]
    return max(1, min(wanted, len(portions(ready, wanted))))


def run(work: Work[T], shards: Sequence[Planned], workers: int, tick: Tick) -> Results[T]:
    """Do the work for each shard; yield what comes of it in the order in which it is done.

    `tick` is called now and then with the bytes of all shards that were read so far. With one
    worker all is done in this process. After a failure that stops the run, nothing more is begun
    and what others had begun is given up. Close it to end the run early.
    """
    return _alone(work, shards, tick) if workers == 1 else _Crew(work, shards, workers, tick).run()


def _alone(work: Work[T], shards: Sequence[Planned], tick: Tick) -> Results[T]:
    before, agenda = 0, Agenda(shards, 1)
    while agenda.waiting:
        for shard in agenda.waiting.pop():

            def at(read: int, before: int = before, most: int = shard.weight) -> None:
                tick(before + min(read, most))

            result = tried(work, shard, at)
            before += shard.weight
            tick(before)
            if result is not None:
                yield shard, result
            if isinstance(result, Failed):
                if result.stops:
                    return
            elif result is not None:
                agenda.done(shard)


class _Crew:
    """Several workers, made anew where one is killed."""

    def __init__(
        self, work: Work[Any], shards: Sequence[Planned], workers: int, tick: Tick
    ) -> None:
        self._work, self._workers, self._tick = work, workers, tick
        self._numbers = {shard: number for number, shard in enumerate(shards)}
        self._agenda = Agenda(shards, workers)
        self._waiting = self._agenda.waiting
        self._busy: dict[Future[list[Any]], tuple[Planned, ...]] = {}
        self._read, self._stop = RawArray("Q", len(shards)), RawValue("b", 0)
        self._stopped = False

    def run(self) -> Results[Any]:
        lost = 0
        while self._waiting and lost < LOST:
            self._stop.value = 0
            pool = ProcessPoolExecutor(
                self._workers,
                _context(),
                _begin,
                (self._work, self._read, self._stop),
            )
            try:
                for done in self._with(pool):
                    lost = 0
                    yield done
            except BrokenProcessPool:
                lost += 1
                yield from self._left()
            finally:
                self._stop.value = 1
                pool.shutdown(wait=True, cancel_futures=True)
        for portion in self._waiting:
            yield from ((shard, Failed(_KILLED)) for shard in portion)

    def _with(self, pool: ProcessPoolExecutor) -> Results[Any]:
        """Go on with these workers. Raises `BrokenProcessPool` when one is killed."""
        while self._waiting or self._busy:
            while self._waiting and len(self._busy) < self._workers:
                portion = self._waiting[-1]
                pairs = [(self._numbers[shard], shard) for shard in portion]
                with _unheard():
                    self._busy[pool.submit(_portion, pairs)] = portion
                self._waiting.pop()
            ready, _ = wait(self._busy, timeout=_PAUSE, return_when=FIRST_COMPLETED)
            self._tick(sum(self._read))
            for future in ready:
                yield from self._results(future)

    def _results(self, future: Future[list[Any]]) -> Results[Any]:
        results = future.result()
        for shard, result in zip(self._busy.pop(future), results, strict=False):
            if isinstance(result, Failed):
                if result.stops:
                    self._stop.value = 1
                    self._waiting.clear()
            elif result is not None:
                self._agenda.done(shard)
            if result is not None:
                yield shard, result

    def _left(self) -> Results[Any]:
        """What becomes of the shards that were in work when a worker was killed."""
        for future in list(self._busy):
            if future.done() and future.exception() is None:
                yield from self._results(future)
            else:
                yield from ((shard, Failed(_KILLED)) for shard in self._busy.pop(future))


def _context() -> BaseContext:
    """How workers are begun: as copies of this process where that is safe, for they cost nothing.

    A new interpreter needs 0.3 s before its first shard, each. A copy of a process with threads can
    wait for ever for a lock that a thread held; other systems than Linux have threads of their own.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Keep Ctrl-C for later: a process that is started meanwhile is never interrupted by it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: Any = None
_read: Any = None
_stop: Any = None


def _begin(work: Work[Any], read: Any, stop: Any) -> None:
    """Make a process a worker: it ends when the run's process does, and leaves Ctrl-C to it."""
    global _work, _read, _stop
    _work, _read, _stop = work, read, stop
    gc.set_threshold(50_000, 20, 20)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, daemon=True).start()
    Finalize(None, _keep, exitpriority=0)


def _watch() -> None:
    """End with the run: else a worker would wait for ever for work that nobody sends."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _keep() -> None:
    """Keep the patterns that were compiled, as the command does at its end."""
    if "scrubber.patterns" in sys.modules:
        sys.modules["scrubber.patterns"].keep()


def _portion(pairs: list[tuple[int, Planned]]) -> list[Any]:
    """Do some shards, in a worker; ends early where the run is stopped."""
    results: list[Any] = []
    for number, shard in pairs:

        def tick(at: int, number: int = number, most: int = shard.weight) -> None:
            _read[number] = min(at, most)
            if _stop.value:
                raise StoppedError

        results.append(tried(_work, shard, tick))
        _read[number] = shard.weight
        if results[-1] is None or (isinstance(results[-1], Failed) and results[-1].stops):
            break
    return results
