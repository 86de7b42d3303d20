"""Places that were rejected, found again after the text around them was edited. Pure."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import Any

from scrubber.decisions.keys import Key, Side, sides, stands
from scrubber.model import Document

_TRIED = 20
"""Places looked at for one finding: so many with the same surroundings are a template."""


class Moved:
    """Keys of places by what `keys.sides` still knows them by."""

    def __init__(self) -> None:
        self._places: defaultdict[tuple[Any, str, str, Side], dict[Key, None]] = defaultdict(dict)
        self._noted: set[Key] = set()

    def add(self, key: Key) -> None:
        """Note a place."""
        self._noted.add(key)
        for side in sides(key):
            self._places[key.document, key.rule, key.exact, side][key] = None

    def drop(self, key: Key) -> None:
        """Forget a place, where it was noted."""
        if key not in self._noted:
            return
        self._noted.remove(key)
        for side in sides(key):
            self._places[key.document, key.rule, key.exact, side].pop(key, None)

    def find(self, document: Document, now: Key) -> Key | None:
        """Return the place that is likely to be the one that `now` names in a document.

        A place that stands elsewhere in the text as it was is that one and no other; one at the
        edge of a text stays so when something is put before or behind it. Where all records of a
        dataset share one name there is no telling.
        """
        if not self._noted or (document.id is not None and _shared(document, now)):
            return None
        for side in sides(now):
            found = self._places.get((now.document, now.rule, now.exact, side), ())
            for key in islice(found, _TRIED):
                if _goes_on(key, now) or not stands(document.text, key):
                    return key
        return None


def _goes_on(said: Key, now: Key) -> bool:
    """Whether surroundings agree as far as they reach: one of them stands at the edge of a text."""
    before = min(len(said.prefix), len(now.prefix))
    after = min(len(said.suffix), len(now.suffix))
    return (
        said.prefix[len(said.prefix) - before :] == now.prefix[len(now.prefix) - before :]
        and said.suffix[:after] == now.suffix[:after]
    )


def _shared(document: Document, now: Key) -> bool:
    """Whether a record has no id of its own, so that it goes by its file's name."""
    return isinstance(document.id, str) and document.id != now.document
