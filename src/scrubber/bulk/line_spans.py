"""The lines of a part of a file: those that begin in it, to the end of the last one."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber.bulk.model import Span
from scrubber.bulk.streams import Input


def lines(source: Input, span: Span, size: int) -> Iterator[bytes]:
    """Yield the bytes of all lines that begin in a span of a plain file, `size` at a time.

    So spans that follow each other have each line once, whatever they cut in two.
    """
    at, data = span.start, b""
    if at:
        source.skip(at - 1)  # where a line ends right before the span, none is of the part before
        at -= 1
        while at < span.stop:
            data = source.read(size)
            if not data:
                return
            end = data.find(b"\n") + 1
            if end:
                at, data = at + end, data[end:]
                break
            at += len(data)
        if at >= span.stop:
            return
    data = data or source.read(size)
    while data:
        if at + len(data) >= span.stop:
            end = data.find(b"\n", max(0, span.stop - 1 - at)) + 1
            if end:
                yield data[:end]
                return
        yield data
        at += len(data)
        data = source.read(size)
