"""What is found in many texts, counted as it streams by: by rule, file, record and site.

What is kept grows with the number of sites, folders and rules, never with the findings or their
texts: of files and records only those with most findings are kept by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scrubber.documents.source import Source
from scrubber.model import Action, Document, Finding
from scrubber.report import sites
from scrubber.report.samples import Least, Samples

TOP = 20
"""Files and records that are kept by name."""

TENTHS = 10


@dataclass(slots=True)
class Count:
    """What was found somewhere. `touched` of its `texts` have findings."""

    actions: Counter[Action] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    touched: int = 0

    @property
    def total(self) -> int:
        """All findings."""
        return self.actions.total()

    def add(self, other: Count) -> None:
        """Add what was found elsewhere."""
        self.actions.update(other.actions)
        self.rules.update(other.rules)
        self.texts += other.texts
        self.touched += other.touched


@dataclass(slots=True)
class Place:
    """A file, a record of a file, or a site, with what was found there."""

    name: str
    record: str | None
    count: Count


@dataclass(slots=True)
class Found:
    """What one rule found: by action, in how many texts, in which tenth of a text, for example."""

    samples: Samples
    actions: Counter[Action] = field(default_factory=Counter)
    texts: int = 0
    tenths: list[int] = field(default_factory=lambda: [0] * TENTHS)


class Tally:
    """All that a report says of many texts. Give it each source, then the findings in its texts."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self.files = self.touched_files = self.characters = 0
        self.all, self.of_records = Count(), Count()
        self.rules: dict[str, Found] = {}
        self.loads: Counter[int] = Counter()
        """How many texts have so many findings, rounded down to 0, 1, 2, 4, 8 and so on."""
        self._named: dict[str, Count] = {}
        self._folders: dict[str, Count] = {}
        self._files: Least[Place] = Least(TOP)
        self._records: Least[Place] = Least(TOP)
        self._source: Source | None = None
        self._file = Count()
        self._row = (0, 1)

    def begin(self, source: Source) -> None:
        """Go on with another file."""
        self.end()
        self.files += 1
        self._source, self._row = source, (0, 1)

    def end(self) -> None:
        """Close the file that was begun last; without this it is not in `top_files`."""
        count, self._file = self._file, Count()
        if self._source and count.total:
            path = self._source.path
            self.touched_files += 1
            self._files.offer((-count.total, path), lambda: Place(path, None, count))
        self._source = None

    def add(self, number: int, findings: Sequence[Finding]) -> None:
        """Count the findings in a text, the `number`th (from 0) of the source that was begun.

        Raises:
            ValueError: none was begun.
        """
        source = self._source
        if source is None:
            raise ValueError("begin a source first")
        document = source.documents[number]
        record = None if source.slots is None else str(document.id)
        grouped: dict[str, list[Finding]] = {}
        for finding in findings:
            grouped.setdefault(finding.rule, []).append(finding)
        count = Count(
            Counter(finding.action for finding in findings),
            Counter({rule: len(group) for rule, group in grouped.items()}),
            1,
            bool(findings),
        )
        self.characters += len(document.text)
        self.loads[1 << count.total.bit_length() >> 1] += 1
        for whole in (self.all, self._file, self._site(source, document)):
            whole.add(count)
        if record is not None:
            self.of_records.add(count)
        if record is not None and findings:
            key = (-count.total, source.path, record)
            self._records.offer(key, lambda: Place(source.path, record, count))
        for rule, group in grouped.items():
            self._rule(rule, number, record, group)

    def _site(self, source: Source, document: Document) -> Count:
        if source.slots is None:
            return self._folders.setdefault(sites.folder(source.path), Count())
        return self._named.setdefault(sites.host(document.id) or source.path, Count())

    def _rule(self, rule: str, number: int, record: str | None, group: Sequence[Finding]) -> None:
        assert self._source is not None
        document = self._source.documents[number]
        found = self.rules.setdefault(rule, Found(Samples(self._seed)))
        found.texts += 1
        found.actions.update(finding.action for finding in group)
        size = max(1, len(document.text))
        for finding in group:
            found.tenths[min(TENTHS - 1, finding.start * TENTHS // size)] += 1
        found.samples.offer(document, record, group, lambda: self._row_of(number))

    def _row_of(self, number: int) -> int | None:
        """The line of the file that a record stands in, counted on from where it was asked last."""
        if self._source is None or self._source.slots is None:
            return None
        text, start = self._source.text, self._source.slots[number].start
        at, row = self._row
        if start < at:
            at, row = 0, 1
        row += text.count("\n", at, start)
        self._row = start, row
        return row

    @property
    def top_files(self) -> list[Place]:
        """The files with most findings."""
        return [place for _, place in self._files.held]

    @property
    def top_records(self) -> list[Place]:
        """The records of datasets with most findings."""
        return [place for _, place in self._records.held]

    @property
    def sites(self) -> list[Place]:
        """All sites, those with most findings first: see `sites`."""
        found: dict[str, Count] = {}
        names = sites.named(self._folders.keys())
        places = [*self._named.items(), *((names[at], c) for at, c in self._folders.items())]
        for name, count in places:
            found.setdefault(name, Count()).add(count)
        ranked = sorted(found.items(), key=lambda item: (-item[1].total, item[0]))
        return [Place(name, None, count) for name, count in ranked]
