"""Texts to read in between: the keys, a rule, what would be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scrubber import diff
from scrubber.review.desk import Desk

_SCROLL = {"j": 1, "down": 1, "k": -1, "up": -1, " ": 15, "pagedown": 15, "pageup": -15}


@dataclass
class Page:
    """A text to read, from the line `top` on."""

    title: str
    text: str
    top: int = 0

    def scroll(self, key: str) -> bool:
        """Move by the lines that a key stands for; False where it stands for none."""
        if key not in _SCROLL:
            return False
        last = max(0, self.text.count("\n") - 3)
        self.top = min(last, max(0, self.top + _SCROLL[key]))
        return True


def preview(desk: Desk, numbers: Sequence[int]) -> Page:
    """Return the diff of what is accepted and not written of some files."""
    files = desk.files
    texts = [
        diff.unified(file.source.path, file.source.text, files.edits(number))
        for number, file in enumerate(files.files)
        if number in numbers
    ]
    return Page("what would be written", "".join(texts) or "Nothing is accepted here yet.")
