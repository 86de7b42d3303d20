"""Scores `scrubber check` on pages damaged where their links stand.

    python tests/links/score_links.py [--markup markdown] [--pages N] [--show N] PATH…

PATH is a page or a folder of pages (.md, .markdown, .html, .htm); `--convert` makes HTML of the
Markdown pages too. Found: a finding touches the place. Fixed: a finding of action `fix` whose
first proposal gives the good text, or opens the seam where the next word's case was changed too.
Wrong: a `fix` that touches a place and gives another text, or that touches a sound link. The
share of wrong ones is of the damages. `--slips FILE` holds fragments of the pages, one a line, in
which glue was there before and was read. Exit 1 below `TARGETS`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from link_pairs import Damage, Pair, pair, repaired
from link_places import Link, Markup, links
from markdown_it import MarkdownIt

TARGETS = {"found": 0.98, "fixed": 0.95, "wrong": 0.002}
ENDINGS: dict[str, Markup] = {".md": "markdown", ".markdown": "markdown"}
ENDINGS |= {".html": "html", ".htm": "html"}
CHECK = shlex.join([sys.executable, "-m", "scrubber", "check", "--format", "jsonl"])

Page = tuple[str, Markup, Pair]
"""A pair with the name of its file."""

Found = dict[str, Any]
"""A finding as `check --format jsonl` writes it."""


@dataclass
class Tally:
    """What became of the damages and of the sound links."""

    counts: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def share(self, name: str) -> float:
        """Return a count as a share of the damages; 0 where there is none."""
        return self.counts[name] / self.counts["damages"] if self.counts["damages"] else 0.0

    @property
    def good(self) -> bool:
        """Whether the targets are met, on at least one damage."""
        enough = all(self.share(name) >= TARGETS[name] for name in ("found", "fixed"))
        return bool(self.counts["damages"]) and enough and self.share("wrong") <= TARGETS["wrong"]


def score(
    made: Pair, markup: Markup, findings: Iterable[Found], tally: Tally, slips: Sequence[str] = ()
) -> None:
    """Count what the findings do to one damaged page.

    `slips` are fragments of pages in which the author's own glue has been read and is a defect:
    what is found there counts as nothing.
    """
    spans = [one.span() for slip in slips for one in re.finditer(re.escape(slip), made.damaged)]
    findings = [
        one for one in findings if not any(s <= one["start"] and one["end"] <= e for s, e in spans)
    ]
    for damage in made.truth:
        if damage.kind == "glue":
            near = [finding for finding in findings if _touches(finding, damage)]
            fixed = any(_fixes(made, finding) for finding in near if finding["action"] == "fix")
            offered = any(_fixes(made, finding) for finding in near)
            tally.counts.update({"damages": 1, damage.mechanism: 1, "found": bool(near)})
            tally.counts.update({"fixed": fixed, f"fixed {damage.mechanism}": fixed})
            tally.counts.update({"offered": offered, f"found {damage.mechanism}": bool(near)})
            outcome = "missed" if not near else "" if fixed else "unfixed"
            if outcome:
                tally.shown[outcome].append(_excerpt(made.damaged, damage.start, damage.end))
    found = links(made.damaged, markup)
    tally.counts.update({"pages": 1, "links": len(found)})
    for finding in findings:
        if finding["action"] == "fix" and (verdict := _verdict(made, finding, found)):
            tally.counts[verdict] += 1
            excerpt = _excerpt(made.damaged, finding["start"], finding["end"])
            tally.shown[verdict].append(
                f"{excerpt} → {finding['proposals'][:1]} {finding['rule']} {finding['path']}"
            )


def _touches(finding: Found, damage: Damage) -> bool:
    return bool(finding["start"] <= damage.end + 1 and damage.start - 1 <= finding["end"])


def _verdict(made: Pair, finding: Found, found: Sequence[Link]) -> str:
    """Return `wrong`, `elsewhere` (away from all links), or nothing for a repair."""
    if any(_touches(finding, damage) for damage in made.truth):
        return "" if _fixes(made, finding) else "wrong"
    hit = any(finding["start"] <= one.end and one.start <= finding["end"] for one in found)
    return "wrong" if hit else "elsewhere"


def _fixes(made: Pair, finding: Found) -> bool:
    """Whether the first proposal repairs all damages that it touches and changes nothing else."""
    if not finding["proposals"]:
        return False
    inside = [damage for damage in made.truth if _touches(finding, damage)]
    start = min([finding["start"], *(damage.start for damage in inside)])
    end = max([finding["end"], *(damage.end for damage in inside)])
    old = made.damaged[start:end]
    moved = [one._replace(start=one.start - start, end=one.end - start) for one in inside]
    want = repaired(old, moved)
    page = made.damaged
    got = page[start : finding["start"]] + finding["proposals"][0] + page[finding["end"] : end]
    if got == want:
        return True
    recased = any(damage.end > damage.start for damage in inside)
    return recased and any(char.isspace() for char in got) and _bare(got) == _bare(want)


def _bare(text: str) -> list[str]:
    """Return a text's words in lower case, without the marks that a joint may get.

    >>> _bare("[treaty](u). But") == _bare("[treaty](u), but") == _bare("[treaty](u) but")
    True
    """
    return [bare for word in text.lower().split() if (bare := word.rstrip(",.;:"))]


def _excerpt(text: str, start: int, end: int) -> str:
    cut = f"{text[max(0, start - 40) : start]}⟦{text[start:end]}⟧{text[end : end + 30]}"
    return cut.replace("\n", "⏎")


def made_of(paths: Iterable[Path], convert: bool, seed: str) -> Iterator[Page]:
    """Return the pairs of the pages, in an order that the seed draws."""
    drawn = sorted(paths)
    random.Random(seed).shuffle(drawn)
    for number, path in enumerate(drawn):
        text = path.read_bytes().decode("utf-8")
        markup = ENDINGS[path.suffix]
        pages: list[tuple[Markup, str]] = [(markup, text)]
        if convert and markup == "markdown":
            body = MarkdownIt("commonmark").enable("table").render(text)
            pages.append(("html", f"<!DOCTYPE html>\n<html><body>\n{body}</body></html>\n"))
        for kind, page in pages:
            made = pair(page, kind, f"{seed}/{len(page)}/{page[:200]}")
            if made:
                ending = ".md" if kind == "markdown" else ".html"
                yield f"{number:05}-{path.stem}{ending}", kind, made


def run(pairs: Sequence[Page], command: str = CHECK) -> dict[str, list[Found]]:
    """Return the findings of the command on damaged pages, by the page's name."""
    found: dict[str, list[Found]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for name, _, made in pairs:
            Path(folder, name).write_bytes(made.damaged.encode("utf-8"))
        for at in range(0, len(pairs), 500):
            names = [name for name, _, _ in pairs[at : at + 500]]
            done = subprocess.run(
                [*shlex.split(command), *names],
                cwd=folder,
                env=os.environ,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            if done.returncode not in (0, 1):
                raise RuntimeError(done.stderr[-2000:])
            for line in done.stdout.split("\n"):
                if line.strip():
                    finding = json.loads(line)
                    found[finding["path"]].append(finding)
    return found


def scored(
    pairs: Sequence[Page], command: str = CHECK, slips: Sequence[str] = ()
) -> dict[str, Tally]:
    """Return what the command does to damaged pages, by markup."""
    found = run(pairs, command)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name, markup, made in pairs:
        score(made, markup, found.get(name, []), tallies[markup], slips)
    return tallies


def main() -> int:
    """Print what was found, fixed and wrong in each markup."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--markup", choices=["markdown", "html"])
    parser.add_argument("--convert", action="store_true", help="HTML of the Markdown pages too")
    parser.add_argument("--pages", type=int, help="at most so many of each markup")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--show", type=int, default=0, help="so many of each outcome, in context")
    parser.add_argument("--command", default=CHECK)
    parser.add_argument("--slips", type=Path, help="fragments with glue of the author's own")
    asked = parser.parse_args()
    files = [p for path in asked.paths for p in (path.rglob("*") if path.is_dir() else [path])]
    pages = [p for p in files if p.suffix in ENDINGS and p.is_file()]
    kept: list[Page] = []
    left = dict.fromkeys(("markdown", "html"), asked.pages or len(pages))
    for one in made_of(pages, asked.convert, asked.seed):
        if asked.markup in (None, one[1]) and left[one[1]]:
            left[one[1]] -= 1
            kept.append(one)
        if not any(left[markup] for markup in left if asked.markup in (None, markup)):
            break
    slips = asked.slips.read_text(encoding="utf-8").splitlines() if asked.slips else []
    tallies = scored(kept, asked.command, [slip for slip in slips if slip])
    for markup, tally in tallies.items():
        _show(markup, tally, asked.show)
    return 0 if tallies and all(tally.good for tally in tallies.values()) else 1


def _show(markup: str, tally: Tally, most: int) -> None:
    counts = tally.counts
    print(
        f"{markup}: {counts['pages']} pages, {counts['links']} links, {counts['damages']} damages"
    )
    for name in ("found", "offered", "fixed", "wrong"):
        target = f"  (target {TARGETS[name]:.1%})" if name in TARGETS else ""
        print(f"  {name:9} {counts[name]:6}  {tally.share(name):6.1%}{target}")
    print(f"  elsewhere {counts['elsewhere']:6}  fixes away from links, to be read")
    for mechanism in ("after", "before", "segmt"):
        n = counts[mechanism]
        print(f"  {mechanism:9} {n:6}", end="")
        for name in ("found", "fixed"):
            print(f"  {name} {counts[f'{name} {mechanism}'] / n if n else 0:6.1%}", end="")
        print()
    for outcome, places in sorted(tally.shown.items()):
        for place in places[:most]:
            print(f"    {outcome}: {place}")


if __name__ == "__main__":
    sys.exit(main())
