"""`scrubber clean`: whole data sets, repaired into a new folder."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click

from scrubber.bulk import collected, cutting, folder, standing, summary
from scrubber.bulk.agenda import parts, pieces
from scrubber.bulk.at_hand import AtHand
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Marker
from scrubber.bulk.model import ShardError
from scrubber.bulk.parts import Left, known
from scrubber.bulk.plan import Planned
from scrubber.bulk.rewriting import Rewriting
from scrubber.bulk.statistics import Statistics
from scrubber.bulk.stores import StoreError
from scrubber.bulk.ways import Way
from scrubber.cli import (
    clean_options,
    counting,
    decided,
    options,
    shards,
    staging,
    styles,
    targets,
    trusting,
)
from scrubber.cli.clean_options import Asked
from scrubber.cli.clean_ways import Ways
from scrubber.cli.holding import Holding


class _Run(NamedTuple):
    """What is cleaned, and how; `settings` are those of the ways, by their digests, in order.

    `own` is what of all `shards` this job does: whole ones, and parts of those that are cut.
    """

    asked: Asked
    trouble: options.Trouble
    stage: staging.Stage
    shards: tuple[Planned, ...]
    own: tuple[Planned, ...]
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
    with TemporaryDirectory(prefix="scrubber-") as aside:
        trouble = options.Trouble()
        stage = staging.stage(trouble, Path(aside), inputs.paths, asked.out)
        return _command(trouble, stage, inputs, asked, trust, choice, honoured)


def _command(
    trouble: options.Trouble,
    stage: staging.Stage,
    inputs: options.Inputs,
    asked: Asked,
    trust: float | None,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    inputs = inputs._replace(paths=stage.paths)
    skip = [os.path.realpath(path) for path in (asked.out, asked.record_file) if path]
    found = targets.found(trouble, Holding(trouble, choice), inputs, skip, shards.wanted)
    ledgers = decided.Ledgers(trouble, honoured, (target.held.settings for target in found))
    judges = trusting.Judges(ledgers, trust, quiet=asked.quiet)
    evidence = counting.read(asked.evidence) if asked.evidence else None
    given = [*map(str, choice), trust, *([evidence.digest()] if evidence else [])]
    ways = Ways(inputs, asked, ledgers, judges, given, evidence)
    files = [(target.path, ways.number(target.held)) for target in found if target.path]
    planned = stage.named(shards.planned(trouble, files, inputs.paths))
    if stage.layout is not None:
        planned = _cut(asked, ways.made, planned)
    own = tuple(asked.share.own(pieces(planned)))
    run = _Run(asked, trouble, stage, planned, own, tuple(ways.made), ways.settings)
    if (layout := stage.layout) is None:
        _try(run)
    else:
        try:
            _clean(run, layout)
            if asked.second_opinion:
                from scrubber.cli import clean_opinions

                clean_opinions.passes(trouble, layout, run.ways, planned, asked)
        except KeyboardInterrupt:
            told = "\nscrubber: stopped; files that were done stay, and the same command goes on"
            click.echo(told, err=True)
            return 2
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            trouble.tell(os.fspath(error.filename or layout.out), f"cannot be written: {reason}")
    return 2 if trouble.any else 0


def _cut(asked: Asked, ways: list[Way], planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
    """Have large files done in parts, where that makes no difference to what is told."""
    size = cutting.unit(planned) if asked.part_size is None else asked.part_size * 10**6
    if asked.strict or not size:
        return planned
    return cutting.cut(planned, size, lambda shard: not ways[shard.way].whole)


def _clean(run: _Run, layout: Layout) -> None:
    """Clean the shards that are not done yet.

    Raises:
        OSError: OUT cannot be written to.
        click.UsageError: it holds what was cleaned with other settings.
    """
    asked, trouble = run.asked, run.trouble
    if asked.record_file and not collected.ours(layout, asked.record_file):
        raise click.UsageError(f"--edits {asked.record_file} exists already; it is left as it is")
    whole, told = summary.Sum(0), shards.Told(trouble)
    try:
        if not asked.force:
            folder.agreed(layout, run.settings)
        with folder.held(layout, shared=not asked.share.whole):
            todo = _left(run, layout, whole, told)
            folder.expect(layout, run.shards)
            folder.claim(layout, run.settings, force=asked.force)
            run.stage.put()
            where = shards.Where(asked.workers, asked.on, run.stage.seen)
            rewriting = Rewriting(
                layout, run.ways, asked.form, asked.dolma, asked.strict, asked.force
            )
            done = shards.through(
                trouble, run.stage.work(rewriting), todo, where, quiet=asked.quiet
            )
            for shard, marker in done:
                if isinstance(marker, Marker):
                    told.tell(shard, marker.told, marker.statistics)
                    whole.add(marker.statistics)
                elif isinstance(marker, Left) and not asked.share.whole:
                    whole.all -= 1  # another job has parts of it still to do
                elif isinstance(marker, Left):
                    problem = "is another file than its parts are of; run scrubber again"
                    trouble.tell(shard.path, problem)
            every = whole if asked.share.whole else _together(run, layout)
            if every is not None:
                _book(run, layout, every)
                run.stage.put()
    except (folder.OtherSettingsError, StoreError) as error:
        raise click.UsageError(str(error)) from None
    _sum_up(run, whole)


def _together(run: _Run, layout: Layout) -> summary.Sum | None:
    """The sum of all jobs, for the one that ends last; None for the others."""
    run.stage.looked_again()
    return standing.together(layout, run.shards, run.settings)


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
    """Return what is not done; tell of what was wrong in what is."""
    own = Counter(piece.name for piece in run.own)
    mine = [shard for shard in run.shards if shard.name in own]
    whole.all = len(mine)
    todo, swept = list[Planned](), list[Planned]()
    wrong: list[tuple[Planned, tuple[tuple[str, str], ...], Statistics]] = []
    for shard, marker in folder.looked_up(layout, mine, run.settings, force=run.asked.force):
        if marker is None:
            todo.append(shard)
            continue
        whole.add(marker.statistics, before=True)
        swept.append(shard)
        if marker.told:
            wrong.append((shard, marker.told, marker.statistics))
    for shard, problems, counts in wrong:  # once it is sure that the folder is ours
        told.tell(shard, problems, counts)
    run.stage.swept(swept)
    return _pieces(run, layout, todo)


def _pieces(run: _Run, layout: Layout, todo: list[Planned]) -> list[Planned]:
    """Return shards to do with the parts of them that are not done yet and are this job's."""
    found: list[Planned] = []
    own = set(run.own)
    for shard in todo:
        digest = run.ways[shard.way].digest
        done = set() if run.asked.force else known(layout, shard, digest)
        found += [p for p in parts(shard) if p in own and p.span not in done]
        found.append(shard)
    return found


def _try(run: _Run) -> None:
    """Say what would be done."""
    from scrubber.bulk import trial

    asked, trouble = run.asked, run.trouble
    size = asked.sample if asked.diff else 0
    work = AtHand(trial.Trial(run.ways, size, asked.seed, asked.strict))
    draw = trial.Draw(size, asked.seed)
    whole, told = summary.Sum(len(run.shards)), shards.Told(trouble)
    where = shards.Where(asked.workers, asked.on)
    for shard, tried in shards.through(trouble, work, run.shards, where, quiet=asked.quiet):
        told.tell(shard, tried.told, tried.statistics)
        whole.add(tried.statistics)
        draw.add(tried.draw)
    style = styles.style(sys.stdout)
    for line, role in trial.lines(draw, whole.counts.rules):
        options.put(style(line, role) + "\n")
    _sum_up(run, whole)


def _sum_up(run: _Run, whole: summary.Sum) -> None:
    out = run.stage.out or run.asked.out
    if run.asked.summary == "json":
        options.put(summary.data(whole, run.settings.values()).decode())
    if not run.asked.quiet:
        lines = summary.sentences(whole, None if out is None else os.fspath(out))
        number, of = run.asked.share
        if of > 1:
            lines.append(f"This was job {number + 1} of {of}; scrubber stats {out} sums up all.")
        for line in (*summary.table(whole.counts), *lines):
            click.echo(line, err=True)
