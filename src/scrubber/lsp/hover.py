"""What is known of a finding and its rule, as Markdown or as plain text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrubber.lsp.checking import Found
from scrubber.lsp.diagnostics import quoted
from scrubber.report.text import printable
from scrubber.rules import Example, Rule

_EXAMPLES = 2
"""Examples of each kind that a hover shows; `scrubber rules ID` shows all."""


def markdown(found: Sequence[Found], rules: Sequence[Rule | None], measured: Sequence[str]) -> str:
    """Return the findings of a place with the pages of their rules."""
    parts = [_page(*each) for each in zip(found, rules, measured, strict=True)]
    return "\n\n---\n\n".join(parts)


def _page(found: Found, rule: Rule | None, measured: str) -> str:
    finding = found.finding
    lines = [f"**{escaped(finding.rule)}** ({finding.action}): {escaped(finding.message)}"]
    if finding.proposals:
        lines.append(f"→ {escaped(' | '.join(map(quoted, finding.proposals)))}")
    if found.late:
        lines.append("This shows once the repairs beside it are made; it is decided then.")
    if rule is None:
        return "\n\n".join(lines)
    languages = ", ".join(sorted(rule.languages)) or "any"
    lines += [
        f"**What:** {escaped(rule.about)}",
        f"**Why:** {escaped(rule.why)}",
        f"**How safe:** {escaped(rule.safety)}",
        f"**Measured:** {escaped(measured)}",
        f"**Languages:** {languages}",
    ]
    shown = [_example(example) for example in _some(rule.examples)]
    if shown:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", "".join(shown))), default=0))
        lines.append("\n".join([f"{fence}text", *shown, fence]))
    return "\n\n".join(lines)


def _some(examples: Sequence[Example]) -> list[Example]:
    """The first examples of what is found, and the first of what stays."""
    bad = [example for example in examples if example.start is not None]
    fine = [example for example in examples if example.start is None]
    return bad[:_EXAMPLES] + fine[:_EXAMPLES]


def _example(example: Example) -> str:
    if example.start is None or example.end is None:
        return f"stays    {printable(example.text.rstrip())}"
    text, start, end = example.text, example.start, example.end
    lines = [f"found    {printable(f'{text[:start]}⟦{text[start:end]}⟧{text[end:]}'.rstrip())}"]
    if example.good is not None:
        lines.append(f"becomes  {printable(example.good.rstrip())}")
    return "\n".join(lines)


def escaped(text: str) -> str:
    r"""Return a text in one line that Markdown shows as it is.

    >>> escaped("a *b*\n<c>")
    'a \\*b\\* \\<c\\>'
    """
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))


def plain(text: str) -> str:
    r"""Return Markdown of this module as plain text, for editors that show no other.

    >>> plain(r"**What:** a \*b\*")
    'What: a *b*'
    """
    return re.sub(r"\\([\\`*_{}\[\]<>#|~&])", r"\1", text.replace("**", ""))
