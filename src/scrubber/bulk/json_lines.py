r"""A JSON object on a line: where the values of its members stand, and how one is rewritten.

What a fast parser refuses is read here: NaN, numbers of any size, any depth of nesting, halves of
surrogate pairs. Numbers are never read, so they stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from scrubber.documents.jsonl import escaped
from scrubber.model import Edit

_HEX = "[0-9a-fA-F]" * 4  # {4} in what is possessive lets \\u" pass before Python 3.11.5
_STRING = rf'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u{_HEX})[^"\\\x00-\x1f]*+)*+"'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?"
_SCALAR = re.compile(rf"{_STRING}|{_NUMBER}|true|false|null|NaN|-?Infinity")
_KEY = re.compile(rf"({_STRING})[ \t\r\n]*+:[ \t\r\n]*+")
_BLANK = re.compile(r"[ \t\r\n]*+")
_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)

Span = tuple[int, int]


def members(line: str) -> dict[str, Span]:
    """Return where the value of each member stands in a line; of several of a name, the last.

    >>> members('{"a": [1, {}], "b": 2, "a": 3}')
    {'a': (28, 29), 'b': (20, 21)}

    Raises:
        ValueError: the line is no JSON object; the message says where.
    """
    found: dict[str, Span] = {}
    at = _blank(line, 0)
    if line[at : at + 1] != "{":
        raise ValueError("no JSON object")
    at = _blank(line, at + 1)
    if line[at : at + 1] == "}":
        return _ended(line, at + 1, found)
    while True:
        key = _KEY.match(line, at)
        if key is None:
            raise _broken("no member", at)
        end = _past(line, key.end())
        found[string(key[1])] = key.end(), end
        at = _blank(line, end)
        if line[at : at + 1] == "}":
            return _ended(line, at + 1, found)
        if line[at : at + 1] != ",":
            raise _broken("no comma", at)
        at = _blank(line, at + 1)


def _broken(what: str, at: int) -> ValueError:
    return ValueError(f"broken JSON: {what} at {at + 1}")


def _ended(line: str, at: int, found: dict[str, Span]) -> dict[str, Span]:
    at = _blank(line, at)
    if at != len(line):
        raise _broken("more than an object", at)
    return found


def _blank(line: str, at: int) -> int:
    hit = _BLANK.match(line, at)
    assert hit is not None
    return hit.end()


def _past(line: str, at: int) -> int:
    """The end of the value that begins at a place. Its depth costs memory, not stack."""
    closers: list[str] = []
    while True:
        opening = line[at : at + 1]
        if opening and opening in "[{":
            closer = "]" if opening == "[" else "}"
            at = _blank(line, at + 1)
            if line[at : at + 1] != closer:
                closers.append(closer)
                at = _key(line, at) if closer == "}" else at
                continue
            at += 1
        else:
            hit = _SCALAR.match(line, at)
            if hit is None:
                raise _broken("no value", at)
            at = hit.end()
        while closers:
            at = _blank(line, at)
            if line[at : at + 1] == closers[-1]:
                closers.pop()
                at += 1
                continue
            if line[at : at + 1] != ",":
                raise _broken("no comma", at)
            at = _blank(line, at + 1)
            at = _key(line, at) if closers[-1] == "}" else at
            break
        else:
            return at


def _key(line: str, at: int) -> int:
    key = _KEY.match(line, at)
    if key is None:
        raise _broken("no member", at)
    return key.end()


def string(token: str) -> str:
    r"""Return the text of a JSON string.

    >>> string('"a\\u00e9"')
    'aé'
    """
    text: str = json.loads(token)
    return text


def retold(
    token: str, old: str, new: str, edits: Sequence[Edit], raw: Sequence[str] | None = None
) -> str:
    r"""Return a JSON string of the text `old` with its edits done, which make it `new`.

    What stays is escaped as it was; what is put in is escaped as the string escapes, or is one of
    `raw` for each edit.

    >>> retold('"a\\/b"', "a/b", "x/b", [Edit(0, 1, "a", "x", ())])
    '"x\\/b"'
    """
    if raw is None:
        ascii_only = token.isascii() and "\\u" in token
        if json.dumps(old, ensure_ascii=ascii_only) == token:
            return json.dumps(new, ensure_ascii=ascii_only)
        raw = [escaped(token, edit.after) for edit in edits]
    parts, at = [], 0
    for (start, end), piece in zip(_stands(token, edits), raw, strict=True):
        parts += [token[at:start], piece]
        at = end
    return "".join([*parts, token[at:]])


def replaced(token: str, edits: Sequence[Edit]) -> list[str]:
    """Return what stands in a JSON string where its edits are to be done, as it is escaped."""
    return [token[start:end] for start, end in _stands(token, edits)]


def _stands(token: str, edits: Sequence[Edit]) -> Iterator[Span]:
    """Where in a JSON string its edits are to be done."""
    places = (place for edit in edits for place in (edit.start, edit.end))
    longer = 1  # how much longer the string is than its text up to here
    escapes = _ESCAPES.finditer(token)
    escape = next(escapes, None)
    found: list[int] = []
    for place in places:
        while escape is not None and escape.start() - longer < place:
            longer += escape.end() - escape.start() - 1
            escape = next(escapes, None)
        found.append(place + longer)
    return zip(found[::2], found[1::2], strict=True)
