"""A quick reading of Markdown by one expression: enough to tell that nothing is to be found.

It takes out what is surely no prose and all marks that stand within a sentence, and never decides
about a finding: where one shows, `markdown` parses the text. What it takes for prose wrongly costs
a parse; what it takes out wrongly costs a repair.
"""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"""
      ^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n)*?[ \t>]*(?P=fence)[^\n]*$
    | (?P<hole> (?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`) | <(?:https?|mailto):[^<>\s]*> )
    | <!--[^>]*--> | </?[A-Za-z][^<>]*>
    | !?\[(?:\^[^\]\n]*\])? | \](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\]|:[ \t]*\S+$)?
    | (?<!\w)[*_~]+(?=\S) | (?<=\S)[*_~]+(?!\w) | \*+
    | ^[ \t]*(?:>[ \t]*|\#{1,6}[ \t]|[-+][ \t]|\d+[.)][ \t]|\|)*[ \t]*
    | [ \t]*\|[ \t]*
    | \{\{[^\n]*?\}\} | \{%[^\n]*?%\} | \\(?=[^\w\s])
    """,
    re.VERBOSE | re.MULTILINE,
)


def text(source: str) -> str:
    """Return about the prose of a Markdown text.

    >>> text("See [*it*](u)Who `did` so.")
    'See itWho \ufffc so.'
    """
    prose = _MARKS.sub(_put, source.removeprefix("\ufeff").removeprefix("---"))
    if "&" not in prose:
        return prose
    import html

    return html.unescape(prose)


def _put(found: re.Match[str]) -> str:
    taken = found[0]
    if "|" in taken:
        return "\n"
    return "\ufffc" if found["hole"] else ""
