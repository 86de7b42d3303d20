"""The options that say which findings were accepted as they are, and what they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrubber.cli import late
from scrubber.cli.options import Trouble
from scrubber.cli.outcomes import Judging
from scrubber.config import Settings
from scrubber.documents import walk
from scrubber.engine import Judge
from scrubber.model import Document
from scrubber.report.text import counted
from scrubber.rules import Rule

if TYPE_CHECKING:
    from scrubber.decisions.baseline import Baseline, Found
    from scrubber.decisions.ledger import Ledger

_Command = Callable[..., Any]

_FILE = late.option(
    "--baseline",
    "baseline",
    type=late.kind("Path", path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Pass over the findings that were accepted in FILE.",
)
_OFF = late.option("--no-baseline", is_flag=True, help="Pass over none of them.")
_WRITE = late.option(
    "--write-baseline",
    is_flag=True,
    help="Accept what is found now: write it to the baseline, in place of what was found before.",
)


class Asked(NamedTuple):
    """What the command line says of a baseline."""

    file: Path | None = None
    off: bool = False
    write: bool = False


def accepting(command: _Command) -> _Command:
    """Add the options that choose a baseline; the command takes them as `asked`."""

    @wraps(command)
    def bundled(*args: Any, **rest: Any) -> Any:
        file, off = rest.pop("baseline"), rest.pop("no_baseline")
        asked = Asked(file, off, rest.pop("write_baseline", False))
        if asked.off and (asked.file or asked.write):
            raise late.usage("--no-baseline passes over no finding; give it alone")
        return command(*args, asked=asked, **rest)

    return _FILE(_OFF(bundled))


def writing(command: _Command) -> _Command:
    """As `accepting`, and a baseline may be written."""
    return _WRITE(accepting(command))


class Accepted:
    """The findings accepted in a project, or being accepted now."""

    def __init__(self, ledger: Ledger, baseline: Baseline, found: Found | None) -> None:
        self._ledger, self._baseline, self._found = ledger, baseline, found
        self._met: set[Any] = set()
        self._rules: set[str] = set()

    def over(
        self, inner: Judging | None, document: Document, rules: Iterable[Rule]
    ) -> Judging | None:
        """Return what judges a document by `inner` and drops what is accepted after that."""
        self._met.add(self._ledger.identity(document))
        self._rules.update(rule.id for rule in rules)
        return _Judging(self.judge(inner.judge if inner else None))

    def judge(self, inner: Judge | None = None) -> Judge:
        """Return what judges one text so."""
        by = self._baseline if self._found is None else self._found
        return by.judge(self._ledger.identity, inner)

    def tell(self) -> None:
        """Say how many of the findings fit nothing any more, if any."""
        left = self._baseline.left(self._met, self._rules)
        if left and self._found is None:
            fit = "fits" if left == 1 else "fit"
            late.say(
                f"{self._ledger.file}: {counted(left, 'finding')} {fit} nothing any more;"
                " --write-baseline takes them out"
            )

    def write(self) -> int:
        """Write what was found; return how many findings are accepted then.

        Raises:
            click.UsageError: it cannot be written; what was there is there still.
        """
        from scrubber.decisions.baseline import written
        from scrubber.documents.source import InputError
        from scrubber.documents.write import whole

        assert self._found is not None
        before = self._baseline.accepted
        gone = self._ledger.gone((key.document for key in before), walk.SUFFIXES)
        now = self._baseline.renewed(self._found.counts, self._met, self._rules, gone)
        try:
            self._ledger.file.parent.mkdir(parents=True, exist_ok=True)
            with whole(self._ledger.file) as file:
                file.write(written(now).encode())
        except (InputError, OSError) as error:
            raise late.usage(f"--write-baseline: {self._ledger.file}: {error}") from None
        return sum(now.values())


class _Judging(NamedTuple):
    judge: Judge | None


class Baselines:
    """The findings to pass over, of each project; all are read before anything is done.

    Raises:
        click.UsageError: a baseline is missing or cannot be read, or none is there to write.
    """

    def __init__(
        self, trouble: Trouble, asked: Asked, home: Settings, projects: Iterable[Settings] = ()
    ) -> None:
        self._trouble, self._asked, self._home = trouble, asked, home
        self._known: dict[Path, Accepted] = {}
        for settings in projects:
            self.of(settings)
        if asked.write and not self._known:
            self._open(home)

    def of(self, settings: Settings) -> Accepted | None:
        """Return what is accepted in a project; None, at no cost, where nothing is said of it."""
        if self._asked.off or not (self._asked.file or settings.baseline or self._asked.write):
            return None
        return self._open(settings)

    def _open(self, settings: Settings) -> Accepted:
        file, root = self._asked.file, self._home.folder
        if file is None:
            if not settings.baseline:
                problem = "--write-baseline needs --baseline FILE, or baseline in the settings"
                raise late.usage(problem)
            file, root = settings.folder / settings.baseline, settings.folder
        if file not in self._known:
            self._known[file] = read(self._trouble, file, root, self._asked)
        return self._known[file]

    def tell(self) -> None:
        """Say of each baseline what fits nothing any more."""
        if not self._trouble.any:  # where a text or a rule failed, there is no knowing
            for accepted in self._known.values():
                accepted.tell()

    def write(self, *, quiet: bool) -> None:
        """Write each baseline anew. Raises `click.UsageError`."""
        for file, accepted in self._known.items():
            count = accepted.write()
            if not quiet:
                late.say(f"{file}: {counted(count, 'finding')} accepted.")


def read(trouble: Trouble, file: Path, root: Path, asked: Asked) -> Accepted:
    """Return the findings accepted in a file, of documents named from `root` on.

    Damaged lines are told of.

    Raises:
        click.UsageError: it is missing, or cannot be read.
    """
    from scrubber.decisions.baseline import Baseline, Content, Found, parsed
    from scrubber.decisions.ledger import Ledger

    ledger = Ledger(file, root)
    content = Content({}, [])
    try:
        content = parsed(file.read_bytes())
    except FileNotFoundError:
        if not asked.write:
            problem = "no such file; --write-baseline makes it"
            raise late.usage(f"--baseline {os.fspath(file)}: {problem}") from None
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise late.usage(f"--baseline {os.fspath(file)}: {problem}") from None
    for problem in content.problems:
        trouble.tell(os.fspath(file), problem)
    gone = ledger.gone((key.document for key in content.accepted), walk.SUFFIXES)
    return Accepted(ledger, Baseline(content.accepted, gone), Found() if asked.write else None)
