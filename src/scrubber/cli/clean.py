"""`scrubber clean`: whole data sets, repaired into a new folder."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

import click

from scrubber.bulk import collected, folder, manifest, summary, trial
from scrubber.bulk.cleaning import Cleaner
from scrubber.bulk.layout import Layout
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting
from scrubber.bulk.statistics import Statistics
from scrubber.bulk.ways import Way
from scrubber.cli import (
    clean_options,
    counting,
    decided,
    options,
    shards,
    styles,
    targets,
    trusting,
)
from scrubber.cli.clean_options import Asked
from scrubber.cli.held import Held
from scrubber.cli.holding import Holding
from scrubber.evidence.counts import Counts


class _Run(NamedTuple):
    """What is cleaned, and how; `settings` are those of the ways, by their digests, in order."""

    asked: Asked
    trouble: options.Trouble
    shards: tuple[Planned, ...]
    ways: tuple[Way, ...]
    settings: dict[str, dict[str, str]]


@click.command("clean", short_help="Repair whole data sets into a new folder.")
@clean_options.asking
@trusting.trusting
@decided.honouring
@options.choosing
def command(
    inputs: options.Inputs,
    asked: Asked,
    trust: float | None,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    """Write every data set and text repaired under the folder OUT; the inputs stay as they are.

    What lies in a folder PATH has the same name below OUT, a file its own name; what needs no
    repair is the same byte for byte. A file is there when it is whole, and one that was there is
    left alone and told of. The same command goes on where an earlier one was stopped.
    """
    clean_options.check(inputs, asked)
    trouble = options.Trouble()
    skip = [os.path.realpath(path) for path in (asked.out, asked.record_file) if path]
    found = targets.found(trouble, Holding(trouble, choice), inputs, skip, shards.wanted)
    ledgers = decided.Ledgers(trouble, honoured, (target.held.settings for target in found))
    judges = trusting.Judges(ledgers, trust, quiet=asked.quiet)
    evidence = counting.read(asked.evidence) if asked.evidence else None
    given = [*map(str, choice), trust, *([evidence.digest()] if evidence else [])]
    ways = _Ways(inputs, asked, ledgers, judges, given, evidence)
    files = [(target.path, ways.number(target.held)) for target in found if target.path]
    planned = shards.planned(trouble, files, inputs.paths)
    run = _Run(asked, trouble, planned, tuple(ways.made), ways.settings)
    if asked.out is None:
        _try(run)
    else:
        try:
            _clean(run, Layout(asked.out))
        except KeyboardInterrupt:
            told = "\nscrubber: stopped; files that were done stay, and the same command goes on"
            click.echo(told, err=True)
            return 2
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            trouble.tell(os.fspath(error.filename or asked.out), f"cannot be written: {reason}")
    return 2 if trouble.any else 0


class _Ways:
    """The ways in which files are cleaned, as settings and command line say.

    `given` is what of the command line holds for all.
    """

    def __init__(
        self,
        inputs: options.Inputs,
        asked: Asked,
        ledgers: decided.Ledgers,
        judges: trusting.Judges,
        given: object,
        evidence: Counts | None,
    ) -> None:
        self._inputs, self._asked, self._given = inputs, asked, given
        self._evidence = evidence
        self._ledgers, self._judges = ledgers, judges
        self._numbers: dict[Held, int] = {}
        self.made: list[Way] = []
        self.settings: dict[str, dict[str, str]] = {}

    def number(self, held: Held) -> int:
        """Return the number of the way of files for which this holds."""
        if held not in self._numbers:
            way, settings = self._way(held)
            if way.digest not in self.settings:
                self.settings[way.digest] = settings
                self.made.append(way)
            self._numbers[held] = list(self.settings).index(way.digest)
        return self._numbers[held]

    def _way(self, held: Held) -> tuple[Way, dict[str, str]]:
        judging, said = self._judges.of(held.chosen), self._ledgers.of(held.settings)
        text_field, id_field = self._inputs.fields(held.settings)
        asked = self._asked
        reading = Reading(asked.fields or (text_field,), id_field, asked.url_field)
        settings = manifest.settings(
            rules=held.digest.hex(),
            fields=[reading.fields, reading.id_field, reading.url_field],
            record=[asked.form, asked.dolma],
            decisions=manifest.told(said.lines if said else []),
            trust=judging.acting if isinstance(judging, trusting.Trusted) else None,
            options=self._given,
        )
        cleaner = Cleaner(held.rules, judging=judging, language=held.language)
        cleaner.evidence = self._evidence
        return Way(cleaner, reading, manifest.whole(settings)), settings


def _clean(run: _Run, layout: Layout) -> None:
    """Clean the shards that are not done yet.

    Raises:
        OSError: OUT cannot be written to.
        click.UsageError: it holds what was cleaned with other settings.
    """
    asked, trouble = run.asked, run.trouble
    if asked.record_file and not collected.ours(layout, asked.record_file):
        raise click.UsageError(f"--edits {asked.record_file} exists already; it is left as it is")
    whole, told = summary.Sum(len(run.shards)), shards.Told(trouble)
    try:
        if not asked.force:
            folder.agreed(layout, run.settings)
        with folder.held(layout):
            todo = _left(run, layout, whole, told)
            folder.claim(layout, run.settings, force=asked.force)
            work = Rewriting(layout, run.ways, asked.form, asked.dolma, asked.strict, asked.force)
            done = shards.through(trouble, work, todo, asked.workers, quiet=asked.quiet)
            for shard, marker in done:
                told.tell(shard, marker.told, marker.statistics)
                whole.add(marker.statistics)
            _book(run, layout, whole)
    except folder.OtherSettingsError as error:
        raise click.UsageError(str(error)) from None
    _sum_up(run, whole)


def _book(run: _Run, layout: Layout, whole: summary.Sum) -> None:
    """Write what is made of all shards; what goes wrong here undoes none of them."""
    target = layout.summary
    try:
        folder.write(target, summary.data(whole, run.settings.values()))
        if run.asked.record_file:
            target = run.asked.record_file
            collected.collect(layout, run.shards, target)
    except ShardError as error:
        run.trouble.tell(os.fspath(target), str(error))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        run.trouble.tell(os.fspath(target), f"cannot be written: {reason}")


def _left(run: _Run, layout: Layout, whole: summary.Sum, told: shards.Told) -> list[Planned]:
    """Return the shards that are not done; tell of what was wrong in those that are."""
    todo: list[Planned] = []
    wrong: list[tuple[Planned, tuple[tuple[str, str], ...], Statistics]] = []
    found = folder.looked_up(layout, run.shards, run.settings, force=run.asked.force)
    for shard, marker in found:
        if marker is None:
            todo.append(shard)
            continue
        whole.add(marker.statistics, before=True)
        if marker.told:
            wrong.append((shard, marker.told, marker.statistics))
    for shard, problems, counts in wrong:  # once it is sure that the folder is ours
        told.tell(shard, problems, counts)
    return todo


def _try(run: _Run) -> None:
    """Say what would be done."""
    asked, trouble = run.asked, run.trouble
    size = asked.sample if asked.diff else 0
    work = trial.Trial(run.ways, size, asked.seed, asked.strict)
    draw = trial.Draw(size, asked.seed)
    whole, told = summary.Sum(len(run.shards)), shards.Told(trouble)
    done = shards.through(trouble, work, run.shards, asked.workers, quiet=asked.quiet)
    for shard, tried in done:
        told.tell(shard, tried.told, tried.statistics)
        whole.add(tried.statistics)
        draw.add(tried.draw)
    style = styles.style(sys.stdout)
    for line, role in trial.lines(draw, whole.counts.rules):
        options.put(style(line, role) + "\n")
    _sum_up(run, whole)


def _sum_up(run: _Run, whole: summary.Sum) -> None:
    out = run.asked.out
    if run.asked.summary == "json":
        options.put(summary.data(whole, run.settings.values()).decode())
    if not run.asked.quiet:
        lines = summary.sentences(whole, None if out is None else os.fspath(out))
        for line in (*summary.table(whole.counts), *lines):
            click.echo(line, err=True)
