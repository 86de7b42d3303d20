"""Measures `scrubber clean` beside `ftfy.fix_text`, on the same records in the same run.

    python tests/bulk/speed.py [MEGABYTES]

Each way is a process of its own that reads JSON Lines and writes JSON Lines, on one core, start-up
and all; what is compared is its CPU time. Two data sets of English prose: 1 % of the records
damaged, and a noisy mix with a third. Where `datatrove` is installed, its FTFYFormatter takes part.
scrubber runs twice, first with an empty cache folder. Then: the share of clean texts that the gates
do not pass, and two workers beside two runs started together, by wall time.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import prose

from scrubber import packs
from scrubber.bulk.gating import Gated

FTFY = """
import sys, ftfy, json
with open(sys.argv[1], encoding="utf-8") as lines, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in lines:
        record = json.loads(line)
        record["text"] = ftfy.fix_text(record["text"])
        out.write(json.dumps(record, ensure_ascii=False) + "\\n")
"""
DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.formatters import FTFYFormatter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
LocalPipelineExecutor(
    [
        JsonlReader(sys.argv[1], glob_pattern=sys.argv[3]),
        FTFYFormatter(),
        JsonlWriter(sys.argv[2], compression=None),
    ],
    logging_dir=sys.argv[2] + "/logs",
).run()
"""


def seconds(command: list[str]) -> float:
    """Return the CPU time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ways(source: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what is compared with scrubber."""
    yield "ftfy.fix_text", [sys.executable, "-c", FTFY, str(source), str(folder / "ftfy.jsonl")]
    if importlib.util.find_spec("datatrove"):
        out = str(folder / "datatrove")
        yield (
            "datatrove FTFYFormatter",
            [sys.executable, "-c", DATATROVE, str(source.parent), out, source.name],
        )


def flagged(count: int = 3000) -> float:
    """Return the share of clean texts that the gates leave for the rules to look at."""
    gated = Gated([rule for rule in packs.built_in().rules if rule.default])
    texts = [text for text, _ in itertools.islice(prose.texts(11, 0), count)]
    return len(gated.may_fire(texts)) / count


def clean(out: Path, *sources: Path, workers: int = 1) -> list[str]:
    """Return the command that cleans."""
    scrubber = str(Path(sys.executable).with_name("scrubber"))
    return [scrubber, "clean", "-q", "--workers", str(workers), *map(str, sources), "-o", str(out)]


def together(*commands: list[str]) -> float:
    """Return the time that commands take which are started at once."""
    begin = time.perf_counter()
    running = [subprocess.Popen(command) for command in commands]
    if any(process.wait() for process in running):
        raise SystemExit("one of them failed")
    return time.perf_counter() - begin


def two_workers(folder: Path, size: int) -> float:
    """Return the throughput of two workers in parts of that of two runs with half the data each."""
    halves = [folder / name for name in ("a.jsonl", "b.jsonl")]
    for seed, half in enumerate(halves):
        prose.write(half, size * 500_000, damaged=0.01, seed=seed)
    apart = together(*(clean(folder / f"own-{half.stem}", half) for half in halves))
    return apart / together(clean(folder / "both", *halves, workers=2))


def main() -> None:
    """Print the ratios."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, share in (("1 % damaged", 0.01), ("noisy mix", 0.34)):
            source = folder / "pages.jsonl"
            hurt = prose.write(source, size * 10**6, damaged=share)
            os.environ["SCRUBBER_CACHE_DIR"] = str(folder / f"cache-{share}")
            first, own = (seconds(clean(folder / f"{turn}-{share}", source)) for turn in range(2))
            print(f"{what}: {size} MB, {hurt:,} records damaged; scrubber {size / own:.1f} MB/s")
            print(f"    {size / first:.1f} MB/s where nothing is kept of earlier runs")
            others = folder / f"others-{share}"  # datatrove leaves alone what it did there before
            others.mkdir()
            for other, command in ways(source, others):
                theirs = seconds(command)
                rate = size / theirs
                print(
                    f"    {theirs / own:.1f} ({theirs / first:.1f}) times {other} ({rate:.1f} MB/s)"
                )
        print(f"clean texts that the gates leave for the rules: {flagged():.1%}")
        print(f"two workers: {two_workers(folder, size):.2f} of two runs started together")


if __name__ == "__main__":
    main()
