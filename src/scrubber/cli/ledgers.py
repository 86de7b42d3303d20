"""What the commands about a ledger share: their options, and the ledger written anew, whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from scrubber.cli import decided, options
from scrubber.cli.holding import Holding
from scrubber.documents.source import InputError
from scrubber.documents.write import write

_Command = Callable[..., Any]


class Opened:
    """The settings and rules in force, the ledger, and what went wrong."""

    def __init__(self, config: Path | None, packs: tuple[Path, ...], file: Path | None) -> None:
        self.named = file is not None
        self.trouble = options.Trouble()
        choice = options.Choice(config, packs, (), (), ())
        self.holding = Holding(self.trouble, choice, off_too=True)
        self.chosen = self.holding.here()
        self.said = decided.opened(self.trouble, self.chosen.settings, decided.Honoured(file))

    @property
    def file(self) -> Path:
        """The ledger's file."""
        return self.said.ledger.file

    def bytes(self) -> bytes:
        """Return what the ledger's file holds.

        Raises:
            click.UsageError: there is none, or it cannot be read.
        """
        try:
            return self.file.read_bytes()
        except OSError as error:
            problem = (error.strerror or str(error)).lower()
            raise click.UsageError(f"--decisions {self.file}: {problem}") from None


def opening(command: _Command) -> _Command:
    """Add the options that find the ledger; the command takes all they lead to as `opened`."""

    @wraps(command)
    def bundled(
        *args: Any,
        config_file: Path | None,
        decisions: Path | None,
        pack_paths: tuple[Path, ...] = (),
        **rest: Any,
    ) -> Any:
        return command(*args, opened=Opened(config_file, pack_paths, decisions), **rest)

    return options.CONFIG(decided.LEDGER(bundled))


def packs(command: _Command) -> _Command:
    """Add the packs that decisions may be about, beside those of the settings, for `opening`."""
    return options.PACK(command)


def texts(command: _Command) -> _Command:
    """Add texts that may be given and how to read them; the command takes them as `inputs`."""

    @wraps(command)
    def bundled(
        *args: Any,
        paths: tuple[str, ...],
        text_field: str | None,
        id_field: str | None,
        **rest: Any,
    ) -> Any:
        inputs = options.Inputs(paths, text_field, id_field, jsonl=False)
        return command(*args, inputs=inputs, **rest)

    for option in (
        click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path()),
        options.ID,
        options.FIELD,
        options.QUIET,
    ):
        bundled = option(bundled)
    return bundled


def rewrite(file: Path, data: bytes, expected: bytes) -> None:
    """Write a ledger anew beside the old one and move it over it.

    Raises:
        click.UsageError: it cannot be written, or was written to meanwhile; it is as it was.
    """
    try:
        write(file, data, expected)
    except InputError as error:
        raise click.UsageError(f"{file}: {error}") from None
