"""Decisions on disk: one JSON object a line, appended, so that a team can commit and merge them."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrubber.decisions.book import Decision
from scrubber.decisions.lines import Content, Sample, line, parsed
from scrubber.model import Document

DEFAULT = Path(".scrubber") / "decisions.jsonl"
"""Where the ledger lies, from the folder of the settings on, unless set otherwise."""


class LedgerError(Exception):
    """A ledger that cannot be read or written: one line with the file."""


@dataclass
class Ledger:
    """A file of decisions and the folder that its paths are relative to."""

    file: Path
    root: Path
    _ours: tuple[int, int] = field(default=(-1, -1), repr=False)
    """From where to where the end of the file was written by us and nobody else."""
    _paths: dict[str, str] = field(default_factory=dict, repr=False)

    def identity(self, document: Document) -> Any:
        """Return what a document is known by: a record's own id, or else its file's path."""
        if document.id is not None and not _by_row(document):
            return json.dumps(document.id) if isinstance(document.id, dict | list) else document.id
        if document.path in (None, "-"):
            return "-"
        return self._path(document.path or "")

    def gone(self, documents: Iterable[Any], endings: Collection[str]) -> frozenset[Any]:
        """Return those of some documents that are files which are no more where they were.

        A record's id has none of the `endings` of the texts that scrubber reads.
        """
        names = {name for name in documents if isinstance(name, str) and "://" not in name}
        texts = (name for name in names if name.lower().endswith(tuple(endings)))
        return frozenset(name for name in texts if not (self.root / name).exists())

    def _path(self, path: str) -> str:
        """A file's path relative to the root, whichever way it was named."""
        if path not in self._paths:
            real = os.path.relpath(os.path.realpath(path), os.path.realpath(self.root))
            self._paths[path] = real.replace(os.sep, "/")
        return self._paths[path]

    def read(self) -> Content:
        """Return what the file holds; nothing when there is none.

        Raises:
            LedgerError: the file is there and cannot be read.
        """
        try:
            data = self.file.read_bytes()
        except FileNotFoundError:
            return Content()
        except OSError as error:
            raise LedgerError(f"{self.file}: cannot be read: {_reason(error)}") from None
        return parsed(data)

    def append(self, values: Iterable[Decision | Sample]) -> int:
        """Write decisions at the end and have them on disk before returning.

        Returns the size that the file had before, for `cut`.

        Raises:
            LedgerError: they cannot be written; what the file held is still there.
        """
        text = "".join(line(value) + "\n" for value in values)
        data, before = b"", -1
        try:
            if not self.file.exists():
                self._make()
            with self.file.open("ab+", buffering=0) as file:
                before = file.seek(0, os.SEEK_END)
                file.seek(max(0, before - 1))
                broken = before > 0 and file.read(1) != b"\n"
                data = (b"\n" if broken else b"") + text.encode()
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
                end = file.tell()
        except OSError as error:
            self._drop(before, len(data))
            raise LedgerError(f"{self.file}: cannot be written: {_reason(error)}") from None
        before = end - len(data)
        self._ours = (before if before != self._ours[1] else self._ours[0], end)
        return before

    def _drop(self, size: int, length: int) -> None:
        """Take away what was written of an answer that then could not be kept."""
        with contextlib.suppress(OSError):
            if 0 <= size < self.file.stat().st_size <= size + length:
                os.truncate(self.file, size)

    def cut(self, size: int) -> bool:
        """Take back what was appended since the file had `size` bytes.

        False, and nothing done, when somebody else has written to it since.

        Raises:
            LedgerError: the file cannot be written.
        """
        first, end = self._ours
        try:
            if size < first or self.file.stat().st_size != end:
                return False
            os.truncate(self.file, size)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise LedgerError(f"{self.file}: cannot be written: {_reason(error)}") from None
        self._ours = first, size
        return True

    def _make(self) -> None:
        """Make the folder; in one of our own, have git merge two people's ledgers by union."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        attributes = self.file.parent / ".gitattributes"
        if self.file.parent.name == DEFAULT.parent.name and not attributes.exists():
            attributes.write_text(f"{self.file.name} merge=union\n", encoding="utf-8")


def _by_row(document: Document) -> bool:
    """Whether a record's id was made of its row, for it has none of its own."""
    head, _, row = str(document.id).rpartition("/")
    return head == document.path and row.isdecimal()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
