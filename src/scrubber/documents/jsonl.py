"""JSON Lines: where each record's text stands, so that only it is rewritten."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from json.decoder import JSONDecoder
from typing import Any, NamedTuple

from scrubber.model import Edit
from scrubber.text import lines


class Slot(NamedTuple):
    """The place of a JSON string in a file, quotes included, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """A record's text, id, row (from 0) and the place of its text."""

    text: str
    id: Any
    row: int
    slot: Slot


_DECODER = JSONDecoder()
_BLANK = " \t\r\n\ufeff"


def records(source: str, text_field: str, id_field: str) -> tuple[list[Record], list[str]]:
    r"""Return the records of a file, and a line for each one that cannot be read.

    Only the top level of a record is searched. Empty lines are passed over.

    >>> found, problems = records('{"id": 1, "text": "a"}\n{oops\n', "text", "id")
    >>> found[0].slot, problems
    (Slot(start=18, end=21), ['line 2: not a JSON object that can be read'])
    """
    found: list[Record] = []
    problems: list[str] = []
    lacking: list[str] = []
    row = 0
    for number, line in enumerate(lines(source), 1):
        if not source[line.start : line.stop].strip(_BLANK):
            continue
        try:
            values = _members(source, line.start, line.stop)
        except (ValueError, RecursionError):
            problems.append(f"line {number}: not a JSON object that can be read")
        else:
            text, slot = values.get(text_field, (None, None))
            if isinstance(text, str) and slot is not None:
                found.append(Record(text, values.get(id_field, (None, None))[0], row, slot))
            else:
                problems.append(f'line {number}: no text in the field "{text_field}"')
                lacking = lacking or list(values)
        row += 1
    if lacking and not found and len(problems) > 1:
        # The wrong field was named: one line says it, not one for each of a million records.
        return [], [
            f'no text in the field "{text_field}" of any record; the first one that can be'
            f" read has: {', '.join(lacking)}"
        ]
    return found, problems


def _members(source: str, start: int, stop: int) -> dict[str, tuple[Any, Slot]]:
    """The members of the object on a line with the places of their values.

    Raises:
        ValueError: there is no such object.
    """
    line = source[start:stop]
    at = _skip(line, 0)
    if line[at : at + 1] != "{":
        raise ValueError("no object")
    members: dict[str, tuple[Any, Slot]] = {}
    at = _skip(line, at + 1)
    while line[at : at + 1] != "}":
        key, at = _DECODER.raw_decode(line, at)
        at = _skip(line, at)
        if not isinstance(key, str) or line[at : at + 1] != ":":
            raise ValueError("no member")
        begin = _skip(line, at + 1)
        value, at = _DECODER.raw_decode(line, begin)
        members[key] = value, Slot(start + begin, start + at)
        at = _skip(line, at)
        if line[at : at + 1] == ",":
            at = _skip(line, at + 1)
            if line[at : at + 1] == "}":
                raise ValueError("a comma too many")
        elif line[at : at + 1] != "}":
            raise ValueError("no comma")
    if line[at + 1 :].strip(_BLANK):
        raise ValueError("more than one value")
    return members


def _skip(line: str, at: int) -> int:
    while line[at : at + 1] in _BLANK and at < len(line):
        at += 1
    return at


_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)


def places(token: str) -> list[int]:
    r"""Return where each character of its text, and the end, stands in a JSON string.

    >>> places(r'"a\u00e9b"')
    [1, 2, 8, 9]
    """
    found = [hit.start() for hit in _ESCAPE.finditer(token, 1, len(token) - 1)]
    return [*found, len(token) - 1]


def rewritten(token: str, edits: Sequence[Edit]) -> str:
    r"""Return a JSON string with the edits of its text done, and every other character kept.

    How the rest is escaped stays; what is put in is escaped as the string escapes, in ASCII when
    the string holds `\\u` escapes and nothing but ASCII.

    >>> rewritten(r'"a\/b \u00e9"', [Edit(0, 1, "a", "x", ())])
    '"x\\/b \\u00e9"'
    """
    where = places(token)
    ascii_only = token.isascii() and "\\u" in token
    parts, at = [], 0
    for edit in edits:
        parts.append(token[at : where[edit.start]])
        parts.append(json.dumps(edit.after, ensure_ascii=ascii_only)[1:-1])
        at = where[edit.end]
    return "".join([*parts, token[at:]])
