"""Measures `scrubber clean` beside `ftfy.fix_text`, on the same records in the same run.

    python tests/bulk/speed.py [MEGABYTES]

Each way is a process of its own that reads JSON Lines and writes JSON Lines, on one core, start-up
and all; what is compared is its CPU time. Two data sets of English prose: 1 % of the records
damaged, and a noisy mix with a third. Where `datatrove` is installed, its FTFYFormatter takes part.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import prose

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


def main() -> None:
    """Print the ratios."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    os.environ["PYTHONHASHSEED"] = "0"
    scrubber = str(Path(sys.executable).with_name("scrubber"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, share in (("1 % damaged", 0.01), ("noisy mix", 0.34)):
            source = folder / "pages.jsonl"
            hurt = prose.write(source, size * 10**6, damaged=share)
            out = str(folder / "cleaned")
            own = seconds([scrubber, "clean", "-q", "--workers", "1", str(source), "-o", out])
            print(f"{what}: {size} MB, {hurt:,} records damaged; scrubber {size / own:.1f} MB/s")
            for other, command in ways(source, folder):
                theirs = seconds(command)
                print(f"    {theirs / own:.1f} times {other} ({size / theirs:.1f} MB/s)")
            subprocess.run(["rm", "-rf", out], check=True)


if __name__ == "__main__":
    main()
