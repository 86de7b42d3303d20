"""`scrubber clean`: whole datasets, repaired into a new folder."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from scrubber import engine
from scrubber.cli import decided, options, recording, targets, trusting
from scrubber.cli.holding import Holding
from scrubber.documents.source import InputError, Source
from scrubber.documents.write import make
from scrubber.edits import apply
from scrubber.report.text import counted


@click.command("clean", short_help="Repair whole datasets into a new folder.")
@options.reading
@click.option(
    "--output",
    "-o",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUT",
    help="The folder to write to.",
)
@recording.EDITS
@trusting.trusting
@decided.honouring
@options.choosing
def command(
    inputs: options.Inputs,
    folder: Path,
    record_file: Path | None,
    trust: float | None,
    quiet: bool,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    """Write every text and dataset repaired under the folder OUT; the inputs stay as they are.

    What lies in a folder PATH has the same name below OUT, a file its own name; what needs no
    repair is the same byte for byte. Every file is made new, whole or not at all: one that exists
    is left alone and told of.
    """
    out = os.path.realpath(folder)
    for path in inputs.paths:
        if path == "-":
            raise click.UsageError("standard input has no name; scrubber fix repairs it")
        if os.path.commonpath([out, os.path.realpath(path)]) == out:
            raise click.UsageError(f"{path} lies in {folder}, the folder that is written to")
    trouble = options.Trouble()
    skip = (out,) if record_file is None else (out, os.path.realpath(record_file))
    found = targets.found(trouble, Holding(trouble, choice), inputs, skip)
    ledgers = decided.Ledgers(trouble, honoured, (target.held.settings for target in found))
    judges = trusting.Judges(ledgers, trust, quiet=quiet)
    recording.opened(record_file)
    texts = targets.read(trouble, found, inputs)
    changed = files = 0
    by_rule: Counter[str] = Counter()
    places = 0
    for done in recording.repaired(trouble, texts, engine.UNATTENDED, judges):
        files += 1
        try:
            _write(done, folder / _name(inputs.paths, done.path))
            recording.record(done, record_file)
        except InputError as error:
            trouble.tell(done.source.path, str(error))
            continue
        changed += bool(done.edits)
        places += done.places
        by_rule.update(done.by_rule)
    if not quiet:
        for rule, count in sorted(by_rule.items(), key=lambda item: (-item[1], item[0])):
            click.echo(f"{count:9,}  {rule}", err=True)
        where = f"{changed:,} of {counted(files, 'file')}"
        click.echo(f"{counted(places, 'place')} repaired in {where}; see {folder}.", err=True)
    return 2 if trouble.any else 0


def _name(paths: Iterable[str], path: Path | None) -> Path:
    """The name of an input below the folder: as in the folder that was given, or its own."""
    assert path is not None
    for given in map(Path, paths):
        if given.is_dir() and path.is_relative_to(given):
            return path.relative_to(given)
    return Path(path.name)


def _write(done: recording.Repaired, target: Path) -> None:
    """Write an input with its repairs in it, packed as it was; untouched, its very bytes.

    Raises:
        InputError: it changed since it was read, or the file cannot be made.
    """
    assert done.path is not None
    source = done.source
    data = apply(source.text, done.edits).encode()
    if source.compressed and done.edits:
        data = gzip.compress(data, mtime=0)
    elif source.compressed:
        data = _packed(done.path, source)
    make(target, data, like=done.path)


def _packed(path: Path, source: Source) -> bytes:
    """The bytes of a compressed file that was read before, if it still holds the same text."""
    try:
        data = path.read_bytes()
        same = gzip.decompress(data) == source.text.encode()
    except (OSError, EOFError) as error:
        raise InputError(f"cannot be read again: {error}") from None
    if not same:
        raise InputError("changed while it was being read; run scrubber again")
    return data
