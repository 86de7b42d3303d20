"""Mutated shards of every format: cleaned, counted, taken back; nothing crashes, hangs or is lost.

`python tests/bulk/mutated.py 10000` tries as many, with another seed as second argument.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from shards import cleaned, scribbled
from test_container_arrow_files import _written as arrow
from test_container_jsonl import BROKEN, ODD
from test_container_parquet import _table
from test_container_tables import PLAIN
from test_container_warc import TEXTS, _wet
from test_streams import PACK

from scrubber.bulk.model import Reading, ShardError
from scrubber.bulk.reverting import revert
from scrubber.bulk.streams import Input

LONGEST = 10.0
"""Seconds of processor time that a small shard may take, however it is damaged."""

ODDITIES = [
    *(b'"', b"\\", b"\n", b"\r", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b",", b"\t"),
    *(b"\\ud800", b"\\udc00", b"{", b"[" * 2000, b'"text":"x",', b"9" * 400, b"1e999"),
    *(b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"\r\n\r\n"),
]


def wholes(folder: Path) -> dict[str, bytes]:
    """A whole shard of each format, by its name."""
    lines = [line for line in [*ODD, *BROKEN] if len(line) < 4000]
    pq.write_table(_table(60), folder / "a.parquet", row_group_size=20)
    return {
        "a.jsonl": b"\n".join(lines * 2),
        "a.csv": PLAIN * 3,
        "a.tsv": PLAIN.replace(b",", b"\t") * 3,
        "a.wet": _wet(texts=TEXTS * 2),
        "a.txt": "\n".join(TEXTS).encode(),
        "a.parquet": (folder / "a.parquet").read_bytes(),
        "a.arrow": arrow(folder, _table(60)).read_bytes(),
    }


def mutant(dice: random.Random, whole: bytes) -> bytes:
    """A shard with bytes changed, put in, taken out, doubled or cut off."""
    data = bytearray(whole)
    for _ in range(dice.choice([1, 1, 2, 5, 30])):
        at, kind = dice.randrange(len(data) + 1), dice.randrange(6)
        if kind == 0:
            data[at : at + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            data[at:at] = dice.choice(ODDITIES)
        elif kind == 2:
            del data[at : at + dice.randrange(1, 20)]
        elif kind == 3 and dice.random() < 0.3:
            del data[at:]
        elif kind == 4:
            data[at:at] = data[at : at + dice.randrange(200)]
        elif at < len(data):
            data[at] ^= 1 << dice.randrange(8)
    return bytes(data)


def held(path: Path) -> Any:
    """What a shard holds."""
    if path.suffix == ".parquet":
        return _texts(pq.read_table(path))
    if path.suffix == ".arrow":
        with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
            return _texts(reader.read_all())
    source = Input(path)
    data = source.read(1 << 30)
    source.close()
    return data


def _texts(table: Any) -> list[bytes]:
    """The texts of a table, which may be no UTF-8."""
    found: list[bytes] = table.column("text").cast(pa.binary()).to_pylist()
    return found


def tried(dice: random.Random, folder: Path, name: str, whole: bytes) -> str:
    """What becomes of a mutant.

    Raises:
        AssertionError: it took too long, or something was lost.
    """
    (folder / "out").mkdir(exist_ok=True)
    table = name.endswith((".parquet", ".arrow"))
    kind = "" if table else dice.choice(["", "", *PACK])
    data = mutant(dice, whole)
    if kind:
        data = PACK[kind](data)
        data = mutant(dice, data) if dice.random() < 0.5 else data
    path = folder / f"{name}{dice.choice(['', *PACK]) if dice.random() < 0.05 else kind}"
    path.write_bytes(data)
    reading = Reading(block=dice.choice([100, 5000, 1 << 20]), limit=dice.choice([40, 1 << 24]))
    out, record, back = folder / "out" / path.name, folder / "e.jsonl.zst", folder / "back"
    begun = time.process_time()
    try:
        done = cleaned(path, out, record, scribbled, reading)
    except ShardError:
        return "refused"
    if name != "a.wet":
        told = sum(1 for reject in done.rejects if reject.raw or table)
        assert len(done.records) + told == done.rows
    if not done.changes:
        return "left alone"  # as `clean` copies it, and `revert`
    revert(out, record, back, reading)
    assert time.process_time() - begun < LONGEST
    again = folder / f"again{path.suffix}"
    again.write_bytes(back.read_bytes())
    assert held(again) == held(path)
    return "changed"


def main(count: int, seed: int = 0) -> Counter[str]:
    """Try as many mutants; returns what became of them."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        ways = wholes(Path(folder))
    for at in range(count):
        dice = random.Random(f"{seed} {at}")
        with tempfile.TemporaryDirectory() as folder:
            name = dice.choice(list(ways))
            try:
                found[f"{name} {tried(dice, Path(folder), name, ways[name])}"] += 1
            except Exception as error:
                raise AssertionError(f"mutant {at} of seed {seed}, {name}") from error
    return found


if __name__ == "__main__":
    for what, number in sorted(main(*map(int, sys.argv[1:])).items()):
        print(f"{number:7,}  {what}")
