"""`scrubber lsp`: a language server, for editors, on standard input and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scrubber.cli import baselines, decided, options
from scrubber.cli.held import Chosen, Held
from scrubber.cli.holding import Holding
from scrubber.config import Settings

if TYPE_CHECKING:
    from scrubber.decisions.book import Book
    from scrubber.lsp.project import Project
    from scrubber.rules import Rule


@click.command("lsp", short_help="Serve an editor: findings, repairs, decisions.")
@click.option("--stdio", is_flag=True, help="What is done anyway; some editors say it.")
@decided.honouring
@options.choosing
def command(choice: options.Choice, honoured: decided.Honoured, stdio: bool) -> int:
    """Speak the language server protocol on standard input and output.

    An editor starts it. Settings are those of each text's own folder. Needs an extra:
    pip install 'scrubtext[lsp]'.
    """
    try:
        import pygls.lsp.server  # noqa: F401
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("pygls", "lsprotocol", "cattrs", "attrs"):
            raise
        raise click.UsageError(
            "the language server needs pygls: pip install 'scrubtext[lsp]'"
        ) from None
    from scrubber.lsp.features import register
    from scrubber.lsp.server import Server

    # The protocol has standard output to itself: what anything else prints goes to the log.
    sys.stdout.flush()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server = register(Server(Projects(choice, honoured), decided.who, decided.now))
    return server.run(sys.stdin.buffer, out)


class _Heard(options.Trouble):
    """Troubles kept, for the editor to show."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def tell(self, path: str, problem: str) -> None:
        self.any = True
        self.said.append(f"{path}: {problem}")


class Projects:
    """What holds for each file; what was read is kept until a file that it came from changes."""

    def __init__(self, choice: options.Choice, honoured: decided.Honoured) -> None:
        self._choice, self._honoured = choice, honoured
        self._chosen: dict[Path, Chosen] = {}
        self._states: dict[Path, object] = {}
        self._projects: dict[Held, Project] = {}

    def __call__(self, path: Path) -> Project:
        """Return what holds for a file, which need not be there yet.

        Raises:
            ProjectError: its settings have a mistake, or its ledger cannot be read.
        """
        from scrubber.lsp.project import ProjectError

        heard = _Heard()
        holding = Holding(heard, self._choice, at_home=False, kept=self._chosen)
        try:
            self._refresh(holding.settings(os.path.dirname(os.path.abspath(path))))
            held = holding.of(path)
            if not held.excluded:
                holding.check()
            project = self._projects.get(held) or self._project(heard, held)
            if not held.excluded:
                self._projects[held] = project
        except click.ClickException as error:
            raise ProjectError(" ".join(error.message.split())) from None
        return project

    def _refresh(self, settings: Settings) -> None:
        """Forget what holds in a project where one of its files has changed."""
        own = [settings.folder / name for name in settings.packs] + list(self._choice.pack_paths)
        file, _ = decided.place(settings, self._honoured.file)
        accepted = _stamp(settings.folder / settings.baseline) if settings.baseline else None
        state = settings, _stamps(own), self._honoured.off or _stamp(file), accepted
        name = settings.file or settings.folder
        if self._states.get(name) != state:
            gone = self._chosen.pop(name, None)
            self._projects = {h: p for h, p in self._projects.items() if h.chosen is not gone}
            self._states[name] = state

    def _project(self, heard: _Heard, held: Held) -> Project:
        from scrubber.decisions.ledger import Ledger
        from scrubber.lsp.project import Project, ProjectError

        settings = held.settings
        said = decided.Ledgers(heard, self._honoured).of(settings)
        accepted = baselines.Baselines(heard, baselines.Asked(), settings).of(settings)

        def book() -> Book:
            try:
                return decided.opened(_Heard(), settings, self._honoured).book
            except click.UsageError as error:
                raise ProjectError(error.message) from None

        return Project(
            held.rules,
            Ledger(*decided.place(settings, self._honoured.file)),
            book,
            said.judge if said else None,
            (settings.field, settings.id),
            _measured(),
            _whole,
            tuple(heard.said),
            held.language,
            held.excluded,
            accepted.judge if accepted else None,
        )


@cache
def _measured() -> Any:
    """How the figures of a rule are said."""
    from scrubber import floors
    from scrubber.cli import figures
    from scrubber.resources import floors_file

    file = floors_file()
    pinned = floors.read(file) if file else floors.Floors()

    def measured(rule: Rule) -> str:
        return figures.in_words(rule, pinned)

    return measured


def _whole(rule: Rule) -> Rule:
    """The rule with its examples: those of the packs that ship are not read for a check."""
    return rule if rule.examples else _shipped().get(rule.id, rule)


@cache
def _shipped() -> dict[str, Rule]:
    from scrubber import packs

    return {rule.id: rule for rule in packs.built_in(None).rules}


def _stamps(paths: Iterable[Path]) -> tuple[object, ...]:
    """What changes when one of some packs does, files or folders."""
    files = [f for p in paths for f in (p, *(sorted(p.glob("*.toml")) if p.is_dir() else ()))]
    return tuple((file, _stamp(file)) for file in files)


def _stamp(file: Path) -> object:
    """What changes when a file does; None where there is none."""
    try:
        known = file.stat()
    except OSError:
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino
