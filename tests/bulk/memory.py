"""Measures how much memory a worker of `scrubber clean` takes at most.

    python tests/bulk/memory.py [MEGABYTES]

On a shard of so many megabytes (2,000) of JSON Lines, a third of whose records are damaged and in
which a name out of three is a new word, so that all that is remembered of words fills up; on a
record of 200 MB in JSON Lines; and on one in Parquet, beside the least that pyarrow takes to read
and write it: without dictionaries and statistics, with its reader given up before it writes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import prose

DRAWN = 60_000_000
"""Bytes of prose that are drawn, and then repeated with other names."""
RECORD = 200_000_000
"""Bytes of a large record."""

_NAME = re.compile(rb"(?<=[a-z,] )[A-Z][a-z]{3,}(?=[ ,.])")
_SYLLABLES = b"ba ce di fo gu ha ke li mo nu pa re si to vu".split()

PYARROW = """
import sys, pyarrow as pa, pyarrow.parquet as pq
pa.set_memory_pool(pa.system_memory_pool())
file = pq.ParquetFile(sys.argv[1], pre_buffer=False, buffer_size=1 << 20)
plain = {"use_dictionary": False, "write_statistics": False}
with pq.ParquetWriter(sys.argv[2], file.schema_arrow, compression="zstd", **plain) as out:
    batches = file.iter_batches(use_threads=False)
    table = pa.Table.from_batches([next(batches)])
    del batches
    out.write_table(table)
"""


def peak(command: list[str]) -> int:
    """Return the megabytes that a command had in memory at most."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = os.wait4(process.pid, 0)[2]
    return used.ru_maxrss // 1024


def clean(source: Path, out: Path) -> list[str]:
    """Return the command that cleans with one worker."""
    scrubber = [sys.executable, "-m", "scrubber"]
    return [*scrubber, "clean", "-q", "--workers", "1", str(source), "-o", str(out)]


def renamed(content: bytes, turn: int) -> bytes:
    """Return prose in which every third name is a word that is in no other turn, most of them."""
    met = 0

    def other(hit: re.Match[bytes]) -> bytes:
        nonlocal met
        met += 1
        number = (met * 2654435761 + turn * 40503) & 0xFFFFFFFF
        parts = [_SYLLABLES[(number >> shift) % len(_SYLLABLES)] for shift in (0, 8, 16, 24)]
        return hit[0] if met % 3 else hit[0][:4] + b"".join(parts)

    return _NAME.sub(other, content)


def large() -> str:
    """Return a text of 200 MB of prose."""
    text = "\n\n".join(text for text, _ in islice(prose.texts(3, 0.3), 200))
    return (text * (RECORD // len(text) + 1))[:RECORD]


def shard(path: Path, size: int) -> None:
    """Write a shard of so many megabytes."""
    prose.write(path, min(DRAWN, size * 1_000_000), damaged=0.34)
    content = path.read_bytes()
    with path.open("wb") as file:
        for turn in range(max(1, size * 1_000_000 // DRAWN)):
            file.write(renamed(content, turn))


def record(path: Path) -> None:
    """Write a large record as JSON Lines."""
    path.write_text(json.dumps({"text": large()}) + "\n")


def parquet(path: Path, others: int) -> None:
    """Write a large record as Parquet, among so many others."""
    import pyarrow
    import pyarrow.parquet

    texts = [text for text, _ in islice(prose.texts(3, 0.3), others)]
    column = [*texts[: others // 2], large(), *texts[others // 2 :]]
    table = pyarrow.table({"id": [str(n) for n in range(len(column))], "text": column})
    pyarrow.parquet.write_table(table, path, compression="zstd")


def apart(work: Callable[..., None], *given: Any) -> None:
    """Do something in another process: a command's peak is at least that of who begins it."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given)
    process.start()
    process.join()
    assert not process.exitcode


def main() -> None:
    """Print the peaks."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["SCRUBBER_CACHE_DIR"] = str(folder / "cache")
        lines, one = folder / "shard.jsonl", folder / "one.jsonl"
        apart(shard, lines, size)
        print(f"a shard of {size:,} MB: {peak(clean(lines, folder / 'shard'))} MB", flush=True)
        apart(record, one)
        print(f"a record of 200 MB: {peak(clean(one, folder / 'one'))} MB", flush=True)
        for others in (0, 200):
            path = folder / f"{others}.parquet"
            apart(parquet, path, others)
            own = peak(clean(path, folder / path.stem))
            least = peak([sys.executable, "-c", PYARROW, str(path), str(folder / "least")])
            told = f"{own} MB, {own / least:.2f} of pyarrow's {least}"
            print(f"in Parquet, among {others} others: {told}", flush=True)


if __name__ == "__main__":
    main()
