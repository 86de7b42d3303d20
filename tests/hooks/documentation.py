"""Markdown like that of a project's documentation, as much as is asked for, from what Python ships.

The prose is the paragraphs of the standard library's docstrings, the code its source; headings,
lists, tables and links are ours, and so are some sentences whose names and numbers never come
twice. Left out is what makes damage of itself: lists of definitions, whose lines would run into one
another, and Python's help topics, in which titles stand for references ("in section The try
statement"). With both a quarter of the pages had findings.
"""

from __future__ import annotations

import ast
import os
import re
import sysconfig
import textwrap
from collections.abc import Iterator
from pathlib import Path
from random import Random

_PROSE = re.compile(r"[A-Z][^|{}<>\\`*_=~]{120,1500}[.!?]")
_LEFT_OUT = frozenset("site-packages dist-packages test tests idlelib tkinter lib2to3".split())
_SENTENCES = (
    "Since version {n}.{m}, the {a} of each {b} is read once and kept until the {c} is closed.",
    "It is written to `{a}_{b}.{c}`, which [the guide to {b}]({b}/{c}-{n}.md) describes.",
    "If the {a} has more than {n} parts, see [issue {m}](https://example.org/{a}/{m}) first.",
    "**{n} times** the {a} was measured on a {b} and a {c}, and *none* of them took longer.",
    "Each {b} may hold a {c}; call `{a}({b}, {c}={n})` to find out, or read [{a} and {b}][{c}].",
)


def files(folder: Path, number: int, size: int) -> list[str]:
    """Write so many Markdown files of so many bytes together; return their paths, sorted.

    The same Python gives the same files.
    """
    writer = _Writer(*_material(), Random(number))
    made = []
    for at in range(number):
        path = folder / f"part-{at % 40}" / f"{writer.filled('{a}-{b}')}-{at}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        wanted = int(size / number * writer.random.uniform(0.2, 1.8))
        path.write_text(writer.page(wanted), encoding="utf-8")
        made.append(str(path))
    return sorted(made)


class _Writer:
    """Puts pages together."""

    def __init__(self, prose: list[str], code: list[str], random: Random) -> None:
        self.prose, self.code, self.random = prose, code, random
        words = {
            word for part in prose for word in re.findall(r"(?<=[a-z] )[a-z]{5,11}(?= )", part)
        }
        self.words = sorted(word for word in words if word[0] not in "aeiou")

    def page(self, size: int) -> str:
        """Return a page of about so many characters."""
        parts = [self.filled("---\ntitle: The {a} and the {b}\n---\n\n# How a {a} becomes a {b}\n")]
        length = len(parts[0])
        makers = {
            lambda: self.random.choice(self.prose): 60,
            lambda: " ".join(map(self.filled, self.random.sample(_SENTENCES, 3))): 12,
            lambda: "\n".join(f"- {self.filled(s)}" for s in self.random.sample(_SENTENCES, 4)): 6,
            lambda: f"```python\n{self.random.choice(self.code)}\n```": 8,
            lambda: self.filled("## The {a} of a {b} and a {c}"): 10,
            lambda: self.filled("| {a} | {b} |\n| --- | --- |\n| {n} | {c} {m} |"): 4,
        }
        while length < size:
            part = self.random.choices(list(makers), list(makers.values()))[0]()
            parts.append(part + "\n")
            length += len(part) + 2
        return "\n".join(parts)

    def filled(self, sentence: str) -> str:
        """Return a sentence with words and numbers put in."""
        a, b, c = self.random.sample(self.words, 3)
        n, m = self.random.randrange(2, 90), self.random.randrange(2, 9000)
        return sentence.format(a=a, b=b, c=c, n=n, m=m)


def _material() -> tuple[list[str], list[str]]:
    """Paragraphs of prose and pieces of code."""
    prose, code = set[str](), set[str]()
    for file in _sources(Path(sysconfig.get_path("stdlib"))):
        source = file.read_text(encoding="utf-8")
        lines = source.split("\n")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                prose |= set(_paragraphs(ast.get_docstring(node) or ""))
            if isinstance(node, ast.FunctionDef) and 4 < (node.end_lineno or 0) - node.lineno < 20:
                code.add(textwrap.dedent("\n".join(lines[node.lineno - 1 : node.end_lineno])))
    return sorted(prose), sorted(code)


def _sources(folder: Path) -> Iterator[Path]:
    """The modules of the standard library, without tests and what is installed beside it."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted({*folders} - _LEFT_OUT)
        yield from (Path(root, name) for name in sorted(names) if name.endswith(".py"))


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs that are sentences from end to end, in lines of one indent."""
    for part in re.split(r"\n\s*\n", text):
        if len({len(line) - len(line.lstrip()) for line in part.strip("\n").split("\n")}) > 1:
            continue
        prose = " ".join(part.split())
        if _PROSE.fullmatch(prose):
            yield prose
