"""Records of English prose as web pages hold it, as many as are wanted, some of them damaged.

The prose is that of the clean English texts of `../shared/eval/dev` where they are there, else that
of `corpus/clean`; paragraphs are drawn, names in them replaced by new ones (so that new words go on
coming, as they do on the web), quotation marks curled, accents and dashes strewn in. The same seed
gives the same records.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "eval" / "dev" / "clean"
NAMES = ("en_gum_written", "en_abc_rural", "en_pud")
LENGTH = 3400
"""Code points of a record, about: the mean of 14,776 web pages (shared/facts/performance.md)."""

_SYLLABLES = (
    "ka ren dor mel vin tas lo bri sha nor wick ham ley ton el ma ri sto pe dra gus fen hol ber"
).split()
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?=[ ,.])")
_FUNCTION_WORDS = "who which that because when where and but with from".split()


def paragraphs() -> list[str]:
    """Return paragraphs of clean prose."""
    files = [SHARED / f"{name}.txt" for name in NAMES]
    if not SHARED.is_dir():
        files = sorted((ROOT / "corpus" / "clean").glob("*.txt"))
    found: list[str] = []
    for file in files:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").split("\n")]
        block: list[str] = []
        for line in lines:
            block.append(line)
            if sum(map(len, block)) > 300:
                found.append("\n".join(part for part in block if part))
                block = []
    return found


def texts(seed: int, damaged: float) -> Iterator[tuple[str, bool]]:
    """Yield texts without end, and whether each was damaged, of which `damaged` is the share."""
    draw = random.Random(seed)
    drawn = paragraphs()
    while True:
        parts: list[str] = []
        at = draw.randrange(len(drawn))
        while sum(map(len, parts)) < draw.gauss(LENGTH, LENGTH / 3):
            parts.append(drawn[at % len(drawn)])
            at += 1 if draw.random() < 0.8 else draw.randrange(len(drawn))
        text = _renamed(draw, "\n\n".join(parts or [drawn[at % len(drawn)]]))
        text = _typeset(draw, text)
        hurt = draw.random() < damaged
        yield (draw.choice(DAMAGES)(draw, text) if hurt else text), hurt


def _renamed(draw: random.Random, text: str) -> str:
    made: dict[str, str] = {}

    def other(hit: re.Match[str]) -> str:
        if hit[0] not in made:
            new = "".join(draw.choices(_SYLLABLES, k=draw.choice((2, 2, 3)))).capitalize()
            made[hit[0]] = new if draw.random() < 0.15 else hit[0]
        return made[hit[0]]

    return _NAME.sub(other, text)


def _typeset(draw: random.Random, text: str) -> str:
    if draw.random() < 0.7:
        text = re.sub(r'(?<=[\s(])"(?=\w)|^"(?=\w)', "“", text, flags=re.MULTILINE)
        text = re.sub(r'(?<=[\w.,!?])"', "”", text).replace("'", "’")
    if draw.random() < 0.3:
        text = text.replace(" - ", " — ").replace("cafe", "café").replace("...", "…")
    return text


_JOINT = re.compile(rf"(?<=[a-z]{{4}}) (?=(?:{'|'.join(_FUNCTION_WORDS)}) )")
_STOP = re.compile(r"(?<=[a-z]{3}\.) (?=(?:The|It|They|In|He|But) )")


def _places(draw: random.Random, pattern: re.Pattern[str], text: str) -> list[int]:
    """One to three places of a text that a pattern fits, the last first."""
    places = [hit.start() for hit in pattern.finditer(text)]
    return sorted(draw.sample(places, min(len(places), draw.choice((1, 2, 3)))), reverse=True)


def _glued(draw: random.Random, text: str) -> str:
    for at in _places(draw, _JOINT, text):
        after = text[at + 1 :]
        text = text[:at] + (after.capitalize()[0] if draw.random() < 0.5 else after[0]) + after[1:]
    return text


def _stopped(draw: random.Random, text: str) -> str:
    for at in _places(draw, _STOP, text):
        text = text[:at] + text[at + 1 :]
    return text


_FOOTERS = ("Source link", "View source", "Continue reading", "Share this:")


def _footed(draw: random.Random, text: str) -> str:
    return f"{text}\n\n{draw.choice(_FOOTERS)}"


def _pictured(draw: random.Random, text: str) -> str:
    at = text.find("\n\n") + 2
    line = draw.choice(
        (
            f"https://cdn.example.org/{draw.randrange(10**6)}/harbour.jpg",
            "Photo: Getty Images",
            "Advertisement",
        )
    )
    return text[:at] + line + "\n\n" + text[at:] if at > 1 else text


def _misread(draw: random.Random, text: str) -> str:
    if text.isascii():
        text = text.replace("'", "’").replace(" - ", " — ")
    if draw.random() < 0.5:
        return text.encode("utf-8").decode("cp1252", "replace")
    return text.replace("’", "â€™")


def _escaped(draw: random.Random, text: str) -> str:
    return text.replace(" and ", " &amp; ", draw.choice((1, 2))).replace("“", "&ldquo;", 1)


DAMAGES: tuple[Callable[[random.Random, str], str], ...] = (
    _glued,
    _stopped,
    _footed,
    _pictured,
    _misread,
    _escaped,
)


def write(path: Path, size: int, *, damaged: float, seed: int = 7) -> int:
    """Write a JSON Lines file of about `size` bytes; return how many records are damaged."""
    hurt = written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (text, was) in enumerate(texts(seed, damaged)):
            line = json.dumps(
                {
                    "id": f"page-{number}",
                    "url": f"https://www.site{number % 97}.example/{number}",
                    "text": text,
                },
                ensure_ascii=False,
            )
            written += len(line.encode()) + 1
            hurt += was
            file.write(line + "\n")
            if written >= size:
                return hurt
    return hurt
