"""A language model on this machine: answers questions by the weights of one file or folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from scrubber.opinion import graph
from scrubber.opinion.asking import Answer, Question
from scrubber.opinion.windows import Window, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scrubber.opinion.weights import Model

    Array = NDArray[np.float32]

TOKENS = 640
"""Tokens of one run. Looking back costs the square of it; fewer share less of a beginning."""

FAR = -1e9
"""Added to what a token must not look at."""


class Branch(NamedTuple):
    """What follows the first `depth` tokens of a trunk in one reading.

    `until` is where the trunk ends for it: both are judged up to the same place in the text. Below
    `least` its first token is all that is judged.
    """

    depth: int
    tokens: tuple[int, ...]
    until: int
    least: float


class Runner:
    """A `scrubber.opinion.asking.Scorer`. Takes the weights out of the model.

    `exact` computes with the weights as they were, at half the pace.
    """

    def __init__(
        self, model: Model, digest: bytes, threads: int = 0, *, exact: bool = False
    ) -> None:
        self.digest = digest
        self._shape, self._tokenizer, self._first = model.shape, model.tokenizer, model.first
        # The session reads what these hold, and keeps none of it alive.
        self._session, self._embedding, self._held = graph.session(model, threads, exact=exact)

    def answers(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        """Return the answers in the order of the questions."""
        found: dict[int, Answer] = {}
        for window in windows(text, questions):
            found.update(self._window(text, window, questions))
        return [found[at] for at in range(len(questions))]

    def _window(
        self, text: str, window: Window, questions: Sequence[Question]
    ) -> Iterator[tuple[int, Answer]]:
        trunk = self._tokenizer.encode(text[window.start : window.stop])
        tokens, ends = [self._first, *trunk.ids], [0, *(end for _, end in trunk.offsets)]
        branches = [
            [
                self._branch(text, window, tokens, ends, questions[at], reading)
                for reading in questions[at].readings
            ]
            for at in window.questions
        ]
        flat = [branch for several in branches for branch in several]
        margins = iter(self._margins(tokens, flat))
        for at, several in zip(window.questions, branches, strict=True):
            yield at, tuple(next(margins) for _ in several)

    def _branch(
        self,
        text: str,
        window: Window,
        tokens: list[int],
        ends: list[int],
        question: Question,
        reading: str,
    ) -> Branch:
        start, end, _, stop, least = question
        changed = text[window.start : start] + reading + text[end:stop]
        other = [self._first, *self._tokenizer.encode(changed).ids]
        pairs = zip(tokens, other, strict=False)
        until = sum(end <= stop - window.start for end in ends)
        depth = min(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)), until)
        return Branch(depth, tuple(other[depth:]), until, least)

    def _margins(self, trunk: list[int], branches: Sequence[Branch]) -> list[float]:
        """Return how much likelier each branch is than its trunk."""
        found = [inf] * len(branches)
        begun = [
            at
            for at, one in enumerate(branches)
            if one.least > -inf and one.tokens and one.depth < one.until
        ]
        for at, odds in zip(begun, self._begun(trunk, [branches[at] for at in begun]), strict=True):
            found[at] = odds
        open_ = [at for at, one in enumerate(branches) if found[at] >= one.least]
        whole = self._whole(trunk, [branches[at] for at in open_])
        for at, odds in zip(open_, whole, strict=True):
            found[at] = odds
        return found

    def _begun(self, trunk: list[int], branches: Sequence[Branch]) -> list[float]:
        """How much likelier the first token of each branch is than the trunk's in its place."""
        if not branches:
            return []
        tokens = trunk[: max(branch.depth for branch in branches)]
        rows = [branch.depth - 1 for branch in branches]
        targets = [branch.tokens[0] for branch in branches] + [trunk[b.depth] for b in branches]
        import numpy as np

        mask = np.triu(np.full((len(tokens),) * 2, FAR, np.float32), 1)
        odds = self._odds(tokens, list(range(len(tokens))), mask, rows * 2, targets)
        return [float(value) for value in odds[: len(rows)] - odds[len(rows) :]]

    def _whole(self, trunk: list[int], branches: Sequence[Branch]) -> Iterator[float]:
        """Yield how much likelier each branch is than its trunk; as many in a run as there fit."""
        batch: list[Branch] = []
        size = len(trunk)
        for branch in branches:
            if batch and size + len(branch.tokens) > TOKENS:
                yield from self._run(trunk, batch)
                batch, size = [], len(trunk)
            batch.append(branch)
            size += len(branch.tokens)
        if batch:
            yield from self._run(trunk, batch)

    def _run(self, trunk: list[int], branches: Sequence[Branch]) -> list[float]:
        import numpy as np

        trunk = trunk[: max(branch.until for branch in branches)]
        first = min(branch.depth for branch in branches) - 1
        tokens, positions = list(trunk), list(range(len(trunk)))
        rows, targets = list(range(first, len(trunk) - 1)), trunk[first + 1 :]
        spans = []
        mask = np.full((sum(len(b.tokens) for b in branches) + len(trunk),) * 2, FAR, np.float32)
        mask[: len(trunk), : len(trunk)] = np.triu(mask[: len(trunk), : len(trunk)], 1)
        for branch in branches:
            at, inner = len(tokens), len(branch.tokens) - 1
            spans.append(len(rows))
            rows += [branch.depth - 1, *range(at, at + inner)][: len(branch.tokens)]
            targets = [*targets, *branch.tokens]
            if inner > 0:
                mask[at : at + inner, : branch.depth] = 0
                mask[at : at + inner, at : at + inner] = np.triu(
                    mask[at : at + inner, at : at + inner], 1
                )
                tokens += branch.tokens[:-1]
                positions += range(branch.depth, branch.depth + inner)
        odds = self._odds(tokens, positions, mask[: len(tokens), : len(tokens)], rows, targets)
        return [
            float(
                odds[at : at + len(branch.tokens)].sum()
                - odds[branch.depth - 1 - first : branch.until - 1 - first].sum()
            )
            for at, branch in zip(spans, branches, strict=True)
        ]

    def _odds(
        self,
        tokens: list[int],
        positions: list[int],
        mask: Array,
        rows: list[int],
        targets: list[int],
    ) -> Array:
        import numpy as np

        shape = self._shape
        speeds = shape.base ** (-np.arange(0, shape.head, 2) / shape.head)
        angles = np.tile(np.outer(positions, speeds), 2)
        given = {
            "embedded": self._embedding[tokens],
            "cos": np.cos(angles).astype(np.float32),
            "sin": np.sin(angles).astype(np.float32),
            "mask": np.ascontiguousarray(mask),
            "rows": np.array(rows, np.int64),
            "targets": np.array(targets, np.int64),
        }
        found: Array = self._session.run(None, given)[0]
        return found.astype(np.float64)
