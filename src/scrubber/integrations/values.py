"""Columns of texts in which some may be missing: what all of these functions do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scrubber.api import Scrubber

Edits = list[dict[str, Any]]
"""The edits of one text, as `Repaired.plain` gives them."""


def several(
    texts: Sequence[Any],
    scrubber: Scrubber | None = None,
    missing: Callable[[Any], bool] = lambda value: value is None,
) -> tuple[list[Any], list[Edits]]:
    """Return texts repaired, and the edits of each. What is missing stays as it is, without edits.

    >>> several(["All is well.", None])
    (['All is well.', None], [[], []])

    Raises:
        TypeError: one of them is no text, and not missing.
    """
    made: list[Any] = list(texts)
    edits: list[Edits] = [[] for _ in made]
    there = [number for number, text in enumerate(made) if not missing(text)]
    done = (scrubber or Scrubber()).clean_many(made[number] for number in there)
    for number, one in zip(there, done, strict=True):
        if one.edits:
            made[number], edits[number] = one.text, one.plain()
    return made, edits
