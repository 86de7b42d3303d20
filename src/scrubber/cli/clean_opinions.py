"""`clean --second-opinion`: after the cleaning, what is left in doubt, its cost, and the model."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

import click

from scrubber.bulk.asking import Asking, Tally
from scrubber.bulk.attempts import Work
from scrubber.bulk.doubts import Doubting
from scrubber.bulk.layout import Layout
from scrubber.bulk.plan import Planned
from scrubber.bulk.ways import Way
from scrubber.cli import opinions, options, shards
from scrubber.cli.clean_options import Asked
from scrubber.report.text import counted

T = TypeVar("T")

PACE = 12.0
"""Findings that are asked about in a second, before this machine has shown its own pace: seams in
60 news texts, in two seconds of processor time, with the model that ships."""

FIRST = 20
"""Findings of the first shards after which the pace of this machine is told."""


def passes(
    trouble: options.Trouble,
    layout: Layout,
    ways: tuple[Way, ...],
    planned: Sequence[Planned],
    asked: Asked,
) -> None:
    """Note what is in doubt in this job's shards, say what asking costs, and ask a model.

    Raises:
        click.UsageError: there is no model that can be asked.
    """
    own = asked.share.own([shard._replace(spans=()) for shard in planned])
    where = shards.Where(asked.workers, asked.on, str(layout.manifest))
    passing = _Passing(trouble, layout, where, asked.quiet)
    model = None if asked.ask_later else opinions.weights(asked.model)
    held = passing.held(Doubting(layout, ways), own)
    if model is not None:
        passing.ask(Asking(layout, ways, *model), held)


class _Passing(NamedTuple):
    """Passes over what was cleaned, with what is said of them."""

    trouble: options.Trouble
    layout: Layout
    where: shards.Where
    quiet: bool

    def held(self, work: Doubting, own: Sequence[Planned]) -> list[tuple[Planned, int]]:
        """Return the shards that hold doubts, with how many, and say what asking costs."""
        found = self._through(work, own, self.where)
        held = [(shard, counts.total()) for shard, counts in found if counts]
        self._say(_cost(sum(count for _, count in held), PACE, "on two processors, as measured"))
        return held

    def ask(self, work: Asking, held: Sequence[tuple[Planned, int]]) -> None:
        """Ask about small shards first; where much is left then, say at what pace they went."""
        order = sorted(held, key=lambda pair: pair[1])
        sums: Tally = Counter()
        begun = time.monotonic()
        # The model takes all processors, so one process asks; on a cluster each task does.
        where = self.where._replace(workers=1)
        first = bisect_left(list(accumulate(count for _, count in order)), FIRST) + 1
        for number, part in enumerate((order[:first], order[first:])):
            if number and part:
                pace = max(sums.total(), 1) / (time.monotonic() - begun)
                left = sum(count for _, count in part)
                self._say(_cost(left, pace, "at the pace of the first ones"))
            for _, tally in self._through(work, [shard for shard, _ in part], where):
                sums.update(tally)
        self._sum_up(sums)

    def _sum_up(self, sums: Tally) -> None:
        for rule in sorted({rule for rule, _ in sums}):
            counts = {verdict: n for (of, verdict), n in sums.items() if of == rule}
            told = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in sorted(counts))
            self._say(f"{rule}: {told}")
        if sums:
            where = self.layout.own / "opinions"
            self._say(f"What was said of {counted(sums.total(), 'finding')} is in {where}.")

    def _through(
        self, work: Work[T], own: Sequence[Planned], where: shards.Where
    ) -> Iterator[tuple[Planned, T]]:
        yield from shards.through(self.trouble, work, own, where, quiet=self.quiet)

    def _say(self, line: str) -> None:
        if not self.quiet:
            click.echo(line, err=True)


def _cost(left: int, pace: float, how: str) -> str:
    """What asking costs, in a line."""
    seconds = left / pace
    time_ = f"{seconds:,.0f} s" if seconds < 600 else f"{seconds / 3600:,.1f} h"
    return f"A model is to be asked about {counted(left, 'finding')}: {time_} {how}."
