"""What `scrubber apply --learn` makes of an edited diff: decisions of the person who edited it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import click

from scrubber import diff, engine
from scrubber.cli import decided, options, outcomes
from scrubber.cli.holding import Holding
from scrubber.decisions.book import Decision, Verdict
from scrubber.decisions.keys import Scope, key_of
from scrubber.decisions.ledger import LedgerError
from scrubber.documents import source as sources
from scrubber.documents.source import InputError, Source
from scrubber.edits import apply, overlaps
from scrubber.model import Action, Edit, Finding
from scrubber.patches.explaining import explained
from scrubber.patches.hunks import FilePatch
from scrubber.patches.verdicts import entangled, read_back
from scrubber.report.place import place
from scrubber.report.text import counted, printable
from scrubber.rules import Rule


@dataclass
class Lesson:
    """Collects decisions file by file, and records them once the files are written."""

    trouble: options.Trouble
    holding: Holding
    said: decided.Decided
    named: bool
    honours: bool
    actions: frozenset[Action]
    inputs: options.Inputs
    who: str
    decisions: dict[str, list[Decision]] = field(default_factory=dict)

    @classmethod
    def begun(
        cls,
        troubles: tuple[options.Trouble, options.Trouble],
        choice: options.Choice,
        honoured: decided.Honoured,
        suggested: bool,
        fields: tuple[str | None, str | None],
    ) -> Lesson:
        """Return a lesson that looks at files with the rules that the diff was made with.

        `troubles` are told of what is wrong with settings and ledger, which the rest survives, and
        of what is wrong later.

        Raises:
            click.UsageError: settings, rules or ledger have a mistake.
        """
        holding = Holding(troubles[0], choice)
        settings = holding.here().settings
        holding.check()
        said = decided.opened(troubles[0], settings, honoured)
        return cls(
            troubles[1],
            holding,
            said,
            honoured.file is not None,
            not honoured.off,
            engine.SUGGESTED if suggested else engine.UNATTENDED,
            options.Inputs((), *fields),
            decided.who(settings.folder),
        )

    def fields(self, path: str) -> tuple[str, str]:
        """Return the names of a dataset's fields of text and id."""
        return self.inputs.fields(self.holding.of(path).settings)

    def hear(self, patch: FilePatch | None, source: Source, done: Sequence[Edit]) -> None:
        """Take in what a patch says of one file, as the file is before it.

        Without a patch, all that would be proposed for the file was turned down.

        Raises:
            InputError: the diff was not made of this text, or not with these rules.
        """
        held = self.holding.of(source.path)
        if not self.named and held.settings.folder != self.said.ledger.root:
            raise InputError("belongs to another project; learn from it there, or give --decisions")
        source = source.said_to_be(held.language)
        settled = [
            outcomes.settled(
                self.trouble,
                source,
                document,
                held.rules,
                self.actions,
                self.said if self.honours else None,
            )
            for document in source.documents
        ]
        proposed = source.edits([outcome.edits if outcome else () for outcome in settled])
        if patch is not None:
            self._same(patch, source.text, apply(source.text, proposed))
        unclear: list[str] = []
        edits = _changes(source, done, self.fields(source.path))
        for outcome, changes in zip(settled, edits, strict=True):
            if outcome is None or not outcome.edits:
                continue
            decisions, open_ones = self._read(outcome, changes, held.rules)
            unclear += [str(place(outcome.document, one.start)[0]) for one in open_ones]
            self.decisions.setdefault(source.path, []).extend(decisions)
        if unclear:
            repairs = counted(len(unclear), "repair")
            lines = f"line{'s' * (len(unclear) > 1)} {', '.join(dict.fromkeys(unclear))}"
            message = (
                f"{repairs} cannot be told apart ({lines}): nothing is learned of them;"
                " scrubber review asks"
            )
            click.echo(f"scrubber: {printable(source.path)}: {message}", err=True)

    def _read(
        self, outcome: engine.Outcome, changes: Sequence[Edit], rules: Sequence[Rule]
    ) -> tuple[list[Decision], list[Finding]]:
        """What a person decided about a text, and what stays unclear."""
        document, identity = outcome.document, self.said.ledger.identity(outcome.document)

        def decide(finding: Finding, verdict: Verdict, chosen: str | None) -> Decision:
            key = key_of(Scope.HERE, document, finding, identity)
            return Decision(key, verdict, chosen, self.who, decided.now())

        readings, unclear = read_back(outcome, self.actions, changes)
        tangled = entangled(outcome, readings, unclear)
        kept = [
            decide(reading.finding, reading.verdict, reading.chosen)
            for reading in readings
            if not any(overlaps(reading.finding.start, reading.finding.end, *t) for t in tangled)
        ]
        if not tangled:
            return kept, unclear
        said = [*(self.said.content.decisions if self.honours else ()), *kept]
        target = apply(document.text, changes)
        more = explained(document, rules, self.actions, tangled, decide, target, said)
        if more is not None:
            return [*kept, *more], []
        return kept, [f for f in outcome.findings if (f.start, f.end) in tangled]

    @staticmethod
    def _same(patch: FilePatch, before: str, after: str) -> None:
        """Make sure that what the person saw is what would be proposed now.

        Raises:
            InputError: it is not, so that what is not in the patch was not turned down.
        """
        if patch.ids is None:
            raise InputError(
                "nothing can be learned: the patch has no index line to say what it was made of"
            )
        for given, text, problem in (
            (patch.ids[0], before, "the text has changed since the diff was made"),
            (patch.ids[1], after, "the diff was made with other rules, options or decisions"),
        ):
            ours = diff.blob_id(text)
            if not given.startswith(ours) and not ours.startswith(given):
                raise InputError(f"nothing can be learned: {problem}; apply it without --learn")

    def recorded(self, paths: Sequence[str], undo: Callable[[], None]) -> int | None:
        """Write the decisions about these files to the ledger; return how many there are.

        Where that fails, `undo` takes the files back, so that the patch can be learned from again.
        """
        new = [decision for path in paths for decision in self.decisions.get(path, ())]
        if not new:
            return 0
        try:
            self.said.ledger.append(new)
        except LedgerError as error:
            undo()
            self.trouble.tell(str(self.said.ledger.file), f"{error}; nothing is applied")
            return None
        return len(new)


def _changes(source: Source, done: Sequence[Edit], fields: tuple[str, str]) -> list[Sequence[Edit]]:
    """The edits of a file as edits of its documents.

    Raises:
        InputError: records were added, removed or broken, so that none can be told from another.
    """
    if source.slots is None:
        return [done]
    text = apply(source.text, done)
    after = sources.from_bytes(source.path, text.encode(), *fields, dataset=True).documents
    if [document.id for document in after] != [document.id for document in source.documents]:
        raise InputError("nothing can be learned: records were put in, taken out or broken")
    return [
        [Edit(0, len(old.text), old.text, new.text, ())] if old.text != new.text else []
        for old, new in zip(source.documents, after, strict=True)
    ]
