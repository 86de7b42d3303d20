"""`scrubber apply`: a patch that a person has edited, carried out whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from scrubber.cli import decided, options
from scrubber.documents import source as sources
from scrubber.documents import walk
from scrubber.documents.source import InputError, Source
from scrubber.documents.write import write
from scrubber.edits import apply
from scrubber.model import Edit
from scrubber.patches.hunks import FilePatch, PatchError, parse
from scrubber.patches.placing import placed
from scrubber.report.text import counted, printable

Watch = Callable[[FilePatch | None, Source, Sequence[Edit]], None]
"""Told of each file's part of a patch (None where it has none), the file then, and the edits."""


@dataclass
class _Target:
    """A file that is patched: what it held, and what it is to hold."""

    path: Path
    source: Source
    text: str
    hunks: int = 0
    refused: int = 0


@dataclass
class _Work:
    """All that some patches ask for, looked at before anything is written."""

    trouble: options.Trouble
    watch: Watch | None = None
    targets: dict[str, _Target] = field(default_factory=dict)


@click.command("apply", short_help="Apply a patch that a person has edited.")
@click.argument("patches", nargs=-1, required=True, metavar="PATCH…", type=str)
@click.option("--check", is_flag=True, help="Only say whether it fits; write nothing.")
@click.option(
    "--partial", is_flag=True, help="Write the files that fit whole, though others do not."
)
@click.option(
    "--learn",
    is_flag=True,
    help="Record what was kept, changed or deleted of the diff as decisions.",
)
@click.option("--suggested", is_flag=True, help="With --learn: as the diff was made.")
@click.option(
    "--of",
    "texts",
    multiple=True,
    metavar="PATH",
    help="With --learn: what the diff was made of; a file deleted from it is turned down.",
)
@click.option("--field", "text_field", metavar="NAME", help="Dataset field of the text.")
@click.option("--id", "id_field", metavar="NAME", help="Dataset field of the id.")
@click.option("--quiet", "-q", is_flag=True, help="No summary.")
@decided.honouring
@options.choosing
def command(
    patches: tuple[str, ...],
    check: bool,
    partial: bool,
    learn: bool,
    suggested: bool,
    texts: tuple[str, ...],
    text_field: str | None,
    id_field: str | None,
    quiet: bool,
    choice: options.Choice,
    honoured: decided.Honoured,
) -> int:
    """Apply what `scrubber fix --diff` printed, edited by hand or not; - is standard input.

    Hunks and lines may be deleted, + lines changed; wrong counts in the @@ lines do not matter. A
    hunk goes where all its lines stand, never where some do. Where one does not fit, nothing is
    written, and the exit code is 1.
    """
    setup, trouble = options.Trouble(), options.Trouble()
    if not learn and (suggested or texts or choice != _NO_CHOICE or honoured != decided.Honoured()):
        raise click.UsageError("options that choose rules or decisions are there for --learn")
    lesson = None
    if learn:
        from scrubber.cli.lesson import Lesson

        lesson = Lesson.begun((setup, trouble), choice, honoured, suggested, (text_field, id_field))
    work = _Work(trouble, lesson.hear if lesson else None)
    fields = lesson.fields if lesson else lambda path: ("text", "id")
    for name in patches:
        _look(work, name, fields)
    if lesson:
        _turned_down(work, texts, fields)
    if trouble.any:
        return 2
    if not work.targets:
        if not quiet:
            click.echo("Nothing to apply.", err=True)
        return 0
    refused = sum(target.refused for target in work.targets.values())
    fitting = [target for target in work.targets.values() if not target.refused]
    done = fitting if partial or not refused else []
    learned: int | None = None
    if not check:
        back = _written(trouble, done)
        if back is None:
            return 2
        if lesson:
            learned = lesson.recorded([target.source.path for target in done], undo=back)
            if learned is None:
                return 2
    if not quiet:
        click.echo(_summary(work, done, refused, check, learned), err=True)
    return 2 if setup.any else 1 if refused else 0


_Fields = Callable[[str], tuple[str, str]]
_NO_CHOICE = options.Choice(None, (), (), (), ())


def _look(work: _Work, name: str, fields: _Fields) -> None:
    """Place the hunks of a patch on the files as they are, or as patches before leave them."""
    try:
        files = parse(_text(name))
    except (PatchError, InputError) as error:
        work.trouble.tell(name, str(error))
        return
    for file in files:
        if not file.hunks and not work.watch:
            continue
        try:
            target = _target(work, file.path, fields)
            edits, refusals = placed(target.text, file.hunks)
            if work.watch and not refusals:
                work.watch(file, _as_it_is(target, fields), edits)
        except InputError as error:
            work.trouble.tell(file.path, str(error))
            continue
        for refusal in refusals:
            where = f"{printable(file.path)}: hunk {refusal.hunk.number} ({printable(name)}, line"
            problem = f"{where} {refusal.hunk.line}) does not fit: {printable(refusal.reason)}"
            click.echo(f"scrubber: {problem}", err=True)
        target.hunks += len(file.hunks)
        target.refused += len(refusals)
        target.text = apply(target.text, edits)


def _turned_down(work: _Work, texts: Sequence[str], fields: _Fields) -> None:
    """Take in the files that a diff was made of and that stand in none of the patches."""
    for found in walk.files(texts):
        name, problem = (str(found), None) if isinstance(found, Path) else found
        if os.path.realpath(name) in work.targets or work.watch is None:
            continue
        try:
            if problem is not None:
                raise problem
            work.watch(None, _target(work, os.path.relpath(name), fields).source, [])
        except InputError as error:
            work.trouble.tell(name, str(error))


def _as_it_is(target: _Target, fields: _Fields) -> Source:
    """The file as the patches so far leave it."""
    if target.text == target.source.text:
        return target.source
    return sources.from_bytes(target.source.path, target.text.encode(), *fields(target.source.path))


def _text(name: str) -> str:
    if name == "-":
        data = sys.stdin.buffer.read() if sys.stdin else b""
        return sources.from_bytes("-", data).text
    path = Path(name)
    if not name or path.is_dir():
        raise InputError("not a patch: a folder" if name else "an empty path names nothing")
    try:
        return sources.from_bytes("patch", path.read_bytes()).text
    except FileNotFoundError:
        raise InputError("no such file") from None
    except OSError as error:
        raise InputError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def _target(work: _Work, name: str, fields: _Fields) -> _Target:
    """The file that a patch names, read once.

    Raises:
        InputError: it is none that may be patched.
    """
    here = os.path.realpath(".")
    real = os.path.realpath(name)
    parts = Path(name).parts
    if not parts or "\0" in name:
        raise InputError("names no file")
    if Path(name).is_absolute() or ".." in parts or not real.startswith(os.path.join(here, "")):
        raise InputError("lies outside the current folder; a patch is applied where its files lie")
    if ".git" in (part.lower() for part in parts):
        raise InputError("lies in git's own folder, which no patch may change")
    if real not in work.targets:
        found = sources.read(Path(name), *fields(name))
        if found.compressed:
            raise InputError("compressed; unpack it first, it is not rewritten in place")
        work.targets[real] = _Target(Path(name), found, found.text)
    return work.targets[real]


def _written(trouble: options.Trouble, done: Sequence[_Target]) -> Callable[[], None] | None:
    """Write files; return what takes them back, or None where one failed and all are as before."""
    written: list[_Target] = []

    def back() -> None:
        for target in reversed(written):
            try:
                write(target.path, target.source.text.encode(), target.text.encode())
            except InputError as error:
                trouble.tell(
                    str(target.path), f"stays patched, for it cannot be taken back: {error}"
                )

    for target in done:
        if target.text == target.source.text:
            continue
        try:
            write(target.path, target.text.encode(), target.source.text.encode())
        except InputError as error:
            trouble.tell(str(target.path), f"{error}; nothing is applied")
            back()
            return None
        written.append(target)
    return back


def _summary(
    work: _Work, done: Sequence[_Target], refused: int, check: bool, learned: int | None
) -> str:
    total = sum(target.hunks for target in work.targets.values())
    hunks = counted(sum(target.hunks for target in done), "hunk")
    if not refused:
        verb = "would be applied" if check else "applied"
        text = f"{hunks} {verb} in {counted(len(done), 'file')}."
    else:
        fit = f"{refused:,} of {counted(total, 'hunk')} {'does' if refused == 1 else 'do'} not fit"
        verb = "would be applied" if check else "applied"
        kept = f"{hunks} {verb} in the files that fit whole" if done else "nothing is applied"
        text = f"{fit}: {kept}."
    if learned is not None and not check:
        text += f" {counted(learned, 'decision')} recorded."
    return text
