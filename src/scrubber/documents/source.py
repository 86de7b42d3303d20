"""What a file holds for the engine, and how its bytes come back with the repairs in them."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scrubber.markup import reader
from scrubber.model import Document, Edit

if TYPE_CHECKING:
    from scrubber.documents import jsonl

DATASETS = (".jsonl", ".ndjson")
COMPRESSED = (".gz",)


class InputError(Exception):
    """A file that cannot be worked on. The message is one line, without the path."""


class Source(NamedTuple):
    """A file's text with the documents in it.

    `text` is all that the file holds, as stored; `slots` are the places of the records' texts in a
    dataset, in the order of `documents`, and None for a plain text. `problems` are records that
    could not be read; they stay as they are.
    """

    path: str
    text: str
    documents: Sequence[Document]
    slots: Sequence[jsonl.Slot] | None = None
    problems: Sequence[str] = ()
    compressed: bool = False

    def record(self, number: int) -> Any:
        """Return the id of the record that a document is, None for a plain text."""
        return None if self.slots is None else self.documents[number].id

    def said_to_be(self, language: str | None) -> Source:
        """Return the same source with the code of its language; None says nothing."""
        if language is None:
            return self
        documents = [document._replace(given_language=language) for document in self.documents]
        return self._replace(documents=documents)

    def edits(self, per_document: Sequence[Sequence[Edit]]) -> list[Edit]:
        """Return edits of the whole file from those of its documents."""
        if self.slots is None:
            return list(per_document[0])
        from scrubber.documents.jsonl import rewritten

        found = []
        for slot, edits in zip(self.slots, per_document, strict=True):
            if edits:
                before = self.text[slot.start : slot.end]
                after = rewritten(before, edits)
                rules = tuple(dict.fromkeys(rule for edit in edits for rule in edit.rules))
                found.append(Edit(slot.start, slot.end, before, after, rules))
        return found


def _id(record: jsonl.Record, name: str) -> Any:
    """The record's id, or file and row where it has none that JSON can hold."""
    usable = record.id is not None and record.id == record.id  # NaN is not equal to itself
    return record.id if usable else f"{name}/{record.row}"


def is_dataset(path: str) -> bool:
    """Whether a file's name says that it holds one JSON record a line.

    >>> is_dataset("a/b.jsonl.gz"), is_dataset("b.txt")
    (True, False)
    """
    name = path.lower()
    for ending in COMPRESSED:
        name = name.removesuffix(ending)
    return name.endswith(DATASETS)


def read(path: Path, text_field: str = "text", id_field: str = "id") -> Source:
    """Read a file.

    Raises:
        InputError: it is missing, unreadable, binary, not UTF-8, or damaged; it says which.
    """
    name = str(path)
    if name.lower().endswith((".zst", ".xz", ".bz2", ".parquet")):
        raise InputError("this kind of file is not read yet; unpack it to plain JSON Lines first")
    try:
        if not stat.S_ISREG(os.stat(name).st_mode):
            raise InputError("not a regular file")
        with open(name, "rb", buffering=0) as file:
            data = file.read()
    except FileNotFoundError:
        raise InputError("no such file") from None
    except OSError as error:
        raise InputError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    return from_bytes(name, data, text_field, id_field)


def from_bytes(
    name: str, data: bytes, text_field: str = "text", id_field: str = "id", *, dataset: bool = False
) -> Source:
    """Make a source of a file's bytes.

    Raises:
        InputError: they are no text.
    """
    compressed = name.lower().endswith(COMPRESSED)
    if compressed:
        import gzip
        import zlib

        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise InputError("damaged gzip data") from None
    if b"\0" in data[:8192]:
        raise InputError("binary, not a text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"byte {error.start:,}"
        raise InputError(
            f"not UTF-8 (at {where}); convert it first, for example with iconv"
        ) from None
    if not dataset and not is_dataset(name):
        plain = Document(text, None, name, reader=reader(name))
        return Source(name, text, [plain], compressed=compressed)
    from scrubber.documents import jsonl

    records, problems = jsonl.records(text, text_field, id_field)
    documents = [Document(record.text, _id(record, name), name) for record in records]
    return Source(name, text, documents, [r.slot for r in records], problems, compressed)
