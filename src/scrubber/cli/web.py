"""The options of `review --web`, and the page's server for as long as the review lasts."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scrubber.review.desk import Desk

_Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Web:
    """What the command line says of the page."""

    port: int = 0
    opens: bool = True


def serving(command: _Command) -> _Command:
    """Add the options of the page; the command takes them as `web`, None without `--web`."""

    @wraps(command)
    def bundled(*args: Any, web: bool, port: int | None, no_open: bool, **rest: Any) -> Any:
        if not web and (port is not None or no_open):
            raise click.UsageError("--port and --no-open are for --web")
        return command(*args, web=Web(port or 0, not no_open) if web else None, **rest)

    for option in (
        click.option("--no-open", is_flag=True, help="With --web: open no browser."),
        click.option(
            "--port",
            type=click.IntRange(1, 65535),
            metavar="NUMBER",
            help="With --web: the port to serve at, instead of any that is free.",
        ),
        click.option("--web", is_flag=True, help="Ask in the browser, on this machine only."),
    ):
        bundled = option(bundled)
    return bundled


def serve(desk: Desk, web: Web) -> None:
    """Ask in the browser until the page or Ctrl-C ends it; what was decided is in the ledger.

    Raises:
        click.UsageError: the port cannot be had.
    """
    if not desk.session.items:
        return
    from scrubber.review.web.server import Server

    try:
        server = Server(desk, web.port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"--port {web.port}: {reason}") from None
    with contextlib.suppress(KeyboardInterrupt):  # from where the address can be read on
        click.echo(f"Review at {server.address}")
        click.echo("The address opens once. Ctrl-C ends the review; nothing is lost.", err=True)
        if web.opens:
            _open(server.address)
        server.run()


def _open(address: str) -> None:
    """Open the browser where there is one; a browser in the terminal would take it over."""
    import webbrowser

    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    if screen or sys.platform in ("darwin", "win32"):
        with contextlib.suppress(webbrowser.Error, OSError):
            webbrowser.open(address)
