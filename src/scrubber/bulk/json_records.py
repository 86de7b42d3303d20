"""What of a line of JSON is a record: its texts, its id, its address.

orjson reads most lines where it is installed. What it refuses is read by `json_lines`, so that
the records are the same with it and without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from scrubber.bulk.json_lines import members, string
from scrubber.bulk.model import Reading, Record

_EXACT = range(-(2**63), 2**64)
"""The whole numbers that every parser of JSON reads exactly."""

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,20}")
_NO_TEXT = object()


class Records:
    """Reads the records of one shard."""

    def __init__(self, reading: Reading, shard: str) -> None:
        """Take note of what is read, and of the shard's name, for records without an id."""
        self._reading, self._shard = reading, shard
        self._parse, self._proven = _parser()
        self._first, *others = reading.fields
        self._alone = not others
        self.lacking = 0
        """How many objects had none of the fields."""
        self.names: list[str] = []
        """The names that the first of them has."""

    def record(self, line: bytes, row: int) -> Record:
        """Return the record on a line.

        Raises:
            ValueError: there is none; the message says why.
        """
        proven = self._proven
        try:
            value = self._parse(line)
        except (ValueError, RecursionError):
            value, proven = self._members(line), False
        if type(value) is not dict:
            raise ValueError("no JSON object")
        text: Any = value.get(self._first)
        alone = self._alone and type(text) is str
        texts: tuple[str, ...] = (text,) if alone else self._texts(value)
        url = value.get(self._reading.url_field)
        if type(url) is not str or not (proven or whole(url)):
            url = None
        if not proven and not all(map(whole, texts)):
            raise ValueError("the text holds half a character, a lone surrogate")
        own = value.get(self._reading.id_field)
        if not proven or type(own) is not str:
            own = self._id(value, line, row)
        return Record(row, own, texts, url)

    def missing(self) -> str:
        """Return what to tell where no record has any of the fields."""
        names = ", ".join(self.names[:20])
        return f"{self._none()} of any record; the first one has: {names} (--field)"

    def _none(self) -> str:
        quoted = " or ".join(f'"{name}"' for name in self._reading.fields)
        return f"no text in the field {quoted}"

    def _texts(self, value: dict[str, Any]) -> tuple[str, ...]:
        """The texts of a record that has not all of the fields, or not as texts."""
        fields = self._reading.fields
        for name in fields:
            if not isinstance(value.get(name, ""), str | None):
                raise ValueError(f'the field "{name}" holds no text')
        texts = [value.get(name) for name in fields]
        if not any(isinstance(text, str) for text in texts):
            self.lacking += 1
            self.names = self.names or list(value)
            raise ValueError(self._none())
        return tuple(text or "" for text in texts)

    def _id(self, value: dict[str, Any], line: bytes, row: int) -> str | int:
        found = value.get(self._reading.id_field)
        if type(found) is str and whole(found):
            return found
        if type(found) is int and found in _EXACT:
            return found
        if type(found) is int or type(found) is float:  # as it is written, digit for digit
            text = line.decode()
            start, end = members(text)[self._reading.id_field]
            return text[start:end]
        return f"{self._shard}/{row}"

    def _members(self, line: bytes) -> dict[str, Any]:
        """What is wanted of a line that the parser refuses."""
        try:
            text = line.decode()
        except UnicodeDecodeError:
            raise ValueError("not UTF-8") from None
        found: dict[str, Any] = {}
        for name, (start, end) in members(text).items():
            found[name] = _NO_TEXT
            token = text[start:end]
            if token[0] == '"':
                found[name] = string(token)
            elif token == "null":
                found[name] = None
            elif name == self._reading.id_field and token[0] in "-0123456789":
                exact = _WHOLE_NUMBER.fullmatch(token)
                found[name] = int(token) if exact else token
        return found


def whole(text: str) -> bool:
    """Return whether a text holds no half of a character."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parser() -> tuple[Callable[[bytes], Any], bool]:
    """The fastest parser that is installed, and whether it refuses halves of characters."""
    try:
        import orjson
    except ImportError:
        return lambda line: json.loads(line.decode()), False
    return orjson.loads, True
