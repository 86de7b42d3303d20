"""The options that say which decisions are honoured, and the ledger that they lead to."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrubber.cli import late
from scrubber.cli.options import Trouble
from scrubber.config import Settings
from scrubber.documents import walk
from scrubber.engine import Judge
from scrubber.model import Document, Finding

if TYPE_CHECKING:
    from scrubber.decisions.book import Book
    from scrubber.decisions.ledger import Ledger
    from scrubber.decisions.lines import Content

_Command = Callable[..., Any]

LEDGER = late.option(
    "--decisions",
    type=late.kind("Path", path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Ledger of decisions, instead of .scrubber/decisions.jsonl.",
)


class Honoured(NamedTuple):
    """What the command line says of decisions."""

    file: Path | None = None
    off: bool = False


class Decided:
    """A ledger, what it holds, and the decisions in force."""

    def __init__(self, ledger: Ledger, content: Content, book: Book) -> None:
        self.ledger, self.content, self.book = ledger, content, book

    @property
    def lines(self) -> list[str]:
        """The decisions as lines of a ledger: what tells whether two ledgers say the same."""
        from scrubber.decisions.lines import line

        return [line(decision) for decision in self.content.decisions]

    @property
    def judge(self) -> Judge | None:
        """How findings are judged; None where nothing was decided."""
        if not len(self.book):
            return None
        from scrubber.decisions.book import judged

        def judge(document: Document, finding: Finding) -> Finding | None:
            identity = self.ledger.identity(document)
            return judged(document, finding, self.book.ruling(document, finding, identity))

        return judge


def honouring(command: _Command) -> _Command:
    """Add the options that choose decisions; the command takes them as `honoured`."""

    @wraps(command)
    def bundled(*args: Any, decisions: Path | None, no_decisions: bool, **rest: Any) -> Any:
        return command(*args, honoured=Honoured(decisions, no_decisions), **rest)

    for option in (
        late.option("--no-decisions", is_flag=True, help="Pass over what was decided in reviews."),
        LEDGER,
    ):
        bundled = option(bundled)
    return bundled


class Ledgers:
    """The decisions to honour, of each project; all are read before anything is done.

    Raises:
        click.UsageError: the ledger that was named is missing, or one cannot be read.
    """

    def __init__(
        self, trouble: Trouble, honoured: Honoured, projects: Iterable[Settings] = ()
    ) -> None:
        self._trouble, self._honoured = trouble, honoured
        self._known: dict[tuple[Path, Path], Decided | None] = {}
        self._last: tuple[Settings, Decided | None] | None = None
        if honoured.file is not None and not honoured.off and not honoured.file.exists():
            raise late.usage(f"--decisions {honoured.file}: no such file")
        for settings in projects:
            self.of(settings)

    def of(self, settings: Settings) -> Decided | None:
        """Return what was decided in a project; None, at no cost, where there is no ledger."""
        if self._honoured.off:
            return None
        if self._last is None or self._last[0] is not settings:
            self._last = settings, self._of(settings)
        return self._last[1]

    def _of(self, settings: Settings) -> Decided | None:
        where = place(settings, self._honoured.file)
        if where not in self._known:
            self._known[where] = None
            if where[0].exists():
                self._known[where] = opened(self._trouble, settings, self._honoured, final=True)
        return self._known[where]


def opened(
    trouble: Trouble, settings: Settings, honoured: Honoured, *, final: bool = False
) -> Decided:
    """Return the ledger to work with, empty where there is none yet. Damaged lines are told of.

    Where `final`, no rule touches what people put in a place themselves.

    Raises:
        click.UsageError: it cannot be read.
    """
    from scrubber.decisions.book import Book
    from scrubber.decisions.ledger import Ledger, LedgerError

    ledger = Ledger(*place(settings, honoured.file))
    try:
        content = ledger.read()
    except LedgerError as error:
        raise late.usage(str(error)) from None
    for problem in content.problems:
        trouble.tell(str(ledger.file), problem)
    gone = ledger.gone((d.key.document for d in content.decisions), walk.SUFFIXES)
    return Decided(ledger, content, Book(content.decisions, gone=gone, final=final))


def place(settings: Settings, file: Path | None) -> tuple[Path, Path]:
    """Return the ledger's file, and the folder that paths in it are relative to."""
    return file or settings.folder / settings.decisions, settings.folder


def who(folder: Path) -> str:
    """Return who decides: SCRUBBER_WHO, git's user.name, or the user of this machine."""
    import getpass
    import subprocess

    given = os.environ.get("SCRUBBER_WHO")
    if given:
        return given
    with contextlib.suppress(OSError):
        asked = subprocess.run(
            ["git", "config", "user.name"], cwd=folder, capture_output=True, text=True, check=False
        )
        if asked.stdout.strip():
            return asked.stdout.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "someone"


def now() -> str:
    """Return the time as decisions record it: ISO 8601, UTC, milliseconds.

    SOURCE_DATE_EPOCH, in seconds, stands for the clock where it is set, so that a run can be
    repeated byte for byte (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    import datetime

    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    utc = datetime.UTC
    if fixed.isdecimal():
        moment = datetime.datetime.fromtimestamp(int(fixed), utc)
    else:
        moment = datetime.datetime.now(utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
