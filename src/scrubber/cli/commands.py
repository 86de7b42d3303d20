"""The commands as click reads them: each is imported when it is called."""

from __future__ import annotations

import os

import click

from scrubber import __version__
from scrubber.cli.lazy import Lazy

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


class _Group(Lazy):
    listed = _COMMANDS

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


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scrubber", message="%(prog)s %(version)s")
def group() -> None:
    """Repair prose that scraping and machine translation have damaged.

    Three words of trust: fix is done unattended, suggest needs a person, report has nothing to
    offer. Exit codes: 0 clean, 1 findings or changes, 2 a mistake in use, settings or input.
    """
