"""What rules only suggest in a shard that was cleaned, noted beside it for a model to be asked.

A file of JSON Lines. Its first line says of which shard and rules it is, each other one has the
findings of a field of a record, with places in the text as it was cleaned.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scrubber.bulk import sidecar
from scrubber.bulk.aside import Aside
from scrubber.bulk.attempts import Tick
from scrubber.bulk.cleaning import identity
from scrubber.bulk.containers import open_shard
from scrubber.bulk.layout import Layout
from scrubber.bulk.markers import Marker
from scrubber.bulk.model import Record, ShardError
from scrubber.bulk.plan import Planned
from scrubber.bulk.streams import Output, packing
from scrubber.bulk.ways import Way
from scrubber.kept import digest
from scrubber.look import find
from scrubber.markup import reader
from scrubber.model import Action, Document, Finding

_WHAT = "the record of doubts"


class Doubt(NamedTuple):
    """What is suggested in a field of a record; `field` is its name."""

    row: int
    id: str | int
    field: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Doubting:
    """Notes what the rules of each way suggest; sent to workers."""

    layout: Layout
    ways: tuple[Way, ...]

    def __call__(self, shard: Planned, tick: Tick) -> Counter[str]:
        """Write what is suggested in a shard that was cleaned, and count it by rule.

        Raises:
            ShardError: the shard is not cleaned yet, or was changed since.
            OSError: from the disk.
        """
        marker = Marker.read(self.layout.marker(shard.name))
        output = self.layout.output(shard.name)
        if marker is None or not output.exists() or output.stat().st_size != marker.output:
            raise ShardError("is not cleaned yet, or was changed since")
        way = self.ways[shard.way]
        head = digest(marker.data(), *(rule.id.encode() for rule in way.doubting)).hex()
        target = self.layout.doubts(shard.name, sidecar.ending("jsonl"))
        known = counted(target, head)
        return self._noted(shard, way, head, target, tick) if known is None else known

    def _noted(self, shard: Planned, way: Way, head: str, target: Path, tick: Tick) -> Counter[str]:
        count: Counter[str] = Counter()
        with Aside() as aside:
            path = aside.beside(target)
            notes = Output(path, packing(target))
            try:
                notes.write(line({"of": head}))
                with open_shard(self.layout.output(shard.name), None, way.reading) as container:
                    for block in container:
                        for doubt in _doubts(block.records, way, shard.path):
                            notes.write(line(plain(doubt)))
                            count.update(finding.rule for finding in doubt.findings)
                        tick(block.consumed)
                notes.close()
            except BaseException:
                notes.abandon()
                raise
            aside.replace(path, target)
        return count


def _doubts(records: Sequence[Record], way: Way, path: str) -> Iterator[Doubt]:
    """What is suggested and not decided yet: a person has the last word, so no model is asked."""
    judging = way.cleaner.judging
    judge = judging.judge if judging else None
    for record in records:
        for field, text in zip(way.reading.fields, record.texts, strict=True):
            document = _document(text, path, way.cleaner.language)
            document = document._replace(id=identity(record, path))
            findings = find(document, way.doubting)[0] if text else []
            left = [one for one in findings if one.action is Action.SUGGEST and one.proposals]
            if judge is not None:
                said = [(one, judge(document, one)) for one in left]
                left = [one for one, found in said if found is not None and not found.decided]
            if left and document.language == "en":
                yield Doubt(record.row, record.id, field, tuple(left))


def _document(text: str, path: str, language: str | None) -> Document:
    return Document(text, path=path, given_language=language, reader=reader(path))


def asked(text: str, path: str) -> Document:
    """Return the document that a model is asked about: English, or it would not be asked."""
    return _document(text, path, "en")


def plain(doubt: Doubt) -> dict[str, Any]:
    """Return it as values of JSON."""
    findings = [
        {
            "rule": one.rule,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "proposals": one.proposals,
            "message": one.message,
        }
        for one in doubt.findings
    ]
    return {"row": doubt.row, "id": doubt.id, "field": doubt.field, "findings": findings}


def line(values: dict[str, Any]) -> bytes:
    """Return values as a line of a file."""
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def head(path: Path) -> str | None:
    """Return what a file beside a shard is of; None where there is none that can be read."""
    try:
        found = json.loads(next(sidecar.lines(path, _WHAT)))["of"]
    except (OSError, ShardError, ValueError, KeyError, TypeError, StopIteration):
        return None
    return found if isinstance(found, str) else None


def read(path: Path) -> Iterator[Doubt]:
    """Yield what was noted, in the order of the records.

    Raises:
        ShardError: it is damaged, or none; the message is one line, without the path.
        OSError: it cannot be read.
    """
    rows = sidecar.lines(path, _WHAT)
    next(rows, None)
    for row in rows:
        try:
            found = json.loads(row)
            findings = tuple(map(_finding, found["findings"]))
            yield Doubt(int(found["row"]), found["id"], str(found["field"]), findings)
        except (ValueError, KeyError, TypeError):
            raise ShardError(f"{_WHAT} cannot be read") from None


def _finding(found: dict[str, Any]) -> Finding:
    return Finding(
        str(found["rule"]),
        int(found["start"]),
        int(found["end"]),
        str(found["text"]),
        tuple(map(str, found["proposals"])),
        Action.SUGGEST,
        str(found["message"]),
    )


def counted(path: Path, of: str | None = None) -> Counter[str] | None:
    """Return what a file holds by rule; None where it is not `of` what it should be, or damaged."""
    if of is not None and head(path) != of:
        return None
    try:
        return Counter(one.rule for doubt in read(path) for one in doubt.findings)
    except (ShardError, OSError):
        return None
