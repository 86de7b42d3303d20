"""A text as an editor holds it, checked: what `scrubber check` shows and `scrubber fix` does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrubber import engine
from scrubber.documents import source as sources
from scrubber.documents.source import InputError, Source
from scrubber.edits import minimal
from scrubber.lsp.project import Project
from scrubber.model import Document, Edit, Finding, Match
from scrubber.rules import Rule

if TYPE_CHECKING:
    from scrubber.documents.jsonl import Slot


class StaleError(BaseException):
    """A check that nobody waits for any more. No `Exception`: a rule's fault is one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its place in all that the file holds; `slot` counts its documents from 0.

    `late` is what shows only once repairs beside it are made: a review asks about it then.
    """

    finding: Finding
    slot: int
    start: int
    end: int
    late: bool = False


@dataclass(frozen=True, eq=False)
class Checked:
    """What is known of one state of a text.

    `shown` is what `scrubber check` shows, `silent` what was rejected, and `repairs` what
    `scrubber fix` does, as edits of the file. `problems` are rules that failed, each in a line.
    """

    project: Project
    source: Source
    shown: tuple[Found, ...]
    silent: tuple[Found, ...]
    repairs: tuple[Edit, ...]
    problems: tuple[str, ...]

    def repair(self, found: Found, proposal: str) -> list[Edit]:
        """Return what one proposal does, as edits of the file."""
        per_document: list[list[Edit]] = [[] for _ in self.source.documents]
        per_document[found.slot].append(minimal(found.finding, proposal))
        return self.source.edits(per_document)


def check(
    name: str, text: str, project: Project, stop: Callable[[], bool] = lambda: False
) -> Checked:
    """Look at a text until it settles, as `scrubber check` does.

    `stop` is asked before each rule and at each match.

    Raises:
        InputError: it is no text that a file can hold.
        StaleError: `stop` said so.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise InputError("holds half a character, a lone surrogate") from None
    source = sources.from_bytes(name, data, *project.fields).said_to_be(project.language)
    if project.excluded:
        return Checked(project, source, (), (), (), ())
    rules = [_Stoppable.of(rule, stop) for rule in project.rules]
    shown: list[Found] = []
    silent: list[Found] = []
    per_document: list[Sequence[Edit]] = []
    problems = list(source.problems)
    for number, document in enumerate(source.documents):
        judge = _Judge(document, project)
        try:
            outcome = engine.settle(document, rules, judge=judge)
        except engine.NotSettledError as error:
            problems.append(str(error))
            per_document.append(())
            continue
        problems += [f"rule {fault.rule} {fault.problem}" for fault in outcome.faults]
        per_document.append(outcome.edits)
        place = _place(source, number)
        shown += [
            Found(finding, number, *place(finding), late=_key(finding) not in judge.first)
            for finding in outcome.findings
        ]
        silent += [Found(finding, number, *place(finding)) for finding in judge.silent]
    repairs = tuple(source.edits(per_document))
    return Checked(project, source, tuple(shown), tuple(silent), repairs, tuple(problems))


class _Judge:
    """Judges as the project does, and remembers what the first look found and what was rejected.

    What its baseline holds is not told of, and was rejected by nobody.
    """

    def __init__(self, document: Document, project: Project) -> None:
        self._document, self._judge = document, project.judge
        self._accepted = project.accepted() if project.accepted else None
        self.first: set[tuple[str, int, int]] = set()
        self.silent: list[Finding] = []

    def __call__(self, document: Document, finding: Finding) -> Finding | None:
        kept = self._judge(document, finding) if self._judge else finding
        if document is self._document:
            self.first.add(_key(finding))
            if kept is None:
                self.silent.append(finding)
        if kept is None or self._accepted is None:
            return kept
        return kept if self._accepted(document, finding) else None


def _key(finding: Finding) -> tuple[str, int, int]:
    return finding.rule, finding.start, finding.end


class _Stoppable(Rule):
    """A rule that gives up when nobody waits for what it finds."""

    stop: Callable[[], bool]

    @classmethod
    def of(cls, rule: Rule, stop: Callable[[], bool]) -> _Stoppable:
        made = cls._make(rule)
        made.stop = stop
        return made

    def matches(self, document: Document, *, hinted: bool = False) -> Iterator[Match]:
        if self.stop():
            raise StaleError
        for match in super().matches(document, hinted=hinted):
            if self.stop():
                raise StaleError
            yield match


def _place(source: Source, number: int) -> Callable[[Finding], tuple[int, int]]:
    """How findings of a document are placed in its file: in a record, in the JSON string."""
    if source.slots is None:
        return lambda finding: (finding.start, finding.end)
    from scrubber.documents.jsonl import places

    slot: Slot = source.slots[number]
    where = places(source.text[slot.start : slot.end])
    return lambda found: (slot.start + where[found.start], slot.start + where[found.end])
