"""The options of `scrubber clean` that say how the run goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from scrubber.bulk import stores
from scrubber.bulk.share import Share, share
from scrubber.cli import options, shards


class Asked(NamedTuple):
    """What the command line says of the run itself."""

    fields: tuple[str, ...]
    url_field: str
    out: Path | None
    workers: int | None
    strict: bool
    force: bool
    trial: bool
    diff: bool
    sample: int
    seed: int
    summary: str
    form: str
    dolma: bool
    record_file: Path | None
    evidence: Path | None
    share: Share
    part_size: int | None
    on: str | None
    quiet: bool
    second_opinion: bool = False
    ask_later: bool = False
    model: Path | None = None


def _share(ctx: click.Context, param: click.Parameter, given: str | None) -> Share:
    """Which of several jobs this is."""
    if given is None:
        return Share()
    try:
        return share(given, os.environ)
    except ValueError as error:
        raise click.UsageError(f"--shard {error}") from None


FIELDS = click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME",
    help="Dataset field of the text; again for each other one.",
)
URL = click.option(
    "--url", "url_field", default="url", metavar="NAME", help="Dataset field of the address."
)
_OPTIONS = (
    click.option(
        "--edits",
        "record_file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="In the end, write each change with its rule to this new JSON Lines file too.",
    ),
    click.option("--dolma", is_flag=True, help="Write the edits as attributes for Dolma too."),
    click.option(
        "--edits-as",
        "form",
        type=click.Choice(["jsonl", "parquet", "column"]),
        default="jsonl",
        help="How edits are recorded: a file beside each shard, or in a column of its own.",
    ),
    click.option(
        "--format",
        "summary",
        type=click.Choice(["text", "json"]),
        default="text",
        help="The summary: in words, or as JSON on standard output.",
    ),
    click.option("--seed", default=0, metavar="N", help="Another draw for --diff."),
    click.option(
        "--sample",
        type=click.IntRange(1),
        default=5,
        metavar="N",
        help="Places that --diff shows of each rule; 5 if not given.",
    ),
    click.option("--diff", is_flag=True, help="With --dry-run: show sampled places of each rule."),
    click.option("--dry-run", "trial", is_flag=True, help="Say what would be done; write nothing."),
    click.option("--force", is_flag=True, help="Clean again what was done with other settings."),
    click.option("--strict", is_flag=True, help="Stop at the first record that cannot be read."),
    click.option(
        "--shard",
        "share",
        callback=_share,
        metavar="I/N",
        help="Do the part of job I of N that share the work; auto in an array of Slurm, auto/N"
        " in an indexed job of Kubernetes.",
    ),
    click.option(
        "--part-size",
        type=click.IntRange(0),
        metavar="MB",
        help="Do JSON Lines and Parquet files that are larger in parts of so many megabytes, 64 to"
        " 1,000 by the size of all if not given; 0: never. What is written is the same.",
    ),
    click.option(
        "--ask-later",
        is_flag=True,
        help="With --second-opinion: note what is in doubt and what asking costs, and ask nothing.",
    ),
    click.option(
        "--model",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="With --second-opinion: a GGUF file or transformers folder to ask instead.",
    ),
    click.option(
        "--second-opinion",
        is_flag=True,
        help="Then ask a small language model about what is left in doubt, and write down what it"
        " says (English); nothing of it is done.",
    ),
    shards.ON,
    shards.WORKERS,
    click.option(
        "--output",
        "-o",
        "out",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="OUT",
        help="The folder to write to.",
    ),
    options.EVIDENCE,
    URL,
    options.ID,
    FIELDS,
    options.QUIET,
    options.PATHS,
)


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add paths and the options of the run; the command gets `inputs` and `asked`."""

    @wraps(command)
    def bundled(paths: tuple[str, ...], id_field: str | None, **given: Any) -> Any:
        given["inputs"] = options.Inputs(paths, None, id_field)
        asked = Asked(**{name: given.pop(name) for name in Asked._fields})
        return command(asked=asked, **given)

    for option in _OPTIONS:
        bundled = option(bundled)
    return bundled


def check(inputs: options.Inputs, asked: Asked) -> None:
    """Refuse what makes no sense before anything is read.

    Raises:
        click.UsageError: says what.
    """
    from scrubber.bulk.folder import lies_in

    if asked.trial == (asked.out is not None):
        raise click.UsageError("give a folder with -o OUT, or --dry-run, which writes nothing")
    if asked.diff and not asked.trial:
        raise click.UsageError("--diff shows what would be done: it goes with --dry-run")
    if asked.trial and asked.record_file:
        raise click.UsageError("--edits records what is done, and --dry-run does nothing")
    if asked.trial and not asked.share.whole:
        raise click.UsageError("--shard shares out what is done, and --dry-run does nothing")
    _check_opinion(asked)
    if asked.on and asked.workers:
        raise click.UsageError("--on works on a cluster, without --workers")
    if asked.out and stores.address(asked.out) and asked.record_file:
        raise click.UsageError("--edits is made of records in a folder, not in an object store")
    if asked.record_file and asked.form == "column":
        raise click.UsageError("--edits is made of the records beside the shards; not with column")
    if len(set(asked.fields)) < len(asked.fields):
        raise click.UsageError("--field names a field twice")
    for path in inputs.paths:
        if path == "-":
            raise click.UsageError("standard input has no name; scrubber fix repairs it")
        if asked.out and lies_in(asked.out, path):
            raise click.UsageError(f"{path} lies in {asked.out}, the folder that is written to")


def _check_opinion(asked: Asked) -> None:
    if not asked.second_opinion:
        if asked.ask_later or asked.model:
            raise click.UsageError("--ask-later and --model belong to --second-opinion")
        return
    if asked.trial:
        raise click.UsageError("--second-opinion is about what was cleaned; --dry-run cleans none")
    if asked.out and stores.address(asked.out):
        raise click.UsageError(
            "--second-opinion asks about what lies in a folder: clean into one, and copy it then"
        )
    if asked.form == "column":
        raise click.UsageError(
            "--second-opinion cannot go with --edits-as column; take jsonl or parquet"
        )
    if asked.ask_later and asked.model:
        raise click.UsageError("--ask-later asks no model")
