"""Large files cut into parts that workers take one by one, so that one huge file keeps all busy.

A file of plain JSON Lines is cut by bytes, and a line belongs to the part in which it begins; a
Parquet file by row groups. How it is cut follows from the sizes of all files, not from who works.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from scrubber.bulk.arrow import pyarrow
from scrubber.bulk.at_hand import described
from scrubber.bulk.containers import container_of
from scrubber.bulk.model import ShardError, Span
from scrubber.bulk.plan import Planned
from scrubber.bulk.streams import packing

LEAST, MOST = 64 << 20, 1 << 30
"""Bytes of a part: 4 s of work at 15 MB/s, against 10 ms for its files; and 70 s, which is what is
done again when a machine is lost."""

SHARE = 64
"""Of all bytes, a part is one of so many: enough for as many workers to end at about one time."""


def unit(shards: Sequence[Planned]) -> int:
    """Return how large parts are, in bytes.

    Of a large run only what is larger than 2 GB is cut, for putting parts together costs a second
    look at the file.
    """
    return max(LEAST, min(MOST, sum(shard.size for shard in shards) // SHARE))


def cut(
    shards: Sequence[Planned], size: int, may: Callable[[Planned], bool] = lambda shard: True
) -> tuple[Planned, ...]:
    """Return the same shards with the spans of their parts: of those that `may` be cut, and can.

    Parts are about `size` bytes; what is smaller than two of them stays whole.
    """
    found = []
    for shard in shards:
        spans = _spans(shard, size) if shard.size >= 2 * size and may(shard) else ()
        found.append(shard._replace(spans=spans if len(spans) > 1 else ()))
    return tuple(found)


def _spans(shard: Planned, size: int) -> tuple[Span, ...]:
    kind = container_of(shard.source)
    if kind == "jsonl" and not packing(shard.source):
        count = shard.size // size
        ends = [shard.size * number // count for number in range(count + 1)]
        return tuple(Span(a, b, b - a) for a, b in pairwise(ends))
    if kind == "parquet":
        return _row_groups(shard, size)
    return ()


def _row_groups(shard: Planned, size: int) -> tuple[Span, ...]:
    """Spans of row groups; none of a file that cannot be read, which is told of in its turn."""
    try:
        groups = _group_sizes(pyarrow(), shard)
    except (ShardError, OSError, ValueError):
        return ()
    spans, first, held = list[Span](), 0, 0
    for number, group in enumerate(groups, 1):
        held += group
        if held >= size or number == len(groups):
            spans.append(Span(first, number, held))
            first, held = number, 0
    return tuple(spans)


def _group_sizes(pa: Any, shard: Planned) -> list[int]:
    """The bytes of each row group, as they lie in the file."""
    with described(shard) as path, path.open("rb") as file:
        meta = pa.parquet.read_metadata(file)
    groups = [meta.row_group(number) for number in range(meta.num_row_groups)]
    return [
        sum(group.column(at).total_compressed_size for at in range(group.num_columns))
        for group in groups
    ]
