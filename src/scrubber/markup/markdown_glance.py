"""A quick reading of Markdown by one expression: enough to tell that nothing is to be found.

It takes out what is surely no prose and all marks that stand within a sentence, and never decides
about a finding: where one shows, `markdown` parses the text. What it takes for prose wrongly costs
a parse; what it takes out wrongly costs a repair.
"""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"""
    [\n`~<!\[\]*_|{\\] (?:(?<!\n)|(?=[ \t>\#+\-\d|`~])) (?:
      (?<=\n)[ \t>]*(?P<fence>`{3,20}|~{3,20})[^\n]*\n(?:[^\n]*\n)*?[ \t>]*(?P=fence)[^\n]*$
    | (?<=\n)(?=[ \t>\#+\-\d|])[ \t]*(?:>[ \t]*|\#{1,6}[ \t]|[-+][ \t]|\d+[.)][ \t]|\|)*[ \t]*
    | (?P<hole> (?<=`)(?<!``)(?P<ticks>`{0,8})(?!`)[^\n]{1,500}?(?<!`)`(?P=ticks)(?!`)
        | (?<=<)(?:https?|mailto):[^<>\s]*> )
    | (?<=<)!--[^>]{0,5000}--> | (?<=<)/?[A-Za-z][^<>]{0,2000}>
    | (?<=!)\[(?:\^[^\]\n]*\])? | (?<=\[)(?:\^[^\]\n]*\])?
    | (?<=\])(?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\]|:[ \t]*\S+$)?
    | (?<=[*_~])(?<!\w[*_~])[*_~]*(?=\S) | (?<=\S[*_~])[*_~]*(?!\w) | (?<=\*)\**
    | (?<=\|)[ \t]*
    | (?<=\{)\{[^\n]{0,500}?\}\} | (?<=\{)%[^\n]{0,500}?%\} | (?<=\\)(?=[^\w\s])
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Each alternative goes on from one of a few characters: so the search skips all others, and most
line breaks. A page takes 0.15 ms; it took 1.2 when they were written one by one."""


def text(source: str) -> tuple[str, str] | None:
    r"""Return about the prose of a Markdown text and its code, or None where a word touches a link.

    >>> text("See *it*, `so` [it](u) goes."), text("See [it](u)Who did so.")
    (('See it, \ufffc it goes.', '`so`'), None)
    """
    touching = False
    code: list[str] = []

    def put(found: re.Match[str]) -> str:
        nonlocal touching
        mark, kind = found[0], found.lastgroup
        if kind:
            if kind == "fence" or found["ticks"] is not None:
                code.append(mark.removeprefix("\n"))
            if kind == "hole":
                return "\ufffc"
        first = mark[0]
        if first == "]":
            if source_[found.end() : found.end() + 1].isalnum():
                touching = (
                    touching or len(mark) > 1 or _closes_link(source_, found.start(), defined)
                )
        elif mark[-1] == "[" and source_[found.start() - 1].isalnum():
            touching = touching or _opens_link(source_, found.end(), defined)
        if first == "\n":
            return "\n\n" if "|" in mark and not kind else "\n"
        return "\n" if first == "|" else ""

    defined = _labels(source) if "]:" in source else frozenset[str]()
    source_ = "\n" + source.removeprefix("\ufeff").removeprefix("---")
    prose = _MARKS.sub(put, source_)[1:]
    if touching:
        return None
    if "&" in prose:
        import html

        prose = html.unescape(prose)
    return prose, "\n".join(code)


def _opens_link(source: str, start: int, defined: frozenset[str]) -> bool:
    """Whether what a bracket opens may be a link's text, and no index (`rows[0]`)."""
    end = source.find("]", start)
    if end < 0:
        return False
    follows = source[end + 1 : end + 2] in ("(", "[", "]")
    return follows or bool(defined and _names(source[start : min(end, start + _LONGEST)], defined))


def _closes_link(source: str, end: int, defined: frozenset[str]) -> bool:
    """Whether what a bracket closes may be a link's text, and no index."""
    start = source.rfind("[", max(0, end - _LONGEST), end) + 1 if defined else 0
    return start > 0 and _names(source[start:end], defined)


_LONGEST = 1000
"""Characters with which a label is none any more."""

_DEFINITION = re.compile(
    r"(?:^|\r)[ \t>*+\-\d.):~]*\[((?:[^\[\]\\]|\\.){1,999})\]:", re.MULTILINE | re.DOTALL
)
_UNSURE = re.compile(r"[\[\]\\\n\r]")
"""What a label holds that may be written otherwise where it is defined, or is none."""


def _labels(source: str) -> frozenset[str]:
    """Return the labels that lines begin with as those do which define links, and perhaps more."""
    return frozenset(
        "[" if _UNSURE.search(label) else _normal(label) for label in _DEFINITION.findall(source)
    )


def _names(label: str, defined: frozenset[str]) -> bool:
    """Whether a label in brackets may be one of those that are defined."""
    return "[" in defined or _UNSURE.search(label) is not None or _normal(label) in defined


def _normal(label: str) -> str:
    """Return a label as markdown-it compares them."""
    return " ".join(label.split()).lower().upper()
