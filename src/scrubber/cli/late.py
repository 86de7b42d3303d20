"""What is made of click when it is needed: a hook's run needs none, and click takes 15 of 90 ms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def option(
    *names: str, type: Callable[[], Any] | None = None, **says: Any
) -> Callable[[_Command], _Command]:
    """Return a decorator as `click.option` does; `type` makes the type (`kind`)."""

    def decorated(command: _Command) -> _Command:
        import click

        of = {} if type is None else {"type": type()}
        return click.option(*names, **of, **says)(command)

    return decorated


def argument(name: str, **says: Any) -> Callable[[_Command], _Command]:
    """Return a decorator as `click.argument` does."""

    def decorated(command: _Command) -> _Command:
        import click

        return click.argument(name, **says)(command)

    return decorated


def kind(name: str, *args: Any, **says: Any) -> Callable[[], Any]:
    """Return what makes a type of click by its name."""

    def made() -> Any:
        import click

        return getattr(click, name)(*args, **says)

    return made


def usage(problem: str) -> click.UsageError:
    """Return the error of a mistake on the command line."""
    import click

    return click.UsageError(problem)


def wrong_settings(problem: object) -> click.ClickException:
    """Return the error of a mistake in settings: one line with file, line and key."""
    import click

    return click.ClickException(str(problem))


def say(line: str) -> None:
    """Print a line on standard error, as `click.echo` does."""
    stream = sys.stderr
    if not _plain(stream) or "\x1b" in line:
        import click

        click.echo(line, err=True)
        return
    stream.write(f"{line}\n")
    stream.flush()


def put(text: str) -> None:
    """Write a text to standard output as UTF-8, whatever the locale."""
    data = text.encode("utf-8", "surrogateescape")
    stream = sys.stdout
    if not _plain(stream):
        import click

        click.echo(data, nl=False)
        return
    stream.flush()
    stream.buffer.write(data)
    stream.buffer.flush()


def _plain(stream: Any) -> bool:
    """Whether click would write to a stream as it is: not on Windows, and not where it is odd."""
    return (
        sys.platform != "win32"
        and hasattr(stream, "buffer")
        and str(getattr(stream, "encoding", "")).lower() in ("utf-8", "utf8")
    )
