"""The record of edits beside a shard: one row for each changed field of a record, in order.

As JSON Lines or Parquet, from which `reverting` takes edits back, or as attributes for Dolma.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

from scrubber.bulk.entries import entries, entry, values
from scrubber.bulk.model import Block, Changes, Entry, Kept, ShardError
from scrubber.bulk.streams import Input, Output, has_zstd, packing

FORMS = ("jsonl", "parquet", "dolma")
"""What a record of edits can be kept as."""

_PIECE = 1 << 20


class Writer(Protocol):
    """Writes the record of edits of one shard."""

    def write(self, block: Block, changes: Changes, kept: Kept) -> None:
        """Note the changes of a block, and what its container keeps of them."""

    def close(self) -> None:
        """Finish the file."""

    def abandon(self) -> None:
        """Close the file, which is not worth keeping."""


def ending(form: str) -> str:
    """Return what the name of a record of edits ends in: packed by zstd where that is installed."""
    packed = ".jsonl.zst" if has_zstd() else ".jsonl.gz"
    return {"jsonl": packed, "parquet": ".parquet", "dolma": ".jsonl.gz"}[form]


def open_sidecar(path: Path, form: str, shard: str, fields: Sequence[str]) -> Writer:
    """Return the writer of a record of edits of a shard of some name, opened anew.

    `path` may have any name for the time being; `ending` says how it is to end.

    Raises:
        ShardError: a package for it is missing.
        OSError: the file cannot be written.
    """
    if form == "jsonl":
        return Sidecar(path, fields)
    module = import_module(f"scrubber.bulk.{form}_sidecar")
    writer: Writer = module.Sidecar(path, shard, fields)
    return writer


class Sidecar:
    """The record of edits as JSON Lines."""

    def __init__(self, path: Path, fields: Sequence[str]) -> None:
        """Open the file anew."""
        self._output = Output(path, packing(Path(ending("jsonl"))))
        self._fields = fields

    def write(self, block: Block, changes: Changes, kept: Kept) -> None:
        """Note the changes of a block, and what its container keeps of them."""
        for found in entries(block, changes, kept, self._fields):
            text = json.dumps(values(found), ensure_ascii=False)
            self._output.write(text.encode() + b"\n")

    def close(self) -> None:
        """Finish the file."""
        self._output.close()

    def abandon(self) -> None:
        """Close the file, which is not worth keeping."""
        self._output.abandon()


def read(path: Path) -> Iterator[Entry]:
    """Yield the entries of a record of edits, in any form that can be taken back.

    Raises:
        ShardError: it is damaged, or none; the message is one line, without the path.
        OSError: it cannot be read.
    """
    if path.suffix.lower() == ".parquet":
        from scrubber.bulk.parquet_sidecar import read as rows

        yield from rows(path)
        return
    last = -1
    for line in lines(path):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            raise ShardError("the record of edits cannot be read") from None
        made = entry(found)
        if made.row < last:
            raise ShardError("the record of edits is not in order")
        last = made.row
        yield made


def lines(path: Path, what: str = "the record of edits") -> Iterator[bytes]:
    """Yield the lines of a file of JSON Lines beside a shard, which is never empty.

    Raises:
        ShardError: it is damaged, or none; `what` is what the message calls it.
        OSError: it cannot be read.
    """
    if not path.stat().st_size:
        raise ShardError(f"{what} is empty, which none is")
    source, rest = Input(path), b""
    try:
        while piece := source.read(_PIECE):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
    finally:
        source.close()
    if source.damage or rest:
        raise ShardError(f"{what} is damaged: {source.damage or 'it ends early'}")
