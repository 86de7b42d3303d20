"""The record of edits as attributes for Dolma: a row for each record of the shard, in order.

`dolma mix` replaces the spans of one attribute by one text, so there is an attribute for each
replacement, and its name ends in "=" and what to give as `replacement`. An empty span would
corrupt the text there: what is put in covers the character before it (or after it, at the head of
a text), which `{}` puts back. A replacement that begins with "$" Dolma takes for a path: it covers
the characters before it too, and gives them again. Two things Dolma 1.2 cannot be told: "$" in
place of the head of a text (or right behind another edit), and "{}" put in as such.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrubber.bulk.model import Block, Change, Changes, Kept
from scrubber.bulk.streams import Output
from scrubber.model import Edit

PREFIX = "scrubber__"


class Sidecar:
    """Writes the attributes of one shard."""

    def __init__(self, path: Path, shard: str, fields: Sequence[str]) -> None:
        """Open the file anew. Only the first field has attributes: a document of Dolma has one."""
        self._output = Output(path, ".gz")
        self._shard, self._rows = shard, 0

    def write(self, block: Block, changes: Changes, kept: Kept) -> None:
        """Note the changes of a block."""
        lines = []
        for record in block.records:
            lines += self._without(record.row)
            change = next((c for c in changes.get(record.row, ()) if not c.field), None)
            found = attributes(record.texts[0], change) if change else {}
            lines.append({"id": str(record.id), "attributes": found})
            self._rows += 1
        lines += self._without(block.rows)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        self._output.write(text.encode())

    def _without(self, row: int) -> list[dict[str, Any]]:
        """Rows for the records before a row that could not be read."""
        numbers = range(self._rows, row)
        self._rows = max(self._rows, row)
        return [{"id": f"{self._shard}/{number}", "attributes": {}} for number in numbers]

    def close(self) -> None:
        """Finish the file."""
        self._output.close()

    def abandon(self) -> None:
        """Close the file, which is not worth keeping."""
        self._output.abandon()


def attributes(text: str, change: Change) -> dict[str, list[tuple[int, int, float]]]:
    """Return the attributes of a changed text.

    >>> edits = (Edit(2, 2, "", ",", ("a/b",)), Edit(3, 4, "d", "", ("a/c",)))
    >>> attributes("abcd", Change(0, edits, "ab,c"))
    {'scrubber__a/b={},': [(1, 2, 1.0)], 'scrubber__a/c=': [(3, 4, 1.0)]}
    """
    spans: list[tuple[int, int, str, tuple[str, ...]]] = []
    for edit in change.edits:
        start, end, template = _span(text, edit)
        if spans and start < spans[-1][1]:  # put in right behind what is replaced
            start, end, before, rules = spans.pop()
            spans.append((start, end, before + edit.after, (*rules, *edit.rules)))
        elif start < end:
            spans.append((start, end, template, edit.rules))
    found: dict[str, list[tuple[int, int, float]]] = {}
    last = 0
    for start, end, template, rules in spans:
        while template.startswith("$") and start > last:
            start -= 1
            template = text[start] + template
        last = end
        found.setdefault(f"{PREFIX}{'+'.join(rules)}={template}", []).append((start, end, 1.0))
    return found


def _span(text: str, edit: Edit) -> tuple[int, int, str]:
    """The span that Dolma replaces, and by what; `{}` there stands for what the span holds."""
    if edit.start < edit.end:
        return edit.start, edit.end, edit.after
    if edit.start:
        return edit.start - 1, edit.start, "{}" + edit.after
    return 0, min(1, len(text)), edit.after + "{}"
