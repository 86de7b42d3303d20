"""What could be a rule: lines that sites repeat, words that others run into, with samples.

Samples are those with the least digests, so they depend on the seed and the texts alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from scrubber.evidence import joined, keys
from scrubber.evidence.counts import Counts
from scrubber.report.samples import Least

SAMPLES = 3
MOST = 20_000
"""Candidates of a kind that are kept of a shard, those on the most sites and pages."""

AROUND = 60
"""Code points of a text that a sample of a seam shows on each side."""


class Sample(NamedTuple):
    """A place as an example may show it: what is found, what stands around it, and where."""

    before: str
    found: str
    after: str
    where: str


@dataclass
class Candidate:
    """A line or a word that may be worth a rule.

    `sites` are the pages of each site that have the line, and of how many, by the site's name.
    `places` counts where it was met.
    """

    places: int = 0
    sites: dict[str, tuple[int, int]] = field(default_factory=dict)
    samples: Least[Sample] = field(default_factory=lambda: Least(SAMPLES))

    def add(self, other: Candidate) -> None:
        """Add what was met elsewhere."""
        self.places += other.places
        self.sites.update(other.sites)
        for key, sample in other.samples.held:
            self.samples.offer(key, partial(_same, sample))

    @property
    def rank(self) -> tuple[int, int, int]:
        """The least for what stands on the most sites, pages and places."""
        return -len(self.sites), -sum(pages for pages, _ in self.sites.values()), -self.places


@dataclass
class Candidates:
    """The candidates of some texts: lines by the line as counted, seams by the right word."""

    seed: int
    lines: dict[str, Candidate] = field(default_factory=dict)
    seams: dict[str, Candidate] = field(default_factory=dict)

    def look(self, counts: Counts, text: str, host: str | None, where: str) -> None:
        """Let a text take part."""
        parts = text.split("\n")
        for number, part in enumerate(parts):
            pages, of = counts.pages(host, part)
            if pages:
                line = str(keys.line(part))
                candidate = self.lines.setdefault(line, Candidate())
                candidate.sites[host or ""] = pages, of
                before, after = _beside(parts[:number][-2:]), _beside(parts[number + 1 :][:2])
                self._offer(candidate, line, Sample(before, part.strip(), after, where))
        for token in joined.tokens(text):
            for _, right in joined.seams(token):
                if not counts.is_seam(right):
                    continue
                at = text.find(token)
                start = at + token.find(right, 1)
                before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
                after = text[start + len(right) :][:AROUND].partition("\n")[0]
                candidate = self.seams.setdefault(right, Candidate())
                self._offer(candidate, right, Sample(before, right, after, where))

    def _offer(self, candidate: Candidate, name: str, sample: Sample) -> None:
        candidate.places += 1
        drawn = keys.digest(str(self.seed), name, *sample[:3])
        if all(drawn != key for key, _ in candidate.samples.held):
            candidate.samples.offer(drawn, partial(_same, sample))

    def add(self, other: Candidates) -> None:
        """Add the candidates of other texts."""
        for mine, theirs in ((self.lines, other.lines), (self.seams, other.seams)):
            for name, candidate in theirs.items():
                mine.setdefault(name, Candidate()).add(candidate)

    def bounded(self) -> Candidates:
        """Return those that matter most."""
        return Candidates(self.seed, dict(ranked(self.lines, MOST)), dict(ranked(self.seams, MOST)))


def _same(sample: Sample) -> Sample:
    return sample


def ranked(found: dict[str, Candidate], most: int) -> list[tuple[str, Candidate]]:
    """Return the first candidates, those on most sites and pages first, equal ones by name."""
    return sorted(found.items(), key=lambda pair: (pair[1].rank, pair[0]))[:most]


def _beside(lines: list[str]) -> str:
    """The line beside another, without blank ones."""
    return next((line.strip() for line in lines if line.strip()), "")
