"""Options that several commands share, and where they tell of what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrubber.cli import late
from scrubber.cli.late import put as put
from scrubber.config import Settings

if TYPE_CHECKING:
    import click

    from scrubber.evidence.counts import Counts

_Command = Callable[..., Any]

CONFIG = late.option(
    "--config",
    "config_file",
    type=late.kind("Path", path_type=Path),
    metavar="FILE",
    help="Settings file, instead of the nearest scrubber.toml or pyproject.toml.",
)
PACK = late.option(
    "--pack",
    "pack_paths",
    multiple=True,
    metavar="PATH",
    type=late.kind("Path", path_type=Path),
    help="A pack of your own: file or folder.",
)
ID = late.option("--id", "id_field", metavar="NAME", help="Dataset field of the id.")
FIELD = late.option("--field", "text_field", metavar="NAME", help="Dataset field of the text.")
NAMED = late.option(
    "--stdin-filename",
    "stdin_name",
    metavar="PATH",
    help="Where the text on standard input belongs: markup, settings and decisions are those of"
    " this file, which need not be there.",
)
EVIDENCE = late.option(
    "--evidence",
    type=late.kind("Path", path_type=Path, dir_okay=False),
    metavar="COUNTS",
    help="What scrubber count has counted: names, and lines that a site repeats.",
)
QUIET = late.option("--quiet", "-q", is_flag=True, help="No summary.")

TOLD = 1000
"""How many troubles a report can name."""


# Named tuples, here and beside it: as dataclasses the five took 5 of 91 ms at start-up.
class Choice(NamedTuple):
    """What the command line says of settings and rules."""

    config_file: Path | None = None
    pack_paths: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Inputs(NamedTuple):
    """What the command line says of the texts to read; `name` is that of standard input.

    `evidence` is what was counted of their corpus.
    """

    paths: tuple[str, ...]
    text_field: str | None = None
    id_field: str | None = None
    jsonl: bool = False
    name: str | None = None
    evidence: Counts | None = None

    def fields(self, settings: Settings) -> tuple[str, str]:
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
        late.say(f"scrubber: {printable(path)}: {printable(problem)}")


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the packs and rules that begin with what has been typed."""
    from scrubber import packs

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
        late.option(
            "--ignore",
            multiple=True,
            metavar="PREFIX",
            shell_complete=complete_rules,
            help="Leave out packs or rules; several, or parted by commas.",
        ),
        late.option(
            "--extend",
            multiple=True,
            metavar="PREFIX",
            shell_complete=complete_rules,
            help="Run these too, beside what runs anyway: packs that are off by default.",
        ),
        late.option(
            "--select",
            multiple=True,
            metavar="PREFIX",
            shell_complete=complete_rules,
            help="Run only these packs or rules: links, case/stray-capital.",
        ),
    ):
        bundled = option(bundled)
    return bundled


PATHS = late.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH…",
    shell_complete=lambda c, p, incomplete: _complete_paths(incomplete),
)


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
        name = rest.pop("stdin_name", None)
        if name is not None and "-" not in paths:
            raise late.usage("--stdin-filename names the text of -, and - is no path here")
        known = rest.pop("evidence")
        if known is not None:
            known = import_module("scrubber.cli.counting").read(known)
        inputs = Inputs(paths, text_field, id_field, jsonl, name, known)
        return command(*args, inputs=inputs, **rest)

    for option in (
        PATHS,
        EVIDENCE,
        late.option("--jsonl", is_flag=True, help="Standard input is a JSON Lines dataset."),
        ID,
        FIELD,
        QUIET,
    ):
        bundled = option(bundled)
    return bundled


def _complete_paths(incomplete: str) -> list[Any]:
    return [import_module("click.shell_completion").CompletionItem(incomplete, type="file")]
