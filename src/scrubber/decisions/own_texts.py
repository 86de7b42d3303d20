"""Texts that people put in a place themselves, so that no rule undoes them later. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from scrubber.decisions.keys import Key, Scope, Side, framed, sides, surroundings, unbroken
from scrubber.model import Document, Finding


class OwnTexts:
    """Keys of own replacements by rule, document and text, and by what stands around them.

    Where `final`, no rule at all touches a text in the place that it was written for; else, and
    where it was put in everywhere, the rule that it was written for.
    """

    def __init__(self, *, final: bool = False) -> None:
        self._final = final
        self._texts: defaultdict[tuple[Any, ...], dict[str, dict[Side, Key]]] = defaultdict(dict)
        self._noted: dict[Key, str] = {}

    def add(self, key: Key, text: str) -> None:
        """Note what was put in a place, or everywhere."""
        self.drop(key)
        self._noted[key] = text
        self._texts[self._shelf(key)].setdefault(text, {})[_side(key)] = key

    def drop(self, key: Key) -> None:
        """Forget it, where it was noted."""
        if key not in self._noted:
            return
        shelf, text = self._texts[self._shelf(key)], self._noted.pop(key)
        places = shelf.get(text, {})
        if places.get(_side(key)) == key:
            del places[_side(key)]
        if not places:
            shelf.pop(text, None)

    def _shelf(self, key: Key) -> tuple[Any, ...]:
        if key.scope is not Scope.HERE:
            return (key.rule,)
        return ("", key.document) if self._final else (key.rule, key.document)

    def find(self, document: Document, finding: Finding, now: Key) -> Key | None:
        """Return the key of the own text that a finding lies in; `now` names its place."""
        if not self._noted:
            return None
        for shelf in (self._shelf(now), self._shelf(now._replace(scope=Scope.CHANGE))):
            for text, places in self._texts.get(shelf, {}).items():
                own = as_in(document, text)
                for start in _around(document.text, finding, own):
                    prefix, suffix = surroundings(document.text, start, start + len(own))
                    key = places.get(_side(now._replace(prefix=prefix, suffix=suffix)))
                    key = places.get(()) if key is None else key
                    if key is not None:
                        return key
        return None


def as_in(document: Document, text: str) -> str:
    """Return a text with the line breaks that a document uses."""
    if "\n" in text and "\r\n" in document.text:
        return unbroken(text).replace("\n", "\r\n")
    return text


def _side(key: Key) -> Side:
    return sides(key)[0] if key.scope is Scope.HERE else ()


def _around(text: str, finding: Finding, own: str) -> Iterator[int]:
    """Where a text that a person wrote stands so that a finding lies within it."""
    lead, inner, _ = framed(finding.text)
    found_at = finding.start + len(lead)
    at = own.find(inner) if own else -1
    while at >= 0:
        if found_at >= at and text.startswith(own, found_at - at):
            yield found_at - at
        at = own.find(inner, at + 1)
