r"""Rows of CSV and TSV, as RFC 4180 and spreadsheets write them, found in bytes.

A field is quoted, with quotation marks inside it doubled, or bare; a bare one may hold quotation
marks, but not begin with one. Lines end in "\n" or "\r\n". What reads otherwise is broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]

_QUOTED = rb'"[^"]*+(?:""[^"]*+)*+"'
_END = rb"(?:\r?\n|\Z)"


class Grammar:
    """How rows are found, for one delimiter."""

    def __init__(self, delimiter: str) -> None:
        """Make the expressions."""
        self.delimiter = delimiter
        self._mark = mark = re.escape(delimiter).encode()
        bare = rb'[^"\r\n%b][^\r\n%b]*+' % (mark, mark)
        self._field = field = rb"(?:%b|%b)?+" % (_QUOTED, bare)
        self._row = re.compile(rb"(%b(?:%b%b)*+)%b" % (field, mark, field, _END))
        self._each = re.compile(rb"(%b)(?:%b|\Z)" % (field, mark))
        open_ = rb'(?:"[^"]*+(?:""[^"]*+)*+"?|%b)?+' % bare
        self._begun = re.compile(rb"(?:%b%b)*+%b\r?\Z" % (field, mark, open_))
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

    def begun(self, data: bytes, at: int) -> bool:
        """Return whether the rest of some data may be the beginning of a row."""
        return self._begun.match(data, at) is not None

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


def ends(piece: bytes, quoted: bool) -> tuple[int, bool]:
    r"""Return where a row ends that began in front of a piece, and whether it ends in quotes.

    `quoted` tells whether the piece begins in quotes. A row that does not end in it ends at -1.

    >>> ends(b'a"\nb', True), ends(b'"a\n', False)
    ((3, False), (-1, True))
    """
    at = 0
    while True:
        mark = piece.find(b'"', at)
        if not quoted:
            line = piece.find(b"\n", at, mark if mark >= 0 else len(piece))
            if line >= 0:
                return line + 1, False
        if mark < 0:
            return -1, quoted
        quoted, at = not quoted, mark + 1
