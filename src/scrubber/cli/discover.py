"""`scrubber discover`: candidates for rules from a corpus, as a draft of a pack."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from scrubber.bulk import folder
from scrubber.bulk.at_hand import AtHand
from scrubber.bulk.discovering import Discovering
from scrubber.cli import counting, options, shards, staging
from scrubber.cli.holding import Holding
from scrubber.evidence.candidates import Candidates
from scrubber.evidence.counts import Counts
from scrubber.evidence.drafts import draft
from scrubber.report.text import counted


@click.command("discover", short_help="Draft rules from what a corpus repeats.")
@counting.corpus
@options.choosing
@options.EVIDENCE
@click.option("--seed", default=0, metavar="N", help="Another draw of samples.")
@click.option(
    "--most",
    type=click.IntRange(1),
    default=50,
    metavar="N",
    help="Candidates of each kind; 50 if not given.",
)
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PACK",
    help="The pack to write, new; standard output if not given.",
)
def command(
    corpus: counting.Corpus,
    choice: options.Choice,
    evidence: Path | None,
    seed: int,
    most: int,
    out: Path | None,
) -> int:
    """Draft a pack of lines that sites repeat and of words that others run into.

    Each rule comes with its counts, with samples as comments and with examples, and only offers;
    what rules find already is left out. Nothing of it acts before a person takes it over. Without
    --evidence the corpus is counted first.
    """
    if out is not None and os.path.lexists(out):
        raise click.UsageError(f"-o {out} exists already; it is left as it is")
    trouble = options.Trouble()
    holding = Holding(trouble, choice)
    with TemporaryDirectory(prefix="scrubber-") as aside:
        stage = staging.stage(trouble, Path(aside), corpus.paths, None)
        found = counting.found(trouble, holding, corpus, stage, [])
        if evidence is None:
            path = Path(aside, "corpus.counts")
            if counting.count(trouble, found, corpus, [], path) is None:
                return 2
            counts = Counts(path)
        else:
            counts = counting.read(evidence)
        local = shards.Where(corpus.workers)
        every, work = Candidates(seed), AtHand(Discovering(counts, found.readings, seed))
        done = shards.through(trouble, work, found.shards, local, quiet=corpus.quiet)
        for _, some in done:
            every.add(some)
        made = draft(every, holding.rules(), most)
        text = made.toml(counts.header.sums.texts)
    if out is None:
        options.put(text)
    else:
        try:
            folder.write(out, text.encode())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            trouble.tell(os.fspath(out), f"cannot be written: {reason}")
            return 2
    if not corpus.quiet:
        where = f"; see {out}" if out else ""
        click.echo(f"{counted(len(made.rules), 'candidate')} drafted{where}.", err=True)
    return 2 if trouble.any else 0
