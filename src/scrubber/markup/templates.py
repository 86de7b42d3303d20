"""Tags of template languages in markup: Jinja, Liquid, Handlebars, Vue, ERB, PHP. Pure."""

from __future__ import annotations

import re

MASK = "\ufdd0"
"""Stands in a masked text for each character of a template's tag (a noncharacter)."""

LONGEST = 2000
"""A longer stretch between two braces is no tag of a template: a brace was left open."""

_OPEN = re.compile(r"\{\{|\{%|\{#|<%|<\?(?:php\b|=)")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>", "<?": "?>"}
_VERBATIM = re.compile(
    r"[\s-]*(raw|verbatim|highlight|comment|code|stylesheet|javascript|schema)\b", re.IGNORECASE
)


def masked(text: str, start: int = 0) -> str:
    """Return the text with `MASK` in the place of each tag of a template; as long as before.

    A template's engine reads its tags before anything else, wherever they stand in the markup. What
    Jinja and Liquid are told to leave alone (`raw`, `highlight`) is masked with its tags. Braces
    that never close, or only beyond a tag or a comment's end, are text.

    >>> masked("a {{ b }} {% if c > d %}e").replace(MASK, "#")
    'a ####### ##############e'
    """
    parts: list[str] = []
    at = done = start
    missing: set[str] = set()
    while (found := _OPEN.search(text, at)) is not None:
        opener = found[0][:2]
        end = -1 if opener in missing else _end(text, found.start(), opener, found[0], missing)
        if end < 0:
            at = found.start() + 1
            continue
        parts += [text[done : found.start()], MASK * (end - found.start())]
        at = done = end
    if not parts:
        return text
    return "".join([text[:start], *parts, text[done:]])


def _end(text: str, start: int, opener: str, whole: str, missing: set[str]) -> int:
    """Where the tag that begins at `start` ends; -1 where it is none."""
    code = opener[0] == "<"
    end = text.find(_CLOSE[opener], start + 2, len(text) if code else start + LONGEST)
    if end < 0:
        if code:
            missing.add(opener)
        return len(text) if whole == "<?php" else -1
    end += 2
    if code:
        return end
    if any(text.find(mark, start, end) >= 0 for mark in ("</", "-->", "<!--")):
        return -1
    verbatim = _VERBATIM.match(text, start + 2) if opener == "{%" else None
    if verbatim is not None and f"close of {verbatim[1]}" not in missing:
        close = re.compile(rf"\{{%[\s-]*end{verbatim[1]}\b[^%]*%\}}", re.IGNORECASE)
        last = close.search(text, end)
        if last is not None:
            return last.end()
        missing.add(f"close of {verbatim[1]}")
    return end
