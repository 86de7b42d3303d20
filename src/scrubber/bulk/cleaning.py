"""Records through the engine: what is to be changed in each, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Protocol

from scrubber import engine
from scrubber.bulk.model import Change, Record
from scrubber.edits import overlaps
from scrubber.look import Look, looked
from scrubber.markup import reader
from scrubber.model import Action, Document, Edit
from scrubber.rules import Rule

if TYPE_CHECKING:
    from scrubber.bulk.gating import Gated, Opened
    from scrubber.evidence.counts import Counts


class Judging(Protocol):
    """What people decided, or what rules have earned. It is sent to workers: it can be pickled."""

    @property
    def judge(self) -> engine.Judge | None:
        """How findings are judged; None where there is nothing to say."""


class Cleaner:
    """Cleans records by some rules, as `scrubber fix` cleans texts.

    `language` is the code of the language that all are in, where that is known. `faults` are those
    of the last call: the row of a record and what went wrong with it. A rule that failed has done
    nothing to it; where rules never settle, nothing is changed. `evidence` is what was counted of
    the corpus, where it was.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        actions: frozenset[Action] = engine.UNATTENDED,
        judging: Judging | None = None,
        language: str | None = None,
    ) -> None:
        self.actions, self.judging = actions, judging
        self.language = language
        self.evidence: Counts | None = None
        self.faults: list[tuple[int, str]] = []
        self._unattended = judging is None and actions == engine.UNATTENDED
        # What only offers can neither change a text nor keep another from it.
        self.rules = tuple(
            rule for rule in rules if rule.action is Action.FIX or not self._unattended
        )

    def changes(self, records: Sequence[Record], path: str) -> dict[int, list[Change]]:
        """Return what is to be changed in the records of a file, by row; clean ones are left out.

        A text is read in the markup that the file's name says.
        """
        self.faults = []
        judge = self.judging.judge if self.judging else None
        markup = reader(path)
        places = [
            (record, field, text)
            for record in records
            for field, text in enumerate(record.texts)
            if text
        ]
        may = self._may_fire([text for _, _, text in places]) if markup is None else None
        found: dict[int, list[Change]] = {}
        for number in range(len(places)) if may is None else sorted(may):
            record, field, text = places[number]
            document = Document(text, identity(record, path), path, self.language, markup)
            if self.evidence is not None:
                document = document._replace(evidence=self.evidence.of(record.host))
            look = looked if may is None or self._gated is None else self._gated.look(may[number])
            change = self._change(record.row, field, document, judge, look)
            if change is not None:
                found.setdefault(record.row, []).append(change)
        return found

    def _may_fire(self, texts: Sequence[str]) -> dict[int, Opened] | None:
        """Which rules may repair which text, unattended; None where it cannot be told."""
        return None if self._gated is None else self._gated.may_fire(texts)

    @cached_property
    def _gated(self) -> Gated | None:
        if not self._unattended or self.language not in (None, "en"):
            return None
        try:
            from scrubber.bulk.gating import Gated

            return Gated(self.rules)
        except ImportError:
            return None

    def _change(
        self,
        row: int,
        field: int,
        document: Document,
        judge: engine.Judge | None,
        look: Look,
    ) -> Change | None:
        try:
            outcome = engine.settle(document, self.rules, self.actions, judge=judge, look=look)
        except engine.NotSettledError as error:
            self.faults.append((row, str(error)))
            return None
        self.faults += [(row, f"rule {fault.rule} {fault.problem}") for fault in outcome.faults]
        if not outcome.edits:
            return None
        said = [told(outcome, edit) for edit in outcome.edits]
        actions, decisions = zip(*said, strict=True)
        return Change(field, outcome.edits, outcome.text, actions, decisions)


def identity(record: Record, path: str) -> Any:
    """What a record is known by: its own id, or file and row, the file as it was given.

    So decisions about a record without an id hold in `clean` as they do in `check`.
    """
    name, _, row = str(record.id).rpartition("/")
    by_row = row == str(record.row) and PurePath(path).name == PurePath(name).name
    return f"{path}/{row}" if by_row else record.id


def told(outcome: engine.Outcome, edit: Edit) -> tuple[str, str | None]:
    """How far an edit was trusted, and what a person had decided about it."""
    behind = [
        finding
        for finding in outcome.findings
        if finding.rule in edit.rules and overlaps(finding.start, finding.end, edit.start, edit.end)
    ]
    doubted = max((finding.action for finding in behind), key=lambda a: a.doubt, default=Action.FIX)
    decided = any(finding.decided for finding in behind)
    return str(doubted), "accepted" if decided else None
