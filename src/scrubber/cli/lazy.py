"""Groups of commands that are modules of this package, imported on use."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click


class Lazy(click.Group):
    """A group whose commands are `listed`, each with its help, and made by `module` of the name."""

    listed: Mapping[str, str] = {}
    module = "scrubber.cli.{}"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they are listed."""
        return list(self.listed)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command; None where there is none of the name."""
        if name not in self.listed:
            return None
        command: click.Command = import_module(self.module.format(name)).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command is for, without importing it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.listed.items()))
