"""What all containers of plain bytes share: an input, an output, how they end, what is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from scrubber.bulk.model import KEPT, Block, Entry, Reading, Reject, ShardError
from scrubber.bulk.streams import Input, Output, packing


class Streamed:
    """A shard that is read and written as a stream of bytes."""

    def __init__(self, path: Path, out: Path | None, reading: Reading) -> None:
        """Take note of the files; they are opened on entering."""
        self.path, self.out, self.reading = path, out, reading
        self._output: Output | None = None

    def __enter__(self) -> Self:
        """Open the files."""
        self.input = Input(self.path)
        try:
            if self.out is not None:
                self._output = Output(self.out, packing(self.path))
        except BaseException:
            self.input.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files, finished or not."""
        self.input.close()
        if self._output is not None:
            self._output.abandon()

    def close(self) -> None:
        """Finish the output."""
        if self._output is not None:
            output, self._output = self._output, None
            output.close()

    def nested(self, block: Block) -> Iterator[list[Entry]]:
        """Refuse: this container has no place for edits."""
        raise ShardError("holds no edits itself")

    @property
    def output(self) -> Output:
        """The output of a shard that has one."""
        assert self._output is not None, "a shard without an output is only read"
        return self._output

    def reject(self, line: int, reason: str, raw: bytes) -> Reject:
        """Return a rejected record of this shard."""
        return Reject(str(self.path), line, reason, bytes(raw[:KEPT]))
