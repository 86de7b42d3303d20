"""`scrubber fix`: what may be done unattended, done or shown as a diff."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from scrubber import diff, engine
from scrubber.cli import decided, options, outcomes
from scrubber.documents.source import InputError, Source
from scrubber.edits import apply
from scrubber.model import Edit
from scrubber.report.text import Style, counted, plain


@click.command("fix", short_help="Repair what may be repaired unattended.")
@options.reading
@click.option(
    "--diff",
    "preview",
    is_flag=True,
    help="Show what would be done as a diff for git apply or patch; write nothing.",
)
@click.option(
    "--suggested",
    is_flag=True,
    help="Also take the first proposal of each suggestion. Meant for --diff and review.",
)
@click.option(
    "--edits",
    "record_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Append each change, with its rule, to this JSON Lines file.",
)
@decided.honouring
@options.choosing
def command(
    inputs: options.Inputs,
    preview: bool,
    suggested: bool,
    record_file: Path | None,
    quiet: bool,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    """Repair files in place; with --diff show exactly that and write nothing.

    A text on standard input is repaired on standard output. Each file is written whole or not at
    all. Exit 1 when something was or would be changed.
    """
    trouble = options.Trouble()
    chosen = options.choose(trouble, choice)
    said = decided.load(trouble, chosen.settings, honoured)
    actions = engine.SUGGESTED if suggested else engine.UNATTENDED
    style = options.style(sys.stdout)
    if record_file is not None:
        if preview:
            raise click.UsageError("--edits records what is done, and --diff does nothing")
        _open_record(record_file)
    changed = repairs = files = 0
    found = options.sources(trouble, chosen.settings, inputs)
    for path, source in found:
        if path and record_file and os.path.realpath(path) == os.path.realpath(record_file):
            continue  # the record of an earlier run, met in a folder
        files += 1
        per_document = [
            outcome.edits if outcome else ()
            for outcome in (
                outcomes.settled(trouble, source, document, chosen.rules, actions, said)
                for document in source.documents
            )
        ]
        edits = source.edits(per_document)
        try:
            if preview:
                _show(source, edits, style)
            else:
                _write(path, source, edits, per_document, record_file)
        except InputError as error:
            trouble.tell(source.path, str(error))
            continue
        changed += bool(edits)
        repairs += sum(map(len, per_document))
    if not quiet:
        click.echo(_summary(files, changed, repairs, preview, trouble.any), err=True)
    return 2 if trouble.any else 1 if changed else 0


def _open_record(record_file: Path) -> None:
    """Make sure that changes can be recorded before the first one is made."""
    try:
        with record_file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise click.UsageError(f"--edits {record_file}: cannot be written: {problem}") from None


def _show(source: Source, edits: list[Edit], style: Style) -> None:
    if source.compressed and edits:
        raise InputError("compressed; unpack it first, a diff cannot change packed bytes")
    text = diff.unified(_relative(source.path), source.text, edits)
    if style is not plain:
        lines = text.replace("\x1b", "␛").split("\n")  # a terminal would act on it
        text = "\n".join(style(line, line[:1]) for line in lines)
    options.put(text)


def _write(
    path: Path | None,
    source: Source,
    edits: list[Edit],
    per_document: list[tuple[Edit, ...]],
    record_file: Path | None,
) -> None:
    if path is None:
        options.put(apply(source.text, edits))
    elif edits:
        from scrubber.documents.write import write

        if source.compressed:
            raise InputError("compressed; unpack it first, it is not rewritten in place")
        repaired = apply(source.text, edits).encode()
        write(path, repaired, source.text.encode())
    if edits and record_file is not None:
        _record(source, per_document, record_file)


def _record(source: Source, per_document: list[tuple[Edit, ...]], record_file: Path) -> None:
    """Append the changes; offsets count code points of the original text of file or record."""
    lines = []
    for document, edits in zip(source.documents, per_document, strict=True):
        record = outcomes.record_of(source, document)
        for edit in edits:
            value = {
                "path": source.path,
                "record": record,
                "rules": edit.rules,
                "start": edit.start,
                "end": edit.end,
                "before": edit.before,
                "after": edit.after,
            }
            lines.append(json.dumps(value) + "\n")
    try:
        with record_file.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as error:
        raise InputError(f"repaired, but {record_file} cannot be written: {error}") from None


def _relative(path: str) -> str:
    """A path as git apply and patch want it: relative to where they are run, if it lies below.

    It names the file itself, not a symbolic link to it, which neither tool writes through.
    """
    real = os.path.realpath(path)
    try:
        return Path(real).relative_to(os.path.realpath(".")).as_posix()
    except ValueError:
        return path


def _summary(files: int, changed: int, repairs: int, preview: bool, trouble: bool) -> str:
    where = counted(files, "file")
    if not changed and trouble:
        return f"Nothing repaired in {where}: see above."
    if not changed:
        return f"Nothing to repair in {where}."
    verb = "would be repaired" if preview else "repaired"
    return f"{counted(repairs, 'place')} {verb} in {changed:,} of {where}."
