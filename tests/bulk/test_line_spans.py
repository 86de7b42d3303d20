from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from scrubber.bulk.containers.jsonl import open_shard
from scrubber.bulk.line_spans import lines
from scrubber.bulk.model import Reading, Span
from scrubber.bulk.streams import Input

LINES = (b"one\n", b"\n", b"", b"two two two two\n", b"\r\n", b"3\n", b"the last one has no end")


def _read(path: Path, start: int, stop: int, size: int) -> bytes:
    source = Input(path)
    try:
        return b"".join(lines(source, Span(start, stop, stop - start), size))
    finally:
        source.close()


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_each_line_is_in_the_span_in_which_it_begins(tmp_path: Path, size: int) -> None:
    data, path = b"".join(LINES), tmp_path / "a.jsonl"
    path.write_bytes(data)
    begins = [0, *(at + 1 for at in range(len(data) - 1) if data[at] == 10)]
    for start in range(len(data)):
        for stop in range(start + 1, len(data) + 1):
            own = [at for at in begins if start <= at < stop]
            after = next((at for at in begins if at >= stop), len(data))
            wanted = data[own[0] : after] if own else b""
            assert _read(path, start, stop, size) == wanted, (start, stop)


def test_parts_have_the_records_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [b'{"text": "%d"}\n' % number for number in range(200)]
    rows[3:3] = [b"\n", b"broken\n", b'{"text": "' + b"x" * 2000 + b'"}\n', b"  \n"]
    path.write_bytes(b"\xef\xbb\xbf" + b"".join(rows))
    reading = Reading(block=100, limit=1000)

    def read(span: Span | None) -> tuple[list[str], list[str], int]:
        with open_shard(path, None, reading._replace(span=span)) as shard:
            blocks = list(shard)
        texts = [record.texts[0] for block in blocks for record in block.records]
        reasons = [reject.reason for block in blocks for reject in block.rejects]
        return texts, reasons, blocks[-1].rows if blocks else 0

    size = path.stat().st_size
    whole = read(None)
    assert len(whole[0]) == 200
    for count in (2, 3, 10, size):
        cuts = [size * n // count for n in range(count + 1)]
        parts = [read(Span(a, b, b - a)) for a, b in pairwise(cuts)]
        assert [text for texts, _, _ in parts for text in texts] == whole[0]
        assert [reason for _, reasons, _ in parts for reason in reasons] == whole[1]
        assert sum(rows for _, _, rows in parts) == whole[2]
        if count == size:
            break
