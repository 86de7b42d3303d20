"""What is known of the corpus that a text stands in; `scrubber.evidence` counts it."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Evidence(Protocol):
    """What the corpus of a text tells of words and lines, as `scrubber.evidence` has counted it."""

    def is_name(self, token: str) -> bool:
        """Whether a token, as written, stands in so many unrelated texts that it is a name."""

    def pages(self, line: str) -> tuple[int, int]:
        """On how many pages of the text's site a line stands, and of how many; 0 for a few."""


class Repeated(NamedTuple):
    """Evidence of a site that repeats some lines on all of ten pages, for the examples of rules."""

    lines: frozenset[str]

    def is_name(self, token: str) -> bool:
        """Whether a token is a name: none is."""
        return False

    def pages(self, line: str) -> tuple[int, int]:
        """On how many pages of the site a line stands, and of how many."""
        return (10, 10) if line in self.lines else (0, 0)
