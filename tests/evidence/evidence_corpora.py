"""Made-up corpora: texts with their sites, and what they come to when they are counted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from scrubber.evidence import counts
from scrubber.evidence.counting import Counter, Sums
from scrubber.evidence.rows import MOST

Text = tuple[str, str | None]

PLACES = ("mill", "quay", "weir", "barn", "lock", "farm", "ford", "pier", "kiln", "yard")
SITES = tuple(f"{place}.example" for place in PLACES)


def sentence(seed: int, word: str) -> str:
    """A sentence with a word in it; another seed gives another one."""
    pick = random.Random(seed).choice
    who = pick(["The baker", "Her uncle", "A pilot", "The clerk", "One rower", "The widow"])
    did = pick(["wrote to", "worked for", "sold boats to", "was never paid by", "walked past"])
    when = pick(["in spring", "on the last day", "after the flood", "with both sons", "at dusk"])
    return f"{who} of the {pick(PLACES)} {did} {word} {when}, and the {pick(PLACES)} was closed."


def counted(
    path: Path,
    texts: Iterable[Text],
    parts: Sequence[Path] = (),
    most: int = MOST,
    words: int = 0,
) -> counts.Counts:
    """Count texts, with what was counted of others; `words` more are said to stand in them."""
    counter = Counter()
    counter.sums = Sums(0, words)
    for text, site in texts:
        counter.add(text, site)
    with path.open("wb") as file:
        counts.write(file, counter, parts, most)
    return counts.Counts(path)
