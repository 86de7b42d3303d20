"""A corpus is counted into a file: what `count` does, and `discover` where it is given none."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from uuid import uuid4

import click

from scrubber.bulk import cutting, stored_counts, stores, tallying
from scrubber.bulk.agenda import pieces
from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.statistics import Statistics
from scrubber.bulk.stored_counts import TallyingStored
from scrubber.bulk.tallying import Tallying
from scrubber.cli import clean_options, options, shards, staging, targets
from scrubber.cli.held import Held
from scrubber.cli.holding import Holding
from scrubber.evidence.counting import Sums
from scrubber.evidence.counts import Counts, CountsError


class Corpus(NamedTuple):
    """What the command line says of a corpus, and how much is said of the run."""

    paths: tuple[str, ...]
    fields: tuple[str, ...]
    id_field: str | None
    url_field: str
    workers: int | None
    quiet: bool


class Found(NamedTuple):
    """The shards of a corpus, and how they are read, with the language where it is known."""

    shards: tuple[Planned, ...]
    readings: tuple[tuple[Reading, str | None], ...]


def corpus(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add paths and the options that say how they are read; the command gets `corpus`."""

    @wraps(command)
    def bundled(**given: Any) -> Any:
        made = Corpus(**{name: given.pop(name) for name in Corpus._fields})
        if "-" in made.paths:
            raise click.UsageError("standard input is no corpus; name files or folders")
        return command(corpus=made, **given)

    for option in (
        shards.WORKERS,
        clean_options.URL,
        options.ID,
        clean_options.FIELDS,
        options.QUIET,
        options.PATHS,
    ):
        bundled = option(bundled)
    return bundled


def read(path: Path) -> Counts:
    """Return a file of counts.

    Raises:
        click.UsageError: it is none, or cannot be read.
    """
    url = stores.address(path)
    try:
        return stored_counts.evidence(url) if url else Counts(path)
    except CountsError as error:
        raise click.UsageError(f"{url or path} {error}") from None
    except ShardError as error:
        raise click.UsageError(f"{url}: {error}") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"{url or path}: {reason}") from None


def found(
    trouble: options.Trouble,
    holding: Holding,
    corpus: Corpus,
    stage: staging.Stage,
    skip: Sequence[Path],
) -> Found:
    """Return the shards that paths stand for; what cannot be done is told of."""
    inputs = options.Inputs(stage.paths, None, corpus.id_field)
    real = [os.path.realpath(path) for path in skip]
    ways: dict[tuple[Reading, str | None], int] = {}
    files: list[tuple[Path, int]] = []
    for target in targets.found(trouble, holding, inputs, real, shards.wanted):
        if target.path is not None:
            way = _reading(inputs, corpus, target.held), target.held.language
            files.append((target.path, ways.setdefault(way, len(ways))))
    return Found(stage.named(shards.planned(trouble, files, stage.paths)), tuple(ways))


def _reading(inputs: options.Inputs, corpus: Corpus, held: Held) -> Reading:
    text_field, id_field = inputs.fields(held.settings)
    return Reading(corpus.fields or (text_field,), id_field, corpus.url_field)


def _seen(folder: str) -> str:
    """A file or object for the nodes of a cluster to see; no two runs have the same."""
    url = stores.address(folder)
    if url is None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        path = Path(folder, "seen")
        path.write_text(uuid4().hex)
        return str(path)
    with TemporaryDirectory() as aside:
        path = Path(aside, "seen")
        path.write_text(uuid4().hex)
        stores.put(path, stores.below(url, path.name))
    return stores.below(url, path.name)


def count(
    trouble: options.Trouble,
    found: Found,
    corpus: Corpus,
    parts: Sequence[str],
    out: Path,
    on: str | None = None,
) -> Sums | None:
    """Count shards into a file or object, together with files of counts; None where one failed.

    Then the counts of the others are kept beside it for the next run.

    Raises:
        CountsError: a part is no file of counts.
        OSError: from the disk or a store.
        ShardError: from a store.
    """
    url, folder = stores.address(out), tallying.parts_folder(out)
    to = f"{url}.parts" if url else None
    where = shards.Where(corpus.workers, on, _seen(to or str(folder)) if on else None)
    work = TallyingStored(Tallying(folder, found.readings), to)
    told, made = shards.Told(trouble), list(parts)
    items = pieces(cutting.cut(found.shards, cutting.unit(found.shards)))
    done = shards.through(trouble, work, items, where, quiet=corpus.quiet)
    counted = 0
    for shard, tally in done:
        counted += 1
        made.append(stores.below(to, tally.part.name) if to else os.fspath(tally.part))
        told.tell(shard, tally.told, Statistics(rejected=tally.rejected))
    if counted < len(items):
        return None
    sums = stored_counts.merge(made, url or os.fspath(out))
    if to:
        stores.clear(to)
    else:
        tallying.swept(folder)
    return sums
