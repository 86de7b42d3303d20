"""Options that several commands share, and what they lead to: settings, rules, sources."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from scrubber import config, packs
from scrubber.documents import source, walk
from scrubber.rules import Rule

_Command = Callable[..., Any]

CONFIG = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Settings file, instead of the nearest scrubber.toml or pyproject.toml.",
)
PACK = click.option(
    "--pack",
    "pack_paths",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A pack of your own: file or folder.",
)
ID = click.option("--id", "id_field", metavar="NAME", help="Dataset field of the id.")
FIELD = click.option("--field", "text_field", metavar="NAME", help="Dataset field of the text.")
QUIET = click.option("--quiet", "-q", is_flag=True, help="No summary.")

TOLD = 1000
"""How many troubles a report can name."""


# Named tuples, here and beside it: as dataclasses the five took 5 of 91 ms at start-up.
class Choice(NamedTuple):
    """What the command line says of settings and rules."""

    config_file: Path | None
    pack_paths: tuple[Path, ...]
    select: tuple[str, ...]
    extend: tuple[str, ...]
    ignore: tuple[str, ...]


class Inputs(NamedTuple):
    """What the command line says of the texts to read."""

    paths: tuple[str, ...]
    text_field: str | None
    id_field: str | None
    jsonl: bool

    def fields(self, settings: config.Settings) -> tuple[str, str]:
        """Return the names of a dataset's fields of the text and of the id."""
        return self.text_field or settings.field, self.id_field or settings.id


class Trouble:
    """Says what went wrong with an input, one line each, and remembers that something did.

    `told` are the first lines with their paths, for reports; a dataset may have a million more.
    """

    def __init__(self) -> None:
        self.any = False
        self.told: list[tuple[str, str]] = []

    def tell(self, path: str, problem: str) -> None:
        """Print one line on standard error."""
        from scrubber.report.text import printable

        self.any = True
        if len(self.told) < TOLD:
            self.told.append((path, problem))
        click.echo(f"scrubber: {printable(path)}: {printable(problem)}", err=True)


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the packs and rules that begin with what has been typed."""
    names = {rule.id for rule in packs.built_in(None).rules}
    names |= {packs.pack_of(name) for name in names}
    return sorted(name for name in names if name.startswith(incomplete))


def choosing(command: _Command) -> _Command:
    """Add the options that choose rules; the command takes them as `choice`."""

    @wraps(command)
    def bundled(*args: Any, **rest: Any) -> Any:
        choice = Choice(**{field: rest.pop(field) for field in Choice._fields})
        return command(*args, choice=choice, **rest)

    for option in (
        CONFIG,
        PACK,
        click.option(
            "--ignore",
            multiple=True,
            metavar="PREFIX",
            shell_complete=complete_rules,
            help="Leave out packs or rules; several, or parted by commas.",
        ),
        click.option(
            "--extend",
            multiple=True,
            metavar="PREFIX",
            shell_complete=complete_rules,
            help="Run these too, beside what runs anyway: packs that are off by default.",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="PREFIX",
            shell_complete=complete_rules,
            help="Run only these packs or rules: links, case/stray-capital.",
        ),
    ):
        bundled = option(bundled)
    return bundled


def reading(command: _Command) -> _Command:
    """Add the paths and the options that say how to read them; the command gets `inputs`."""

    @wraps(command)
    def bundled(
        *args: Any,
        paths: tuple[str, ...],
        text_field: str | None,
        id_field: str | None,
        jsonl: bool,
        **rest: Any,
    ) -> Any:
        return command(*args, inputs=Inputs(paths, text_field, id_field, jsonl), **rest)

    for option in (
        click.argument(
            "paths",
            nargs=-1,
            required=True,
            metavar="PATH…",
            shell_complete=lambda c, p, incomplete: _complete_paths(incomplete),
        ),
        click.option("--jsonl", is_flag=True, help="Standard input is a JSON Lines dataset."),
        ID,
        FIELD,
        QUIET,
    ):
        bundled = option(bundled)
    return bundled


def _complete_paths(incomplete: str) -> list[Any]:
    return [import_module("click.shell_completion").CompletionItem(incomplete, type="file")]


class Chosen(NamedTuple):
    """The settings in force and the rules that they and the command line choose."""

    settings: config.Settings
    rules: tuple[Rule, ...]
    every: tuple[Rule, ...]


def choose(
    trouble: Trouble, choice: Choice, *, off_too: bool = False, start: Path | None = None
) -> Chosen:
    """Load settings and packs, and choose rules. A mistake in a pack leaves out that rule only.

    `off_too` reads and chooses packs that are off by default as if they were on, with examples.
    Settings are looked for from `start` upwards, or else from the current folder.

    Raises:
        click.UsageError: the settings have a mistake, or a prefix fits no rule.
    """
    if any(not value.strip(" ,") for value in (*choice.select, *choice.extend, *choice.ignore)):
        raise click.UsageError("an empty prefix for --select, --extend or --ignore names no rule")
    if any(str(path) == "." for path in choice.pack_paths):
        raise click.UsageError("--pack needs a file or a folder of packs")
    try:
        settings = config.load(start or Path.cwd(), choice.config_file)
        own = [settings.folder / path for path in settings.packs] + list(choice.pack_paths)
        select, extend, ignore = _prefixes(choice, settings)
        named = {packs.pack_of(prefix) for prefix in (*select, *extend, *ignore)}
        shipped = packs.built_in(None if off_too else named, brief=not off_too)
        found = packs.joined(shipped, packs.local(own))
        for mistake in found.mistakes:
            trouble.tell(mistake.file, str(mistake).removeprefix(f"{mistake.file}: "))
        chosen = packs.chosen(
            found.rules, select, ignore, extend, unread=found.unread, off_too=off_too
        )
    except (config.SettingsError, packs.UnknownRuleError) as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        where = error.filename or "the current folder"
        raise click.UsageError(f"{where}: {(error.strerror or '').lower()}") from None
    return Chosen(settings, chosen, found.rules)


def _prefixes(choice: Choice, settings: config.Settings) -> tuple[tuple[str, ...], ...]:
    """What is selected, added and ignored; --select starts anew, the others add to the settings."""
    # A comment is not in vain where the rule that it silences may be left out.
    narrowed = ("silence/unused",) if choice.select or choice.ignore else ()
    select, extend = _split(choice.select), _split(choice.extend)
    if not select:
        select, extend = settings.select, extend + settings.extend
    return select, extend, (*_split(choice.ignore), *settings.ignore, *narrowed)


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def sources(
    trouble: Trouble, settings: config.Settings, inputs: Inputs, skip: Collection[str] = ()
) -> Iterator[tuple[Path | None, source.Source]]:
    """Yield each input but `skip` with its path, None for standard input; tell what fails.

    The ledger of decisions is no input, though a hook may name it: it is committed like a text.
    """
    from scrubber.cli.decided import place

    fields = inputs.fields(settings)
    skip = {*skip, os.path.realpath(place(settings, None)[0])}
    names = [path for path in inputs.paths if path != "-"]
    try:
        if "-" in inputs.paths:
            data = sys.stdin.buffer.read() if sys.stdin else b""
            yield None, _told(trouble, source.from_bytes("-", data, *fields, dataset=inputs.jsonl))
    except source.InputError as error:
        trouble.tell("-", str(error))
    for found in walk.files(names, skip):
        if isinstance(found, tuple):
            trouble.tell(found[0], str(found[1]))
            continue
        try:
            yield found, _told(trouble, source.read(found, *fields))
        except source.InputError as error:
            trouble.tell(os.fspath(found), str(error))


def _told(trouble: Trouble, found: source.Source) -> source.Source:
    for problem in found.problems:
        trouble.tell(found.path, problem)
    return found._replace(problems=())


def put(text: str) -> None:
    """Write a text to standard output as UTF-8, whatever the locale."""
    click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
