"""What is returned to Python for a text: as it is after repair, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scrubber.bulk.entries import plain
from scrubber.edits import apply, inverted
from scrubber.model import Action, Edit, Finding


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it is after repair, and what was done to it.

    Offsets of `edits` count code points of the original text, half-open; they are sorted and do not
    overlap. `actions` tells for each of them how far it was trusted. `faults` is one line for each
    rule that failed on this text: it has done nothing to it, the others have. Where rules never
    settle, that is a fault too, and the text is as it was.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    actions: tuple[Action, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def original(self) -> str:
        """The text as it was given, made of the repaired one and the edits.

        >>> Repaired("sea, but", (Edit(3, 4, "B", ", b", ("own/x",)),)).original
        'seaBut'
        """
        return apply(self.text, inverted(self.edits))

    def plain(self) -> list[dict[str, Any]]:
        """Return the edits as values of JSON, in the form in which `scrubber clean` records them.

        >>> Repaired("sea but", (Edit(3, 4, "B", " b", ("own/x",)),), (Action.FIX,)).plain()
        ... # doctest: +NORMALIZE_WHITESPACE
        [{'rules': ['own/x'], 'start': 3, 'end': 4, 'before': 'B', 'after': ' b',
          'action': 'fix', 'decision': None}]
        """
        return plain(self.edits, tuple(map(str, self.actions)))


@dataclass(frozen=True, slots=True)
class Cleaned(Repaired):
    """A repaired text with all that was found in it, what was not repaired too.

    `findings` stand at their places in the original text, in the order of these.
    """

    findings: tuple[Finding, ...] = ()
