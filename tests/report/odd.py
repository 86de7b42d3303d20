"""Texts in which a wrong unit for columns shows, and sources made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from scrubber.documents.source import Source, from_bytes
from scrubber.model import Action, Finding
from scrubber.report import github, gitlab, html, junit, rdjsonl, sarif
from scrubber.report.lines import Json, Jsonl, Text
from scrubber.report.measured import Measured
from scrubber.report.text import plain
from scrubber.report.writers import Run, Told, Writer
from scrubber.rules import Rule

MARKED = {
    "plain": "The sea⟦But⟧ was calm.\n",
    "curly quotes": "“He said ‘no’ – and” the ⟦“seaBut”⟧ was calm.\n",
    "astral emoji": "One.\n😀🚢 the ⟦sea😀But⟧ was calm.\n",
    "joined emoji": "👩‍👩‍👧‍👦 and 🏳️‍🌈: the ⟦👩‍🚒But⟧ was calm.\n",
    "combining marks": "Cafe\u0301 e\u0302tre⟦e\u0301But⟧ was calm.\n",
    "only a mark": "Cafe⟦\u0301⟧ was calm.\n",
    "carriage returns": "One “two”.\r\nThe sea⟦But⟧ was calm.\r\n",
    "lone carriage returns": "One.\rTwo “three”.\rThe sea⟦But⟧ was calm.\r",
    "byte order mark": "\ufeffThe “sea”⟦But⟧ was calm.\n",
    "byte order mark, second line": "\ufeffOne.\nThe ⟦seaBut⟧ was calm.\n",
    "found at the mark": "\ufeff⟦seaBut⟧ was calm.\n",
    "tabs": "\tThe\tsea⟦\tBut⟧ was calm.\n",
    "line separator": "One\u2028two\u2029three\x85four\x0cfive\x0b ⟦seaBut⟧ was calm.\n",
    "wide characters": "港は静かで、⟦船But⟧ was calm.\n",
    "right to left": "הים היה ⟦שקטBut⟧ was calm.\n",
    "controls": "a\x1b[31mb\x07 ⟦sea\x08But⟧ was calm.\n",
    "two lines": "One “two”⟦\nthree⟧ was calm.\n",
    "over lines": "One ⟦“two”\r\n\tthree\n⟧was calm.\n",
    "a line": "One.\n⟦Source “link”\n⟧Two.\n",
    "a line with the break before": "One.\r\n⟦\r\nSource “link”\r\n⟧Two.\r\n",
    "the last line": "One.\n⟦Source “link”\n⟧",
    "the last line, no break": "One.⟦\nSource “link”⟧",
    "the only line": "⟦Source “link”\n⟧",
    "the end": "The sea was “calm”⟦⟧",
    "nothing at the end of a line": "One ⟦⟧\nTwo.\n",
}
TEXTS = {name: text.replace("⟦", "").replace("⟧", "") for name, text in MARKED.items()}


def finding(marked: str, proposals: Sequence[str] = ("x “y”", "", "😀")) -> Finding:
    """Return a finding at the mark, with the proposals that change something."""
    start = marked.index("⟦")
    text = marked[start + 1 : marked.index("⟧")]
    offered = tuple(proposal for proposal in proposals if proposal != text)
    action = Action.FIX if offered else Action.REPORT
    return Finding(
        "tide/glued", start, start + len(text), text, offered, action, f"“{text}” is odd"
    )


def plain_file(text: str, path: str = "a.txt") -> Source:
    return from_bytes(path, text.encode())


def dataset(texts: Iterable[str], *, ascii_only: bool, path: str = "a.jsonl") -> Source:
    """Return a dataset of the texts, with a record before them and escapes that need not be."""
    rows: list[dict[str, Any]] = [{"id": "é", "text": "“first”"}]
    rows += [{"id": number, "text": text} for number, text in enumerate(texts)]
    lines = [json.dumps(row, ensure_ascii=ascii_only).replace("calm", r"c\u0061lm") for row in rows]
    return from_bytes(path, ("\n".join(lines) + "\n").encode())


def rule(name: str = "tide/glued", action: Action = Action.FIX) -> Rule:
    return Rule(
        name, "Words {run} together.", "A link ended there.", "See [it](x).", action, "", {}
    )


def run(*rules: Rule, measured: dict[str, Measured] | None = None, root: str = "/work/tide") -> Run:
    return Run("1.2.3", rules or (rule(),), root, lambda: plain, lambda: measured or {})


def writers(given: Run) -> dict[str, Writer]:
    """Return a writer of each format."""
    return {
        "text": Text(given),
        "jsonl": Jsonl(given),
        "json": Json(given),
        "sarif": sarif.Writer(given),
        "rdjsonl": rdjsonl.Writer(given),
        "github": github.Writer(given),
        "gitlab": gitlab.Writer(given),
        "junit": junit.Writer(given),
        "html": html.Writer(given),
    }


Findings = Sequence[Sequence[Finding]]
"""The findings of each document of a source."""


def report(
    writer: Writer,
    *sources: tuple[Source, Findings],
    told: Told = (),
    code: int | None = None,
) -> str:
    """Return the whole report on some sources."""
    pieces = [*writer.begin()]
    found = False
    for source, findings in sources:
        writer.open(source)
        for number, group in enumerate(findings):
            pieces += writer.add(number, group)
            found = found or bool(group)
    pieces += writer.end(told, (2 if told else int(found)) if code is None else code)
    return "".join(pieces)
