"""What says that a shard is done: of which file, with which settings, and what was done to it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from scrubber.bulk.statistics import Statistics
from scrubber.kept import digest

EDGE = 64 << 10
"""Bytes at the head and at the tail of a file that its fingerprint holds."""


class Fingerprint(NamedTuple):
    """What tells a file from another, or from itself before it was changed."""

    size: int
    mtime_ns: int
    edges: str


def fingerprint(path: Path, *, edges: bool = True) -> Fingerprint:
    """Return a file's fingerprint. Reads two stretches of it, unless size and age are enough.

    Raises:
        OSError: it cannot be read.
    """
    if not edges:
        status = path.stat()
        return Fingerprint(status.st_size, status.st_mtime_ns, "")
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        head = file.read(EDGE)
        file.seek(max(0, status.st_size - EDGE))
        tail = file.read(EDGE)
    return Fingerprint(status.st_size, status.st_mtime_ns, digest(head, tail).hex())


@dataclass(frozen=True)
class Marker:
    """A shard that is done.

    `settings` is the digest of all that decides what is done, `source` the file that was read,
    `output` the size of the one that was written. `told` are its first rejects and faults, each
    with the line or the id of its record. `edits` is the ending of the record of edits, None where
    there is none.
    """

    settings: str
    source: Fingerprint
    output: int
    statistics: Statistics
    told: tuple[tuple[str, str], ...] = ()
    edits: str | None = None

    def data(self) -> bytes:
        """Return it as it lies on disk."""
        plain = {
            "settings": self.settings,
            "source": self.source._asdict(),
            "output": self.output,
            "edits": self.edits,
            "statistics": self.statistics.plain(),
            "told": self.told,
        }
        return json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Return what lies on disk; None where there is nothing that can be read."""
        try:
            plain = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
            return cls(
                plain["settings"],
                Fingerprint(**plain["source"]),
                plain["output"],
                Statistics.of(plain["statistics"]),
                tuple((where, problem) for where, problem in plain["told"]),
                plain["edits"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def holds(self, settings: str, source: Path, output: Path, *, edges: bool = True) -> bool:
        """Whether a shard need not be done again: neither it nor the settings have changed.

        What was written must be there still, with as many bytes.
        """
        try:
            return (
                self.settings == settings
                and output.stat().st_size == self.output
                and fingerprint(source, edges=edges) == self.source
            )
        except OSError:
            return False
