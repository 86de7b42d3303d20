"""The command line: words to calls, findings to screen, results to exit codes.

Commands are imported when they are called, so that `--version` costs no more than click.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from scrubber import __version__

_COMMANDS = {
    "check": "Show what is damaged, and what could be done.",
    "fix": "Repair what may be repaired unattended.",
    "review": "Decide findings one by one.",
    "apply": "Apply a patch that a person has edited.",
    "clean": "Repair whole data sets into a new folder.",
    "count": "Count a corpus, as evidence for clean.",
    "stats": "Sum up what clean has done, and what is missing.",
    "discover": "Draft rules from what a corpus repeats.",
    "revert": "Give back what was cleaned, as it was.",
    "decisions": "Show what was decided in reviews, and learn from it.",
    "rules": "List the rules, or explain one.",
    "test": "Run the examples of packs.",
    "lsp": "Serve an editor: findings, repairs, decisions.",
    "score": "Measure precision and recall on labelled data.",
}


class _Lazy(click.Group):
    """A group whose commands are modules of this package, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"scrubber.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not ctx.resilient_parsing:
            from scrubber.rules import nearest

            ctx.fail(f'no command "{args[0]}"{nearest(args[0], _COMMANDS)}')
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, _paths_last(rest)


def _paths_last(args: list[str]) -> list[str]:
    """Texts whose names begin with a dash, moved behind `--`: hooks and `*` name what is there.

    Else `--edits=log.md` in a repository would be an option of whoever runs its hook. What ends
    like a text and is there is a path; the options of a run keep their meaning whatever is there.
    """
    end = args.index("--") if "--" in args else len(args)
    dashed = [arg for arg in args[:end] if arg.startswith("-") and os.path.lexists(arg)]
    if not dashed:
        return args
    from scrubber.documents.walk import is_text

    paths = [arg for arg in dashed if is_text(arg)]
    if not paths:
        return args
    return [*(a for a in args[:end] if a not in paths), "--", *paths, *args[end + 1 :]]


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scrubber", message="%(prog)s %(version)s")
def group() -> None:
    """Repair prose that scraping and machine translation have damaged.

    Three words of trust: fix is done unattended, suggest needs a person, report has nothing to
    offer. Exit codes: 0 clean, 1 findings or changes, 2 a mistake in use, settings or input.
    """


def main() -> None:
    """Run the command; every mistake of use is one line on standard error and exit 2."""
    # Little of what a run makes is garbage in cycles: a rarer search saves 5 of 90 ms at start-up.
    gc.set_threshold(50_000, 20, 20)
    try:
        code = group.main(prog_name="scrubber", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        code = 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "scrubber"
        message = " ".join(error.format_message().split())
        more = f" (see {command} --help)" if isinstance(error, click.UsageError) else ""
        click.echo(f"{command}: {message}{more}", err=True)
        code = 2
    except click.Abort:
        click.echo("scrubber: stopped; a file is either repaired or as it was", err=True)
        code = 2
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            with contextlib.suppress(OSError):
                click.echo(f"scrubber: cannot write or read: {error.strerror}", err=True)
        # Who reads our output has read enough, or cannot; say no more, not even at exit.
        with contextlib.suppress(OSError, AttributeError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    except Exception as error:
        if os.environ.get("SCRUBBER_TRACEBACK"):
            raise
        click.echo(
            f"scrubber: a fault of its own: {type(error).__name__}: {error}; files are either"
            " repaired or as they were. Please report it with what SCRUBBER_TRACEBACK=1 shows.",
            err=True,
        )
        code = 2
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> NoReturn:
    """End at once: taking a million objects apart one by one costs 10 of 90 ms.

    What has to be done at an exit is done; where a thread still runs, the usual end waits for it.
    """
    if "threading" in sys.modules and sys.modules["threading"].active_count() > 1:
        sys.exit(code)
    if "scrubber.patterns" in sys.modules:
        sys.modules["scrubber.patterns"].keep()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError, ValueError):
            stream.flush()
    os._exit(code)
