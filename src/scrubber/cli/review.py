"""`scrubber review`: decide one by one; decisions go to the ledger, accepted ones to the files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from scrubber.cli import decided, drawing, opinions, options, targets
from scrubber.cli import web as browser
from scrubber.cli.holding import Holding
from scrubber.cli.targets import Input
from scrubber.config import Settings
from scrubber.decisions.ledger import LedgerError
from scrubber.look import looked
from scrubber.model import Finding
from scrubber.review.desk import Desk
from scrubber.review.files import Files
from scrubber.review.items import ORDERS
from scrubber.review.session import Session
from scrubber.rules import Rule


@click.command("review", short_help="Decide findings one by one.")
@options.reading
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Take the decisions from this file, a ledger or a part of one; ask nobody.",
)
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    default="file",
    show_default=True,
    help="What is asked first: file by file, rule by rule, same changes, least sure.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Decide N findings of --rule, drawn by chance from all of them, to measure the rule.",
)
@click.option("--rule", "measured", metavar="ID", help="The rule that --sample measures.")
@click.option("--seed", type=int, default=0, metavar="S", help="Draw another sample.")
@browser.serving
@opinions.asking
@decided.honouring
@options.choosing
def command(
    inputs: options.Inputs,
    answers: Path | None,
    order: str,
    sample: int | None,
    measured: str | None,
    seed: int,
    quiet: bool,
    choice: options.Choice,
    honoured: decided.Honoured,
    web: browser.Web | None,
    wish: opinions.Wish,
) -> int:
    """Show each finding in its place and ask what to do.

    Every decision is in the ledger as soon as it is made. A file is written when its end is
    confirmed, or on quitting with q; a later review goes on where this one stopped.
    """
    if honoured.off:
        raise click.UsageError("--no-decisions: a review is there to decide")
    if "-" in inputs.paths:
        raise click.UsageError("standard input cannot be reviewed; give a file")
    if sample is not None and wish.on:
        raise click.UsageError("--sample measures a rule as it is; not --second-opinion")
    if answers is not None and web is not None:
        raise click.UsageError("--answers asks nobody, and --web asks in the browser: give one")
    trouble = options.Trouble()
    holding = Holding(trouble, choice)
    given = targets.found(trouble, holding, inputs)
    rule = drawing.rule_of(holding, measured) if sample is not None else None
    if answers is None and web is None and not _terminal():
        raise click.UsageError("no terminal to ask in; give --answers FILE, or --web")
    said = decided.opened(trouble, _project(given, holding, honoured), honoured)
    found = _counted(targets.read(trouble, given, inputs), quiet)
    name, later = None, _Later(trouble)
    try:
        if rule is None or sample is None:
            held = {target.path: target for target in given}
            files = Files(
                lambda path: held[path].held.rules,
                said.ledger,
                later.tell,
                lambda path: targets.text(held[path], inputs),
                wish.over(_home(given, holding), looked, quiet=quiet),
            )
            texts = ((path, source) for path, source, _ in found if path is not None)
            items = files.load(texts, said.book)
        else:
            paths = inputs.paths
            files, items, name = drawing.draw(trouble, said, found, paths, rule, sample, seed)
        who = decided.who(said.ledger.root)
        session = Session(items, said.ledger, who, decided.now, sureness(), name, files.book)
        session.sort(order)
        desk = Desk(session, files, *_explained(holding.every()))
        if answers is not None:
            _replay(trouble, desk, answers)
        elif web is not None:
            browser.serve(desk, web)
        else:
            with later:
                _ask(desk)
    except LedgerError as error:
        raise click.UsageError(str(error)) from None
    if name is not None:
        click.echo(drawing.figures(said, name), err=True)
    elif not quiet:
        click.echo(desk.summary(), err=True)
    return 2 if trouble.any or desk.failed else 0


class _Later:
    """Tells of troubles, or keeps them until a full screen is left: they would be drawn over it."""

    def __init__(self, trouble: options.Trouble) -> None:
        self._trouble, self._kept, self._keeping = trouble, list[tuple[str, str]](), False

    def tell(self, path: str, problem: str) -> None:
        if self._keeping:
            self._kept.append((path, problem))
        else:
            self._trouble.tell(path, problem)

    def __enter__(self) -> None:
        self._keeping = True

    def __exit__(self, *error: object) -> None:
        self._keeping = False
        for path, problem in self._kept:
            self._trouble.tell(path, problem)


def _project(
    given: Sequence[targets.Target], holding: Holding, honoured: decided.Honoured
) -> Settings:
    """The settings of the project whose decisions these are.

    Raises:
        click.UsageError: there are several: each has a ledger of its own.
    """
    met = {target.held.settings.folder: target.held.settings for target in given}
    if len(met) > 1 and honoured.file is None:
        names = ", ".join(str(folder) for folder in met)
        raise click.UsageError(
            f"the texts belong to several projects, each with its own decisions ({names});"
            " review one at a time, or name one ledger by --decisions"
        )
    return next(iter(met.values()), None) or holding.here().settings


def _home(given: Sequence[targets.Target], holding: Holding) -> Settings:
    """The settings of the texts: those of one project."""
    return next((target.held.settings for target in given), None) or holding.here().settings


def _counted(found: Iterator[Input], quiet: bool) -> Iterator[Input]:
    """Say on a terminal how many files were looked at: all are, before the first question."""
    if quiet or not sys.stderr.isatty():
        yield from found
        return
    shown, last = False, time.monotonic()
    for number, one in enumerate(found, 1):
        yield one
        if time.monotonic() - last > 1:
            click.echo(f"\rLooked at {number:,} files …", nl=False, err=True)
            shown, last = True, time.monotonic()
    if shown:
        click.echo("\r\x1b[K", nl=False, err=True)


def _terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _explained(rules: Sequence[Rule]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Two ways to tell of a rule: its page, and its measured precision in a few words."""
    from scrubber import floors
    from scrubber.cli import figures
    from scrubber.cli.rules import page
    from scrubber.resources import floors_file

    file = floors_file()
    pinned = floors.read(file) if file else floors.Floors()
    known = {rule.id: rule for rule in rules}
    return (
        lambda name: page(known[name], figures.in_words(known[name], pinned)),
        lambda name: figures.in_short(pinned.rules.get(name)),
    )


def sureness() -> Callable[[Finding], float]:
    """Return the pinned lower bound of a rule's precision, 0 where nothing was measured."""
    from scrubber import floors
    from scrubber.resources import floors_file

    file = floors_file()
    rules: Any = floors.read(file).rules if file else {}
    return lambda finding: rules.get(finding.rule, {}).get("at_least", 0.0)


def _ask(desk: Desk) -> None:
    from scrubber.review.terminal.app import run

    for line in run(desk).report:
        click.echo(line, err=True)


def _replay(trouble: options.Trouble, desk: Desk, file: Path) -> None:
    from scrubber.decisions.lines import parsed
    from scrubber.review import answers

    try:
        content = parsed(file.read_bytes())
    except OSError as error:
        raise click.UsageError(f"--answers {file}: {(error.strerror or '').lower()}") from None
    for problem in content.problems:
        trouble.tell(str(file), problem)
    unfit = answers.replay(desk, content.entries)
    for number, problem in desk.failed.items():
        trouble.tell(desk.files.files[number].source.path, problem)
    for entry in unfit:
        trouble.tell(str(file), f"line {entry.line}: fits nothing in these files")
