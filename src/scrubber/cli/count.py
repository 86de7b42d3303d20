"""`scrubber count`: what a corpus tells of words and lines, for `clean` and `discover`."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from scrubber.bulk import stores
from scrubber.bulk.model import ShardError
from scrubber.cli import counting, options, shards, staging
from scrubber.cli.holding import Holding
from scrubber.evidence.counts import CountsError
from scrubber.report.text import counted


@click.command("count", short_help="Count a corpus, as evidence for clean.")
@counting.corpus
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="COUNTS",
    help="The file to write; one that is there is replaced.",
)
@shards.ON
@options.CONFIG
def command(corpus: counting.Corpus, out: Path, on: str | None, config_file: Path | None) -> int:
    """Count in which texts tokens stand that may be two words, and which lines a site repeats.

    What is counted goes to the file COUNTS, for `clean --evidence` and `discover`. It is bounded
    (200 MB at most), holds no text, and is the same whatever the number of workers. A PATH that
    ends in .counts is such a file: what was counted of parts of a corpus adds up to the same as
    counting the whole. The same command goes on where an earlier one was stopped.
    """
    trouble = options.Trouble()
    parts = [path for path in corpus.paths if path.endswith(".counts")]
    paths = tuple(path for path in corpus.paths if not path.endswith(".counts"))
    for part in parts:
        counting.read(Path(part))
    holding = Holding(trouble, options.Choice(config_file, (), (), (), ()))
    name = stores.address(out) or os.fspath(out)
    try:
        with TemporaryDirectory(prefix="scrubber-") as aside:
            stage = staging.stage(trouble, Path(aside), paths, None)
            found = counting.found(trouble, holding, corpus, stage, [out])
            sums = counting.count(trouble, found, corpus, parts, out, on)
    except (CountsError, ShardError) as error:
        trouble.tell(name, str(error))
        return 2
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        trouble.tell(os.fspath(error.filename or name), f"cannot be written: {reason}")
        return 2
    if sums is None:
        trouble.tell(name, "not written, for want of the files named above")
    elif not corpus.quiet:
        texts, words = counted(sums.texts, "text"), counted(sums.words, "word")
        click.echo(f"{texts} counted, {words} of them in known languages; see {name}.", err=True)
    return 2 if trouble.any else 0
