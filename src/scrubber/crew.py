"""Other processes that look at texts."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing.connection import wait

from scrubber import engine, kept
from scrubber.gates import opened
from scrubber.markup import named
from scrubber.model import Action, Document
from scrubber.results import Result, Results
from scrubber.rules import Rule

SHARE = 50_000
"""Characters that are handed over at once: some 10 to 100 ms of work."""

_RULES: dict[bytes, tuple[Rule, ...]] = {}
"""Rules by the digest of what is handed over of them. A process that was split off has those of the
first one: they need not be sent, and their gates are made."""

_Text = tuple[str, str | None, str]
_Found = Mapping[bytes, Result]


class Crew:
    """Looks at texts in `jobs` other processes; what one of them fails at has no result."""

    def __init__(self, jobs: int, actions: frozenset[Action]) -> None:
        self._others = set(multiprocessing.active_children())
        self._splits = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if self._splits else "spawn")
        self._pool = ProcessPoolExecutor(jobs, context, _begin)
        self._actions = actions
        self._rules: tuple[Rule, ...] = ()
        self._first = b""
        self._sent = b"", b""
        self._share: dict[bytes, _Text] = {}
        self._size = 0
        self._handed: dict[bytes, Future[_Found]] = {}

    def add(self, key: bytes, document: Document, rules: tuple[Rule, ...]) -> None:
        """Have a text looked at, unless that was asked for already."""
        if key in self._share or key in self._handed:
            return
        if rules is not self._rules:
            self.hand_over()
            self._rules, data = rules, pickle.dumps(rules)
            name = kept.digest(data)
            if self._splits and not self._first:
                self._first = name
                _RULES[name] = rules
            self._sent = name, b"" if name == self._first else data
        kind = document.reader.kind if document.reader else ""
        self._share[key] = document.text, document.given_language, kind
        self._size += len(document.text)
        if self._size >= SHARE:
            self.hand_over()

    def hand_over(self) -> None:
        """Let the texts that were added be looked at."""
        if self._share:
            with contextlib.suppress(BrokenProcessPool):
                found = self._pool.submit(_look, *self._sent, self._actions, self._share)
                self._handed |= dict.fromkeys(self._share, found)
        self._share, self._size = {}, 0

    def result(self, key: bytes) -> _Found:
        """Return the results that came with the one of a text; none where it has none."""
        if key in self._share:
            self.hand_over()
        found = self._handed.pop(key, None)
        if found is not None:
            with contextlib.suppress(Exception):
                return found.result()
        return {}

    def close(self, *, at_once: bool = False) -> None:
        """End the processes, if `at_once` in the middle of their work."""
        if at_once:
            for child in set(multiprocessing.active_children()) - self._others:
                child.terminate()
        self._pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """In another process: end with the first one, however that ends, and without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.freeze()  # what the first one had made is no garbage here, and stays shared
    first = multiprocessing.parent_process()
    if first is not None:
        threading.Thread(target=_watch, args=(first.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _look(
    name: bytes, rules: bytes, actions: frozenset[Action], texts: Mapping[bytes, _Text]
) -> _Found:
    """In another process: all the results that settling some texts takes."""
    if name not in _RULES:
        _RULES[name] = pickle.loads(rules)
    results, asked = _results(), _RULES[name]
    for key, (text, language, kind) in texts.items():
        document = Document(text, None, None, language, named(kind) if kind else None)
        results.expect(document, asked, key)
        with contextlib.suppress(engine.NotSettledError):
            engine.settle(document, asked, actions, look=results.look)
    found, results.new = results.new, {}
    return found


@cache
def _results() -> Results:
    return Results(opened())
