"""Plain texts put into markup, with links and code in them: nothing of that may be touched."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[3] / "shared" / "eval" / "dev"


def dev_texts(count: int, seed: int) -> Iterator[str]:
    """Yield some of the labelled texts; skips the test, loudly, where they are not at hand."""
    if not DEV.is_dir():
        pytest.skip(f"needs the labelled texts in {DEV}")
    found: list[str] = []
    for name in ("pairs_news", "pairs_tech", "pairs_langs", "gold"):
        with open(DEV / f"{name}.jsonl", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    dice = random.Random(seed)
    yield from dice.sample(found, min(count, len(found)))


def in_markdown(text: str, seed: int) -> str:
    """Return a text as Markdown, with headings, lists, tables, links and code at random."""
    dice = random.Random(seed)
    parts = ["---", "title: A page of the harbour", "tags: [treatyBut, seaWho]", "---", ""]
    for paragraph in text.split("\n"):
        if not paragraph.strip():
            parts.append("")
            continue
        head = dice.choice(["", "", "", "", "## ", "- ", "> ", "1. ", "* "])
        parts += [head + _words(paragraph, dice), ""]
        if dice.random() < 0.2:
            parts += ["```python", "print(theMayor.treatyBut)  # the the", "```", ""]
        if dice.random() < 0.1:
            parts += ["| a | b |", "|---|---|", f"| {_words('one two three', dice)} | seaBut |", ""]
        if dice.random() < 0.1:
            parts += ["<div class=seaBut>", "treatyBut the the", "</div>", ""]
    return "\n".join(parts) + "\n"


def _words(paragraph: str, dice: random.Random) -> str:
    """A paragraph with some of its words in links, emphasis and code."""
    words = paragraph.split(" ")
    at = 0
    while at < len(words):
        span = dice.randint(1, 3)
        group = " ".join(words[at : at + span])
        chance = dice.random()
        if group.strip() and not set(group) & set("[]()<>`*_\\|"):
            if chance < 0.04:
                group = f"[{group}](https://seaBut.example/theMayor_whoSaid)"
            elif chance < 0.07:
                group = dice.choice(["*{}*", "**{}**", "***{}***"]).format(group)
            elif chance < 0.09:
                group += " `treatyBut()`"
            elif chance < 0.10:
                group += " <b title='the the'>or</b>"
            elif chance < 0.11:
                group += " ![the the harbourBut](a.png)"
            elif chance < 0.12:
                group += " {{ theMayor|the the }}"
        words[at : at + span] = [group]
        at += 1
    return " ".join(words)


def deadline() -> int:
    """Return how many texts a property test takes: more where `SCRUBBER_THOROUGH` is set."""
    return 400 if os.environ.get("SCRUBBER_THOROUGH") else 60
