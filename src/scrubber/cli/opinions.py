"""`--second-opinion`: a language model on this machine is asked after the rules."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrubber.cli import late
from scrubber.config import Settings
from scrubber.look import Look

if TYPE_CHECKING:
    from scrubber.opinion.asking import Answer, Question, Scorer

_Command = Callable[..., Any]


class Wish(NamedTuple):
    """What the command line says of a second opinion."""

    on: bool = False
    model: Path | None = None
    pronouns: bool = False
    capitals: bool = False

    def over(self, settings: Settings, look: Look, *, quiet: bool) -> Look:
        """Return how rules look at a text where a model is asked after them, if it is.

        What it answered is kept when the command ends. Settings turn it on where the command line
        does not.

        Raises:
            click.UsageError: there is no model that can be asked.
        """
        named = settings.second_opinion
        if not self.on and not named:
            return look
        import atexit

        import click

        from scrubber.opinion import (
            capitals,
            choosing,
            conflicts,
            judging,
            remembered,
            thresholds,
        )

        path = self.model
        if path is None and named not in ("", "default"):
            path = settings.folder / named
        file, digest = weights(path)

        def loaded() -> Scorer:
            with _told():
                return choosing.scorer(file, digest)

        model = _Telling(judging.through(loaded), quiet)
        known = remembered.Remembered(model, digest)
        context = click.get_current_context(silent=True)
        ends = context.call_on_close if context else atexit.register
        ends(known.save)
        ends(model.close)
        searches: list[judging.Search] = [conflicts.conflicts] if self.pronouns else []
        searches += [capitals.capitals] if self.capitals else []
        opinion = judging.Opinion(known, thresholds.thresholds(), searches)
        return opinion.over(look)


def weights(path: Path | None) -> tuple[Path, bytes]:
    """Return the model of a path, or the one that ships, with its digest.

    Raises:
        click.UsageError: there is none that can be asked.
    """
    from scrubber.opinion import choosing

    with _told():
        file = choosing.located(path)
        return file, choosing.digest(file, None if path else choosing.SHA256)


@contextmanager
def _told() -> Iterator[None]:
    """Say in one line why a model cannot be asked."""
    from scrubber.opinion.weights import ModelError

    try:
        yield
    except ModelError as error:
        raise late.usage(str(error)) from None


def asking(command: _Command) -> _Command:
    """Add the options; the command takes what they say as `wish`."""

    @wraps(command)
    def bundled(
        *args: Any,
        second_opinion: bool,
        model: Path | None,
        all_pronouns: bool,
        all_capitals: bool,
        **rest: Any,
    ) -> Any:
        if (model is not None or all_pronouns or all_capitals) and not second_opinion:
            problem = "--model, --all-pronouns and --all-capitals belong to --second-opinion"
            raise late.usage(problem)
        wish = Wish(second_opinion, model, all_pronouns, all_capitals)
        return command(*args, wish=wish, **rest)

    for option in (
        late.option(
            "--all-capitals",
            is_flag=True,
            help="With --second-opinion: look for stray capitals too that no rule doubts.",
        ),
        late.option(
            "--all-pronouns",
            is_flag=True,
            help="With --second-opinion: ask about every pronoun, also where no rule doubts it.",
        ),
        late.option(
            "--model",
            type=late.kind("Path", path_type=Path),
            metavar="PATH",
            help="With --second-opinion: a GGUF file or transformers folder to ask instead.",
        ),
        late.option(
            "--second-opinion",
            is_flag=True,
            help="Ask a small language model on this machine about what is only suggested: it"
            " confirms, withdraws, and orders the proposals (English).",
        ),
    ):
        bundled = option(bundled)
    return bundled


class _Telling:
    """Asks a model, and says on a terminal how far it is."""

    def __init__(self, scorer: Scorer, quiet: bool) -> None:
        self._scorer = scorer
        self._shown = not quiet and sys.stderr.isatty()
        self._count, self._begun = 0, 0.0

    @property
    def digest(self) -> bytes:
        """What names the weights."""
        return self._scorer.digest

    def answers(self, text: str, questions: Sequence[Question]) -> list[Answer]:
        """Return the model's answers."""
        if self._shown and not self._count:
            import click

            click.echo("Loading the model …", nl=False, err=True)
            self._begun = time.monotonic()
        found = self._scorer.answers(text, questions)
        self._count += len(questions)
        if self._shown:
            import click

            pace = self._count / max(time.monotonic() - self._begun, 0.001)
            line = f"\r\x1b[KAsked about {self._count:,} places, {pace:.0f} a second"
            click.echo(line, nl=False, err=True)
        return found

    def close(self) -> None:
        """Take the line away."""
        if self._shown and self._count:
            import click

            click.echo("\r\x1b[K", nl=False, err=True)
