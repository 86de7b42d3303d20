"""The option that limits a run to lines that were changed, and what it leads to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from scrubber.cli import late, targets
from scrubber.cli.holding import Holding
from scrubber.cli.options import Inputs, Trouble
from scrubber.cli.targets import Target
from scrubber.documents.source import Source
from scrubber.engine import Within
from scrubber.model import Finding

SINCE = late.option(
    "--since",
    metavar="REF",
    help="Only what touches lines changed since REF, a branch or commit: on this branch, and not"
    " committed yet. What git does not track is new.",
)


def reached(
    trouble: Trouble,
    holding: Holding,
    inputs: Inputs,
    limit: Since | None,
    written: Iterable[Path | None],
) -> list[Target]:
    """Return what the paths stand for, within the limit; what the run writes is none of it.

    Raises:
        click.ClickException: as `targets.found` and `Since.changed`.
    """
    skip = [os.path.realpath(file) for file in written if file is not None]
    found = targets.found(trouble, holding, inputs, skip)
    return found if limit is None else limit.changed(trouble, found)


class Since:
    """What was changed in the repository around the current folder.

    Raises:
        click.UsageError: there is none, or no such commit.
    """

    def __init__(self, ref: str) -> None:
        from scrubber.documents.changes import Changes, ChangesError, Touched

        self._failed = ChangesError
        self._touching = Touched
        self._of: tuple[Source, Touched | None] | None = None
        try:
            self._changes = Changes(os.getcwd(), ref)
        except ChangesError as error:
            raise late.usage(f"--since: {error}") from None

    def changed(self, trouble: Trouble, found: Iterable[Target]) -> list[Target]:
        """Return those of some targets that hold changes; tell of what lies elsewhere.

        Raises:
            click.UsageError: one is standard input.
        """
        kept: list[Target] = []
        for target in found:
            if target.path is None:
                raise late.usage("--since: standard input is no file of a repository")
            try:
                if self._changes.of(target.path) != ():
                    kept.append(target)
            except self._failed as error:
                trouble.tell(os.fspath(target.path), f"--since: {error}")
        return kept

    def within(self, source: Source, number: int) -> Within | None:
        """Return what says whether a finding in a document of a source touches a changed line.

        None where all do. A record of a dataset is a line.
        """
        if self._of is None or self._of[0] is not source:
            stretches = self._changes.of(source.path)
            touched = None if stretches is None else self._touching(source.text, stretches)
            self._of = source, touched
        touched = self._of[1]
        if touched is None or source.slots is None:
            return touched
        slot = source.slots[number]
        return _always if touched.over(slot.start, slot.end) else _never


def _always(finding: Finding) -> bool:
    return True


def _never(finding: Finding) -> bool:
    return False
