"""The files of a review: read with all their findings before the first question, and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from scrubber import engine
from scrubber.decisions.book import Book, Verdict
from scrubber.decisions.keys import Key, near
from scrubber.decisions.ledger import Ledger
from scrubber.documents import source as sources
from scrubber.documents.source import InputError, Source
from scrubber.documents.write import write
from scrubber.edits import Trace, apply, compose, minimal
from scrubber.look import Look, looked
from scrubber.model import Edit, Finding
from scrubber.review.items import Item, items_of
from scrubber.rules import Rule
from scrubber.spans import Spans

Tell = Callable[[str, str], None]
"""Takes a file's name and what is wrong with it, in one line."""


class _Written:
    """What was written into a document in this sitting, by places of its text as it was first.

    A text of one's own is put in a place once: where another answer changes that text, the first
    would put it there again, and each look would add to it. The engine does likewise.
    """

    def __init__(self, first: str) -> None:
        self._first = first
        self._done: list[Edit] = []
        self._own: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._spans: dict[str, Spans] = {}
        self._trace: Trace | None = None

    def add(self, items: Iterable[Item], edits: Sequence[Edit]) -> None:
        """Note what is written of the document's items, and the edits that do so."""
        for item in items:
            if item.decision is not None and item.decision.verdict is Verdict.REPLACE:
                self._own[item.finding.rule].append(self._place(item.finding))
        self._done = compose(self._first, self._done, edits)
        self._trace = Trace(self._first, self._done)
        self._spans = {rule: Spans(places) for rule, places in self._own.items()}

    def again(self, finding: Finding) -> bool:
        """Whether a rule finds something where it had a text of one's own put."""
        spans = self._spans.get(finding.rule)
        return spans is not None and spans.meet(*self._place(finding))

    def _place(self, finding: Finding) -> tuple[int, int]:
        first = self._trace.back(finding) if self._trace else finding
        return first.start, first.end


@dataclass(eq=False)
class File:
    """A file under review. `source` is what it holds; its items are those of the last look."""

    path: Path
    source: Source
    items: list[Item]
    written: list[_Written] = field(default_factory=list)
    """What was written into each document of it."""


class Files:
    """Reads files for a session, and writes what was accepted.

    `rules` are those that run on a file, and `look` is how; `reread` makes a source of a path, as
    the files were read first.
    """

    def __init__(
        self,
        rules: Callable[[Path], Sequence[Rule]],
        ledger: Ledger,
        tell: Tell,
        reread: Callable[[Path], Source] = sources.read,
        look: Look = looked,
    ) -> None:
        self._by = look
        self._rules, self._ledger, self._tell, self._reread = rules, ledger, tell, reread
        self.files: list[File] = []
        self.book = Book()

    def load(self, found: Iterable[tuple[Path, Source]], book: Book) -> list[Item]:
        """Look at all files and return what is to be asked, in the order of the files."""
        self.book = book
        items: list[Item] = []
        for path, source in found:
            file = File(path, source, [], [_Written(one.text) for one in source.documents])
            self.files.append(file)
            file.items = self._look(file, len(self.files) - 1)
            items += file.items
        return items

    def _look(self, file: File, number: int) -> list[Item]:
        items: list[Item] = []
        rules = self._rules(file.path)
        for slot, document in enumerate(file.source.documents):
            findings, faults = engine.find(document, rules, look=self._by)
            for fault in faults:
                self._tell(file.source.path, f"rule {fault.rule} {fault.problem}")
            if findings:
                identity = self._ledger.identity(document)
                again = file.written[slot].again
                items += items_of(document, findings, identity, self.book, (number, slot), again)
        return items

    def edits(self, number: int) -> list[Edit]:
        """Return what was accepted of a file as edits of its text, sorted by place."""
        return self.files[number].source.edits(self._edits(number))

    def _edits(self, number: int) -> list[list[Edit]]:
        """As `edits`, for each document of the file."""
        file = self.files[number]
        per_document: list[list[Edit]] = [[] for _ in file.source.documents]
        for item in file.items:
            if item.chosen is not None and not item.written:
                per_document[item.slot].append(minimal(item.finding, item.chosen))
        for edits in per_document:
            edits.sort(key=lambda edit: (edit.start, edit.end))
        return per_document

    def waiting(self) -> list[int]:
        """Return the numbers of the files for which something is accepted and not written."""
        return [
            number
            for number, file in enumerate(self.files)
            if any(item.chosen is not None and not item.written for item in file.items)
        ]

    def write(self, number: int) -> list[Item]:
        """Write what was accepted of a file, look at it again, and return all its items anew.

        They go to `Queue.renew`.

        Raises:
            InputError: it cannot be written, or has changed since it was read; nothing is done,
                and the decisions stay in the ledger.
        """
        file = self.files[number]
        per_document = self._edits(number)
        edits = file.source.edits(per_document)
        if not edits:
            return file.items
        if file.source.compressed:
            raise InputError("compressed; unpack it first, it is not rewritten in place")
        before = file.source.text
        write(file.path, apply(before, edits).encode(), before.encode())
        old = file.items
        for item in old:
            item.written = item.chosen is not None
        for slot, items in groupby((i for i in old if i.written), key=attrgetter("slot")):
            file.written[slot].add(items, per_document[slot])
        file.source = self._reread(file.path)
        file.items = self._look(file, number)
        left = [item.key for item in old if item.left]
        said = {item.decision for item in old if not item.earlier}
        for item in file.items:
            # What was left undecided is not asked again in this session.
            item.left = item.decision is None and any(_same(key, item.key) for key in left)
            item.earlier = item.decision is not None and item.decision not in said
        return file.items


def _same(left: Key, now: Key) -> bool:
    """Whether a place that was left is this one, though repairs beside it were made."""
    same = (left.rule, left.exact, left.document) == (now.rule, now.exact, now.document)
    return same and near(left, now)
