"""What went wrong in a run, told in one line on standard error, and its exit code."""

from __future__ import annotations

import contextlib
import os
import sys

import click


def told(error: Exception) -> int:
    """Say what went wrong; return the exit code.

    Raises:
        Exception: the error itself, where it is a fault of scrubber's own and a traceback is asked
            for.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
    elif isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "scrubber"
        message = " ".join(error.format_message().split())
        more = f" (see {command} --help)" if isinstance(error, click.UsageError) else ""
        click.echo(f"{command}: {message}{more}", err=True)
    elif isinstance(error, click.Abort):
        click.echo("scrubber: stopped; a file is either repaired or as it was", err=True)
    elif isinstance(error, OSError):
        if not isinstance(error, BrokenPipeError):
            with contextlib.suppress(OSError):
                click.echo(f"scrubber: cannot write or read: {error.strerror}", err=True)
        # Who reads our output has read enough, or cannot; say no more, not even at exit.
        with contextlib.suppress(OSError, AttributeError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    else:
        if os.environ.get("SCRUBBER_TRACEBACK"):
            raise error
        click.echo(
            f"scrubber: a fault of its own: {type(error).__name__}: {error}; files are either"
            " repaired or as they were. Please report it with what SCRUBBER_TRACEBACK=1 shows.",
            err=True,
        )
    return 2


def as_raised_in(command: str, error: BaseException) -> object:
    """Raise an error as click does where it comes from a command: with its name, or as an end."""

    def again() -> None:
        raise error

    with click.Context(click.Group("scrubber"), info_name="scrubber") as context:
        return click.Command(command, callback=again).main(
            [], command, parent=context, standalone_mode=False
        )
