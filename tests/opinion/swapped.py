"""News prose as it was written, with each pronoun that may be swapped: natural and swapped texts.

The swapped text of a place has one other pronoun there and is else the same. What a model answers
about it is what it answers about the natural one, turned round (`test_runner` holds that).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from scrubber import lexicon
from scrubber.model import Document
from scrubber.opinion import pronouns
from scrubber.opinion.pronouns import GENDER, Pronoun

LINES = 40
"""Lines of a clean file that are one text: some ten short news reports."""

PERSONS, THINGS = 1040, 200
"""How many places of persons and of things are drawn, of all that there are: texts by chance, each
with all of its places, so that a model reads what they share once. Persons only of texts that tell
of women, who else would be few; most of these tell of men too, and are harder than others."""

_BODY = re.compile(
    r"\b(?:ministry|government|company|agency|commission|committee|parliament|bank|council|airline"
    r"|union|federation|association|institute|university|organi[sz]ation|authority|department"
    r"|corporation|state|country|group|board)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|his|her|him|who|Mr|Mrs|Ms|Dr)\b")
_EMPTY = re.compile(
    r"['’]s|['’]ll|\s(?:is|was|will be|would be|has been)\s(?:\w+\s){0,2}(?:that|to|for|time)\b"
)


class Place(NamedTuple):
    """A pronoun in a text; `half` tells texts to calibrate on from those to report on."""

    document: Document
    pronoun: Pronoun
    half: int


def places(dev: Path, seed: int = 1) -> list[Place]:
    """Return places drawn from the clean news prose under `dev`, text by text."""
    every = list(texts(dev))
    random.Random(seed).shuffle(every)
    left = {"person": PERSONS, "thing": THINGS}
    drawn = []
    for text, half in every:
        if max(left.values()) <= 0:
            break
        document = Document(text, given_language="en")
        held = list(pronouns.pronouns(document))
        genders = [GENDER[found.word.lower()] for found in held]
        for found, gender in zip(held, genders, strict=True):
            fits = _stands_for_a_body(text, found) if gender == "n" else "f" in genders
            kind = "thing" if gender == "n" else "person"
            if left[kind] > 0 and fits:
                left[kind] -= 1
                drawn.append(Place(document, found, half))
    return drawn


def half(page: str) -> int:
    """Return which half a page is in, by its name; what is a part of one is in the same.

    >>> half("a/b.html#1") == half("a/b.html#2")
    True
    """
    return crc32(page.partition("#")[0].encode()) % 2


def texts(dev: Path) -> Iterator[tuple[str, int]]:
    """Yield the clean news prose, each text with its half."""
    lines = (dev / "clean" / "en_abc_rural.txt").read_text(encoding="utf-8").split("\n")
    for number, at in enumerate(range(0, len(lines), LINES)):
        yield "\n".join(lines[at : at + LINES]), number % 2
    seen = set()
    for line in (dev / "pairs_news.jsonl").read_text(encoding="utf-8").split("\n"):
        row = json.loads(line) if line else {"lang": ""}
        if row["lang"] != "en":
            continue
        text = row["text"]
        for edit in sorted(row["edits"], key=lambda edit: -edit["start"]):
            text = text[: edit["start"]] + edit["new"][0] + text[edit["end"] :]
        if text not in seen:
            seen.add(text)
            yield text, half(row["id"])


def _stands_for_a_body(text: str, found: Pronoun) -> bool:
    """Whether a sentence names a country, a city or a body before its "it", and no person."""
    start, end = found.question.start, found.question.end
    head = re.split(r"[.!?]\s|\n", text[:start])[-1]
    named = _BODY.search(head) or any(
        re.search(rf"\b{re.escape(place)}\b", head)
        for place in lexicon.places()
        if place[0].isupper() and place in head
    )
    around = head + re.split(r"[.!?]\s|\n", text[end:])[0]
    return bool(named) and not _PERSON.search(around) and not _EMPTY.match(text, end)
