"""Plain texts put into markup, with links and code in them: nothing of that may be touched."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

DEV = Path(__file__).resolve().parents[3] / "shared" / "eval" / "dev"


_IN_MARKDOWN = (
    *["[{}](https://seaBut.example/theMayor_whoSaid)"] * 4,
    *("*{}*", "**{}**", "***{}***", "{} `treatyBut()`", "{} `treatyBut()`"),
    *("{} <b title='the the'>or</b>", "{} ![the the harbourBut](a.png)"),
    "{} {{{{ theMayor|the the }}}}",
)
_IN_RST = (
    *["`{} <https://seaBut.example/theMayor_whoSaid>`__"] * 4,
    *(":ref:`{} <theMayor>`", "*{}*", "**{}**", "{} ``treatyBut()``", "{} :func:`treatyBut`"),
    *("{} |theMayor|", "{} `treatyBut the`_", "{} [#]_", "{} `seaBut the`"),
)


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


def in_rst(text: str, seed: int) -> str:
    """Return a text as reStructuredText, with titles, lists, notes, links and code at random."""
    dice = random.Random(seed)
    parts = ["A page of the harbour", "=====================", ""]
    for paragraph in text.split("\n"):
        if not paragraph.strip():
            continue
        said = _words(re.sub(r"([*`|_\\\\])", r"\\\1", paragraph).strip(), dice, _IN_RST)
        head = dice.choice(["", "", "", "- ", "#. ", "   ", ".. note:: ", ":field: ", ".. [#] "])
        if head == ".. note:: " and dice.random() < 0.5:
            head += "\n\n   "
        if dice.random() < 0.2:
            parts += [said, "-" * (len(said) + dice.choice([0, 0, 3])), ""]
        else:
            parts += [head + said, ""]
        if dice.random() < 0.2:
            parts += [".. code-block:: python", "", "   theMayor.treatyBut  # the the", ""]
        if dice.random() < 0.1:
            parts += [".. image:: treatyBut.png", "   :target: theMayor", ""]
        if dice.random() < 0.1:
            parts += ["=====  =====", "one    treatyBut the the", "=====  =====", ""]
    return "\n".join(parts) + "\n"


def _words(paragraph: str, dice: random.Random, ways: Sequence[str] = _IN_MARKDOWN) -> str:
    """A paragraph with some of its words in links, emphasis and code."""
    words = paragraph.split(" ")
    at = 0
    while at < len(words):
        span = dice.randint(1, 3)
        group = " ".join(words[at : at + span])
        chance = dice.random()
        if chance < 0.12 and group.strip() and not set(group) & set("[]()<>`*_\\|"):
            group = dice.choice(ways).format(group)
        words[at : at + span] = [group]
        at += 1
    return " ".join(words)


def in_subtitles(text: str, seed: int, *, web: bool = False) -> str:
    """Return a text as subtitles, SubRip's or WebVTT's: cues of one or two lines, with tags."""
    dice = random.Random(seed)
    words = text.replace("-->", "").replace("<", "").replace("&", "").split()
    parts = ["WEBVTT - seaBut", "", "NOTE the the treatyBut", ""] if web else []
    number = at = 0
    while at < len(words):
        number += 1
        stamp = f"{number // 60:02}:{number % 60:02}{'.' if web else ','}000"
        parts += [str(number), f"00:{stamp} --> 00:{stamp}{' align:start' if web else ''}"]
        for _ in range(dice.randint(1, 2)):
            size = dice.randint(4, 9)
            line = " ".join(words[at : at + size])
            chance = dice.random()
            if chance < 0.1:
                line = f"<i>{line}</i>"
            elif chance < 0.15:
                line = f"<v treatyBut the the>{line}" if web else f"{{\\an8}}{line}"
            elif chance < 0.2:
                line = f"- {line}"
            parts.append(line)
            at += size
            if at >= len(words):
                break
        parts.append("")
    return "\n".join(parts) + "\n"


def in_catalogue(text: str, seed: int) -> str:
    """Return a text as a gettext catalogue: translations with escapes, placeholders and tags."""
    dice = random.Random(seed)
    parts = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"', ""]
    for number, paragraph in enumerate(
        re.sub(r"[\x0b-\x1e\x85\u2028\u2029]", "", text).split("\n")
    ):
        words = [word.replace("\\", "\\\\").replace('"', '\\"') for word in paragraph.split(" ")]
        for at in range(0, len(words), 5):
            words[at] += dice.choice(
                ["", "", "", "", "", " %(theMayor)s", "\\n", " <b>or</b>", " {seaBut}", " _Boat"]
            )
        lines, said = [""], " ".join(words).split(" ")
        while said:
            size = dice.randint(5, 12)
            lines.append(" ".join(said[:size]) + (" " if said[size:] else ""))
            said = said[size:]
        flag = dice.choice(["#, python-format", "#, fuzzy", "#: a/the.the:1", "# the treatyBut"])
        parts += [flag, f'msgid "{number} the the treatyBut"']
        parts += ["msgstr " + "\n".join(f'"{line}"' for line in lines), ""]
        parts += [f'#~ msgid "{number}"', '#~ msgstr "the mayor signed the treatyBut"', ""]
    return "\n".join(parts)


def in_asciidoc(text: str, seed: int) -> str:
    """Return a text as AsciiDoc: sections, lists, tables, listings, links and code at random."""
    dice = random.Random(seed)
    parts: list[str] = []
    for paragraph in text.split("\n"):
        paragraph = re.sub(r"[^\w\s.,;:!?’“”„»«()-]|--|::+|\.\.+|^[\s.]+", " ", paragraph).strip()
        if not paragraph[:1].isalpha() or paragraph[1:2] in ".)":
            continue
        head = dice.choice(["", "", "", "", "* ", ". ", "NOTE: ", "treatyBut:: ", "|===\n|"])
        parts += [head + _marked(paragraph, dice), *(["|==="] if "|" in head else []), ""]
        if dice.random() < 0.2:
            parts += ["[source,python]", "----", "print(theMayor.treatyBut)  # the the", "----", ""]
        if dice.random() < 0.1:
            parts += ["// the treatyBut", ":seaBut: the the", "", " the treatyBut", ""]
        if dice.random() < 0.1:
            parts += [
                "____",
                "The the treatyBut of them.",
                "____",
                "",
                "....",
                "treatyBut",
                "....",
                "",
            ]
        if dice.random() < 0.1:
            parts += [".A name of the harbour", "image::seaBut.png[A boat of the harbour]", ""]
    return "\n".join(parts) + "\n"


def _marked(paragraph: str, dice: random.Random) -> str:
    """A paragraph with some of its words in AsciiDoc's links, emphasis and code."""
    words = paragraph.split()
    for at in range(1, len(words) - 1, 2):
        chance, word = dice.random(), words[at]
        if not word.isalpha():
            continue
        if chance < 0.06:
            words[at] = f"https://seaBut.example/theMayor[{word}]"
        elif chance < 0.08:
            words[at] = f"<<seaBut,{word}>>"
        elif chance < 0.12:
            words[at] = dice.choice(["*{}*", "_{}_"]).format(word)
        elif chance < 0.14:
            words[at] += dice.choice([" `treatyBut`", " {seaBut}", " image:the.png[the]", " ^2^"])
        elif chance < 0.18:
            words[at] += "\n"
    return " ".join(words).replace("\n ", "\n")


def deadline() -> int:
    """Return how many texts a property test takes: more where `SCRUBBER_THOROUGH` is set."""
    return 400 if os.environ.get("SCRUBBER_THOROUGH") else 60
