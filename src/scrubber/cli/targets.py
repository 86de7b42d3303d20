"""From the paths on the command line to the texts, each with what holds for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scrubber.ahead import Ahead
from scrubber.cli.held import Held
from scrubber.cli.holding import Holding
from scrubber.cli.options import Inputs, Trouble
from scrubber.documents import source, walk
from scrubber.model import Document
from scrubber.rules import Rule


class Target(NamedTuple):
    """A file to look at, None for standard input, and what holds for it. Nothing is read yet."""

    path: Path | None
    held: Held


Input = tuple[Path | None, source.Source, Held]
"""A text that was read, with its path, None for standard input, and what holds for it."""


def found(
    trouble: Trouble,
    holding: Holding,
    inputs: Inputs,
    skip: Collection[str] = (),
    wanted: Callable[[str], bool] | None = None,
) -> list[Target]:
    """Return what the paths stand for, but `skip` and what settings exclude; tell what fails.

    All is found before any is read, so that a mistake in settings stops a run that has done nothing
    yet. The ledger of decisions and the baseline are no input, though a hook may name them: they
    are committed like a text. On standard input what is excluded passes through as it is. `wanted`
    says of a name in a folder whether it is taken, where that is not all texts and JSON Lines: then
    what `clean` wrote below a folder is passed over, unless it is named.

    Raises:
        click.ClickException: settings of one of the files have a mistake.
        click.UsageError: the command line has one.
    """
    targets: list[Target] = []
    if "-" in inputs.paths:
        targets.append(Target(None, holding.of(inputs.name or "-")))
    names = [path for path in inputs.paths if path != "-"]

    named = set(map(os.path.abspath, names))

    def passed(folder: str) -> bool:
        at = os.path.abspath(folder)
        cleaned = wanted is not None and at not in named and _is_cleaned(at)
        return cleaned or holding.excludes(at)

    for file in walk.files(names, skip, passed, wanted):
        if isinstance(file, tuple):
            trouble.tell(file[0], str(file[1]))
            continue
        held = holding.of(file)
        if not held.excluded and not _is_own(file, held):
            targets.append(Target(file, held))
    holding.check()
    return targets


def _is_cleaned(folder: str) -> bool:
    """Whether a run of `clean` has written a folder: what is in it would be counted twice."""
    from scrubber.bulk.layout import Layout

    return Layout(Path(folder)).manifest.is_file()


def _is_own(file: Path, held: Held) -> bool:
    """Whether a file is the project's ledger or its baseline."""
    settings = held.settings
    names = [name for name in (settings.decisions, settings.baseline) if file.name in name]
    own = [settings.folder / name for name in names]
    return any(
        file.name == one.name and os.path.realpath(file) == os.path.realpath(one) for one in own
    )


def read(
    trouble: Trouble, targets: Iterable[Target], inputs: Inputs, run: Ahead | None = None
) -> Iterator[Input]:
    """Yield each target with its text, by a run that may read ahead; tell what fails."""
    every = _tried(targets, inputs)
    for target, found in every if run is None else run.over(every, _texts):
        if isinstance(found, source.InputError):
            name = (inputs.name or "-") if target.path is None else os.fspath(target.path)
            trouble.tell(name, str(found))
            continue
        for problem in found.problems:
            trouble.tell(found.path, problem)
        yield target.path, found._replace(problems=()), target.held


_Tried = tuple[Target, source.Source | source.InputError]


def _tried(targets: Iterable[Target], inputs: Inputs) -> Iterator[_Tried]:
    for target in targets:
        try:
            yield target, text(target, inputs)
        except source.InputError as error:
            yield target, error


def _texts(tried: _Tried) -> Iterator[tuple[Document, tuple[Rule, ...]]]:
    target, found = tried
    if not isinstance(found, source.InputError):
        for document in found.documents:
            yield document, target.held.rules


def text(target: Target, inputs: Inputs) -> source.Source:
    """Return what a target holds.

    Raises:
        InputError: it cannot be worked on.
    """
    fields = inputs.fields(target.held.settings)
    if target.path is not None:
        read = source.read(target.path, *fields).said_to_be(target.held.language)
        return _known(read, inputs)
    data = sys.stdin.buffer.read() if sys.stdin else b""
    if target.held.excluded:
        return source.from_bytes("-", data)._replace(path=inputs.name or "-")
    found = source.from_bytes(inputs.name or "-", data, *fields, dataset=inputs.jsonl)
    return _known(found.said_to_be(target.held.language), inputs)


def _known(found: source.Source, inputs: Inputs) -> source.Source:
    """A source whose texts know the evidence of their corpus, by the sites that their ids name."""
    if inputs.evidence is None:
        return found
    from scrubber.report.sites import host

    of = inputs.evidence.of
    documents = [one._replace(evidence=of(host(one.id))) for one in found.documents]
    return found._replace(documents=documents)
