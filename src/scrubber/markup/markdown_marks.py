"""The inline rules of markdown-it-py, made to tell where the marks of inline markup stand.

Its tokens name no place within a block. Each rule is wrapped: where it matches, what it took is
noted. https://markdown-it-py.readthedocs.io/en/latest/architecture.html
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any, NamedTuple

from markdown_it.rules_inline import StateInline

Rule = Callable[[StateInline, bool], bool]
_HOLES = {"backticks": "code", "autolink": "link", "html_inline": "html"}


class Mark(NamedTuple):
    """A stretch of a block's content that is no prose, in code points of the content.

    `open` and `close` are the marks around prose (of a link where `put` says so), `break` is a line
    break, `char` a character written otherwise (`put`); `code`, `image`, `html` and `link` are
    holes.
    """

    start: int
    end: int
    kind: str
    put: str = ""
    inner: tuple[int, int] = (0, 0)


def telling(name: str, rule: Rule) -> Rule:
    """A rule that notes what it took."""

    def told(state: StateInline, silent: bool) -> bool:
        start, count, marks = state.pos, len(state.tokens), state.env["marks"]
        if silent or name not in _WAYS:
            taken = rule(state, silent)
            if taken and not silent:
                marks.append(Mark(start, state.pos, _HOLES.get(name, name)))
            return taken
        return _WAYS[name](state, rule, start, count, marks)

    return told


def _link(state: StateInline, rule: Rule, start: int, count: int, marks: list[Mark]) -> bool:
    if state.src[start] != "[":
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start, True)
    if not rule(state, False):
        return False
    marks.append(Mark(start, start + 1, "open", "link"))
    marks.append(Mark(label_end, state.pos, "close", "link"))
    return True


def _image(state: StateInline, rule: Rule, start: int, count: int, marks: list[Mark]) -> bool:
    if not state.src.startswith("![", start):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    pairs = state.env.pop("pairs", {})
    state.env["marks"] = []  # of the alternative text, which is read as a block of its own
    taken = rule(state, False)
    plain = not state.env["marks"]
    state.env["marks"], state.env["pairs"] = marks, pairs
    if taken:
        inner = (start + 2, label_end) if plain else (0, 0)
        marks.append(Mark(start, state.pos, "image", "", inner))
    return taken


def _escape(state: StateInline, rule: Rule, start: int, count: int, marks: list[Mark]) -> bool:
    if not rule(state, False):
        return False
    char = state.src[start + 1]
    if char == "\n":
        marks.append(Mark(start, start + 1, "char", ""))
        marks.append(Mark(start + 1, state.pos, "break"))
    else:
        marks.append(Mark(start, state.pos, "char", char))
    return True


def _entity(state: StateInline, rule: Rule, start: int, count: int, marks: list[Mark]) -> bool:
    if not rule(state, False):
        return False
    marks.append(Mark(start, state.pos, "char", html.unescape(state.src[start : state.pos])))
    return True


def _newline(state: StateInline, rule: Rule, start: int, count: int, marks: list[Mark]) -> bool:
    if not rule(state, False):
        return False
    while start and state.src[start - 1] == " ":
        start -= 1
    marks.append(Mark(start, state.pos, "break"))
    return True


def _pair(state: StateInline, rule: Rule, start: int, count: int, marks: list[Mark]) -> bool:
    """Marks of emphasis: which of them pair is known at the block's end."""
    if not rule(state, False):
        return False
    places = state.env.setdefault("pairs", {})
    at = state.pos
    for token in reversed(state.tokens[count:]):
        if at == start:
            break  # what is left is text that stood before
        at -= len(token.content)
        places[id(token)] = at, at + len(token.content), marks
    return True


_WAYS: dict[str, Callable[[StateInline, Rule, int, int, list[Mark]], bool]] = {
    "link": _link,
    "image": _image,
    "escape": _escape,
    "entity": _entity,
    "newline": _newline,
    "emphasis": _pair,
    "strikethrough": _pair,
}


def paired(state: StateInline) -> None:
    """Note the marks that pair; those that do not are text."""
    places: dict[int, Any] = state.env.pop("pairs", {})
    for delimiters in (
        state.delimiters,
        *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta),
    ):
        for delimiter in delimiters:
            if delimiter.end >= 0:
                ends = ((delimiter, "open"), (delimiters[delimiter.end], "close"))
                for one, kind in ends:
                    start, end, marks = places[id(state.tokens[one.token])]
                    marks.append(Mark(start, end, kind))
