r"""Rows of CSV and TSV, as RFC 4180 and spreadsheets write them, found in bytes.

A field is quoted, with quotation marks inside it doubled, or bare; a bare one may hold quotation
marks, but not begin with one. Lines end in "\n" or "\r\n". What reads otherwise is broken; where it
ends hangs on nothing but its own bytes, so rows stay where they are when others are changed.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence

Span = tuple[int, int]

_QUOTED = rb'"[^"]*+(?:""[^"]*+)*+"'
_END = rb"(?:\r?\n|\Z)"


class State(enum.Enum):
    """Where in a row a place is: at the head of a field, in it, or behind its closing mark."""

    FIELD = 0
    BARE = 1
    QUOTED = 2
    CLOSED = 3


class Grammar:
    """How rows are found, for one delimiter."""

    def __init__(self, delimiter: str) -> None:
        """Make the expressions."""
        self.delimiter = delimiter
        self._mark = mark = re.escape(delimiter).encode()
        bare = rb'[^"\r\n%b][^\r\n%b]*+' % (mark, mark)
        self._field = field = rb"(?:%b|%b|)" % (_QUOTED, bare)
        self._row = re.compile(rb"(%b(?:%b%b)*+)%b" % (field, mark, field, _END))
        self._each = re.compile(rb"(%b)(?:%b|\Z)" % (field, mark))
        self._byte = delimiter.encode()
        self._bare_end = re.compile(rb"[\n%b]" % mark)
        self._unsafe = re.compile(rf'[\r\n"{re.escape(delimiter)}]')

    def row(self, data: bytes, at: int = 0) -> tuple[list[bytes], int] | None:
        r"""Return the fields of the row that begins at a place, and where the next one begins.

        >>> Grammar(",").row(b'a,"b\n""c""d",\nd')
        ([b'a', b'"b\n""c""d"', b''], 14)
        """
        found = self._row.match(data, at)
        if found is None:
            return None
        fields = []
        while True:
            field = self._each.match(data, at, found.end(1))
            assert field is not None, "the row is made of fields"
            fields.append(field[1])
            at = field.end()
            if at == field.end(1):
                return fields, found.end()

    def ends(self, data: bytes, at: int = 0, state: State = State.FIELD) -> tuple[int, State]:
        r"""Return where the row ends that goes on at a place, in whatever way it is broken.

        As Python's own reader has it: what comes after a closing mark belongs to the field, and a
        mark that is never closed takes in all that follows. A row that has no end yet ends at -1;
        then the state is where more data goes on.

        >>> Grammar(",").ends(b'"a" b,"\n"\nc')
        (10, <State.FIELD: 0>)
        >>> Grammar(",").ends(b'a,"b\n')
        (-1, <State.QUOTED: 2>)
        """
        while True:
            if state is State.QUOTED:
                at = data.find(b'"', at) + 1
                if not at:
                    return -1, state
                state = State.CLOSED
                continue
            if state is State.BARE:
                found = self._bare_end.search(data, at)
                if found is None:
                    return -1, state
                at = found.start()
            if at >= len(data):
                return -1, state
            mark = data[at : at + 1]
            at += 1
            if mark == b"\n":
                return at, State.FIELD
            if mark == self._byte:
                state = State.FIELD
            elif mark == b'"' and state is not State.BARE:
                state = State.QUOTED
            else:
                state = State.BARE

    def wanted(self, count: int, columns: Sequence[int]) -> re.Pattern[bytes]:
        """Return the expression of a row with so many fields, and a group for some, in order."""
        field = self._field
        parts = [rb"(%b)" % field if at in columns else field for at in range(count)]
        return re.compile(self._mark.join(parts) + _END)

    def written(self, text: str, quoted: bool) -> str:
        r"""Return a text as a field, quoted where it was or has to be.

        >>> Grammar("\t").written("a, b", False), Grammar(",").written('a "b", c', False)
        ('a, b', '"a ""b"", c"')
        """
        if quoted or self._unsafe.search(text):
            return '"' + text.replace('"', '""') + '"'
        return text


def text(field: bytes) -> str:
    """Return the text of a field.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    if field[:1] == b'"':
        field = field[1:-1].replace(b'""', b'"')
    return field.decode()
