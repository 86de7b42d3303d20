"""The cells of AsciiDoc's tables that hold nothing but prose. Pure.

https://docs.asciidoctor.org/asciidoc/latest/tables/data-format/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SPEC = re.compile(
    r"(?:(?<=\s)|(?<!.))(?P<spec>(?:\d{1,4}(?:\.\d{1,4})?[*+]|\.\d{1,4}\+)?"
    r"[<^>]?(?:\.[<^>])?(?P<style>[a-z])?)(?<!\\)\||(?<!\\)\|"
)
_OTHER = re.compile(r"\b(?:format|separator)\b")
_COLUMNS = re.compile(r"""\bcols\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\]]*))""")
_PROSE = frozenset({None, "d", "e", "h", "s"})


def cells(
    source: str, rows: Sequence[tuple[int, int]], attributes: str
) -> Iterator[tuple[int, int]]:
    """Yield where the prose of each cell stands.

    A cell with a style of its own (code, blocks, literal) is left alone, and so is a table whose
    columns have one, or that is written in another format.
    """
    if _OTHER.search(attributes) or _styled(attributes):
        return
    style: str | None = "l"  # what stands before the first cell is none
    begun = stop = -1
    for start, end in rows:
        at = start
        for mark in _SPEC.finditer(source, start, end):
            if source[at : mark.start()].strip():
                begun, stop = (at if begun < 0 else begun), mark.start()
            if begun >= 0 and style in _PROSE:
                yield from _trimmed(source, begun, stop)
            at, begun, style = mark.end(), -1, mark["style"]
        if source[at:end].strip():
            begun, stop = (at if begun < 0 else begun), end
    if begun >= 0 and style in _PROSE:
        yield from _trimmed(source, begun, stop)


def _styled(attributes: str) -> bool:
    """Whether a column has a style in which it is no prose."""
    columns = _COLUMNS.search(attributes)
    said = next((part for part in columns.groups() if part is not None), "") if columns else ""
    return not _PROSE.issuperset(re.findall("[a-z]", said))


def _trimmed(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a cell."""
    for part in re.finditer(r"\S(?:(?!\n[ \t\r]*\n).)*+", source[start:end], re.DOTALL):
        body = part[0].rstrip()
        yield start + part.start(), start + part.start() + len(body)
