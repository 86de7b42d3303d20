"""A quick reading of Markdown by one expression: enough to tell that nothing is to be found.

It takes out what is surely no prose and all marks that stand within a sentence, and never decides
about a finding: where one shows, `markdown` parses the text. What it takes for prose wrongly costs
a parse; what it takes out wrongly costs a repair.
"""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"""
      ^[ \t>]*(?P<fence>`{3,20}|~{3,20})[^\n]*\n(?:[^\n]*\n)*?[ \t>]*(?P=fence)[^\n]*$
    | (?P<hole> (?<!`)(?P<ticks>`{1,9})(?!`)[^\n]{1,500}?(?<!`)(?P=ticks)(?!`)
        | <(?:https?|mailto):[^<>\s]*> )
    | <!--[^>]{0,5000}--> | </?[A-Za-z][^<>]{0,2000}>
    | !?\[(?:\^[^\]\n]*\])? | \](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\]|:[ \t]*\S+$)?
    | (?<!\w)[*_~]+(?=\S) | (?<=\S)[*_~]+(?!\w) | \*+
    | ^[ \t]*(?:>[ \t]*|\#{1,6}[ \t]|[-+][ \t]|\d+[.)][ \t]|\|)*[ \t]*
    | [ \t]*\|[ \t]*
    | \{\{[^\n]{0,500}?\}\} | \{%[^\n]{0,500}?%\} | \\(?=[^\w\s])
    """,
    re.VERBOSE | re.MULTILINE,
)


def text(source: str) -> tuple[str, str] | None:
    r"""Return about the prose of a Markdown text and its code, or None where a word touches a link.

    >>> text("See *it*, `so` [it](u) goes."), text("See [it](u)Who did so.")
    (('See it, \ufffc it goes.', '`so`'), None)
    """
    touching = False
    code: list[str] = []

    def put(found: re.Match[str]) -> str:
        nonlocal touching
        mark = found[0]
        if not mark:
            return ""
        if mark[0] in "`~" and (found["fence"] or found["ticks"]):
            code.append(mark)
        if mark[0] == "]" or (mark[0] in "[!" and mark[-1] == "]"):
            touching = touching or source_[found.end() : found.end() + 1].isalnum()
        elif mark[-1] == "[":
            touching = touching or source_[found.start() - 1 : found.start()].isalnum()
        return "\n" if "|" in mark else "\ufffc" if found["hole"] else ""

    source_ = source.removeprefix("\ufeff").removeprefix("---")
    prose = _MARKS.sub(put, source_)
    if touching:
        return None
    if "&" in prose:
        import html

        prose = html.unescape(prose)
    return prose, "\n".join(code)
