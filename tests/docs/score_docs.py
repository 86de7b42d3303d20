"""Counts what `scrubber check` finds in the sources of documentation, where little is damaged.

    python tests/docs/score_docs.py [--verdicts FILE] [--show N] [PATH…]

PATH is a page or a folder of pages (.md, .markdown, .rst); without one, those of the packages in
`tests/links/sources.txt`. Printed: bytes, findings by rule and action, and how many there are in a
megabyte; those in code or in URLs, by a judge that knows nothing of scrubber's readers.
`--verdicts` holds what a reader said of findings: lines of path, line, rule and `real` or `false`,
parted by tabs; a `fix` that nobody has read counts as false. Exit 1 beyond `TARGETS`.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "links"))

from literals import ENDINGS, all_prose, in_literal  # noqa: E402
from real_pages import NotFetchedError as NotFetchedError  # noqa: E402
from real_pages import fetched as fetched  # noqa: E402

VERDICTS = HERE / "verdicts.tsv"
CHECK = [sys.executable, "-m", "scrubber", "check", "--format", "jsonl"]

TARGETS = {"false fixes in 10 MB": 1.0, "findings in a MB": 30.0, "in code or URLs": 0.0}
MB = 1_000_000

Found = dict[str, Any]
"""A finding as `check --format jsonl` writes it."""

Verdicts = dict[tuple[str, int, str], str]
"""What a reader said, by path, line and rule."""


@dataclass
class Tally:
    """What was found in some pages."""

    size: int = 0
    pages: int = 0
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)
    literal: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """What the targets are about. One false fix in less than 10 MB says too little."""
        false = self.read["fix", "false"] + self.read["fix", "unread"]
        tens = max(1, math.ceil(self.size / (10 * MB)))
        values = false / tens, sum(self.by_rule.values()) / (self.size / MB), len(self.literal)
        return dict(zip(TARGETS, map(float, values), strict=True))

    @property
    def good(self) -> bool:
        """Whether the targets are met, on at least one page."""
        return bool(self.pages) and all(self.figures[name] <= TARGETS[name] for name in TARGETS)


def pages_of(paths: Iterable[Path]) -> list[Path]:
    """Return the pages in files and folders, sorted."""
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return sorted(file for file in files if file.suffix in ENDINGS and file.is_file())


def verdicts_of(file: Path) -> Verdicts:
    """Return what a file says that a reader said."""
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines() if "\t" in line]
    return {(row[0], int(row[1]), row[2]): row[3] for row in rows}


def score(pages: Sequence[Path], root: Path, verdicts: Verdicts) -> Tally:
    """Return what the command finds in pages, whose paths the verdicts give from `root`."""
    tally = Tally(pages=len(pages), size=sum(page.stat().st_size for page in pages))
    for finding, text, prose in _judged(_run(pages)):
        page = Path(finding["path"])
        place = page.relative_to(root).as_posix(), finding["line"], finding["rule"]
        said = verdicts.get(place, "unread")
        shown = "\t".join([place[0], str(place[1]), place[2], said, finding["action"]])
        shown += "\t" + _excerpt(text, finding)
        tally.by_rule[finding["rule"], finding["action"]] += 1
        tally.read[finding["action"], said] += 1
        tally.shown.append(shown)
        start, end = finding["start"], finding["end"]
        if not prose and in_literal(text, start, end, ENDINGS[page.suffix]):
            tally.literal.append(shown)
    return tally


def _judged(found: Iterable[Found]) -> Iterator[tuple[Found, str, bool]]:
    """Yield the findings, which stand page by page, with the page and whether all are in prose."""
    for path, some in groupby(found, key=itemgetter("path")):
        text, here = Path(path).read_bytes().decode("utf-8"), list(some)
        spans = [(finding["start"], finding["end"]) for finding in here]
        prose = path.endswith(".rst") and all_prose(text, spans)
        yield from ((finding, text, prose) for finding in here)


def _run(pages: Sequence[Path]) -> list[Found]:
    """Return the findings of the command on pages that can be read, in order."""
    found: list[Found] = []
    for at in range(0, len(pages), 500):
        command = [*CHECK, *map(str, pages[at : at + 500])]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if done.returncode not in (0, 1):
            told = shlex.join(command[:6])
            raise RuntimeError(f"{told} … ended with {done.returncode}: {done.stderr[-2000:]}")
        found += [json.loads(line) for line in done.stdout.split("\n") if line.strip()]
    return found


def _excerpt(text: str, finding: Found) -> str:
    start, end = finding["start"], finding["end"]
    cut = f"{text[max(0, start - 50) : start]}⟦{text[start:end]}⟧{text[end : end + 40]}"
    offered = finding["proposals"][:1]
    return " ".join(f"{cut} → {offered}".replace("\n", "⏎").split())


def main() -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--verdicts", type=Path, default=VERDICTS)
    parser.add_argument("--show", type=int, default=0, help="so many findings, in context")
    parser.add_argument("--cache", type=Path, default=Path(".pytest_cache/real-pages"))
    asked = parser.parse_args()
    paths = asked.paths or [fetched(asked.cache)]
    root = paths[0] if len(paths) == 1 and paths[0].is_dir() else Path()
    tally = score(pages_of(paths), root, verdicts_of(asked.verdicts))
    _print(tally, asked.show)
    return 0 if tally.good else 1


def _print(tally: Tally, most: int) -> None:
    size = tally.size / MB
    print(f"{tally.pages} pages, {tally.size} bytes, {sum(tally.by_rule.values())} findings")
    for (rule, action), count in tally.by_rule.most_common():
        print(f"  {count:6} {count / size:7.2f} in a MB  {action:7} {rule}")
    for (action, said), count in sorted(tally.read.items()):
        print(f"  {count:6} {action}: {said}")
    for name, value in tally.figures.items():
        print(f"  {value:9.2f} {name} (target {TARGETS[name]:g})")
    for line in tally.literal:
        print(f"    in code or a URL: {line}")
    for line in tally.shown[:most]:
        print(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
