"""Inputs repaired one after another, and each change recorded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scrubber.cli import late, outcomes
from scrubber.cli.baselines import Baselines
from scrubber.cli.options import Trouble
from scrubber.cli.since import Since
from scrubber.cli.targets import Input
from scrubber.cli.trusting import Judges
from scrubber.documents.source import InputError, Source
from scrubber.look import Look, looked
from scrubber.model import Action, Edit

EDITS = late.option(
    "--edits",
    "record_file",
    type=late.kind("Path", path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Append each change, with its rule, to this JSON Lines file.",
)


class Repaired(NamedTuple):
    """An input with the edits of each of its documents, and of the whole file."""

    path: Path | None
    source: Source
    per_document: list[tuple[Edit, ...]]
    edits: list[Edit]

    @property
    def places(self) -> int:
        """How many places are changed."""
        return sum(map(len, self.per_document))

    @property
    def by_rule(self) -> Counter[str]:
        """How many of them each rule has asked for."""
        edits = (edit for edits in self.per_document for edit in edits)
        return Counter(rule for edit in edits for rule in edit.rules)


def repaired(
    trouble: Trouble,
    found: Iterable[Input],
    actions: frozenset[Action],
    judges: Judges,
    baselines: Baselines | None = None,
    limit: Since | None = None,
    look: Look = looked,
) -> Iterator[Repaired]:
    """Yield each input with what is to be done to it; nothing is written.

    What is accepted in `baselines` is left alone, and so is what touches no line of a `limit`.
    """
    for path, source, held in found:
        said = judges.of(held.chosen)
        accepted = baselines.of(held.settings) if baselines else None
        per_document: list[tuple[Edit, ...]] = []
        for number, document in enumerate(source.documents):
            judging = accepted.over(said, document, held.rules) if accepted else said
            within = limit.within(source, number) if limit else None
            outcome = outcomes.settled(
                trouble, source, document, held.rules, actions, judging, within, look
            )
            per_document.append(outcome.edits if outcome else ())
        yield Repaired(path, source, per_document, source.edits(per_document))


def opened(record_file: Path | None) -> None:
    """Make sure that changes can be recorded before the first one is made.

    Raises:
        click.UsageError: the file cannot be written.
    """
    if record_file is None:
        return
    try:
        with record_file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise late.usage(f"--edits {record_file}: cannot be written: {problem}") from None


def record(done: Repaired, record_file: Path | None) -> None:
    """Append the changes; offsets count code points of the original text of file or record.

    Raises:
        InputError: they cannot be written.
    """
    if record_file is None or not done.edits:
        return
    lines = []
    for document, edits in zip(done.source.documents, done.per_document, strict=True):
        name = outcomes.record_of(done.source, document)
        for edit in edits:
            value = {
                "path": done.source.path,
                "record": name,
                "rules": edit.rules,
                "start": edit.start,
                "end": edit.end,
                "before": edit.before,
                "after": edit.after,
            }
            lines.append(json.dumps(value) + "\n")
    try:
        with record_file.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as error:
        raise InputError(f"repaired, but {record_file} cannot be written: {error}") from None
