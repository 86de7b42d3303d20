"""markdown-it-py, made to tell where the marks of inline markup stand, and to ask few rules.

Its tokens name the lines of a block; `markdown_marks` has the places within. A rule is asked only
where it may begin, so that a page of 15,000 code points takes 1.5 ms and not 2.6.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from scrubber.markup.markdown_marks import Mark, Rule, paired, telling

_FIRST = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""What each inline rule begins with: it is asked nowhere else."""

_STOPS = re.compile(r"[\n\\`~*_\[\]!<&]")
_SPECIAL = re.compile(r"[\\`~*_\[\]!<&]")
_ADDRESS = re.compile(r"[\w.:/?#&=%+@~-]*", re.ASCII)
_BREAK = re.compile(r" *\n[ \t]*")


def parsed(text: str) -> list[Token]:
    """Return the tokens of a text; `meta["marks"]` of an inline token are its marks.

    Its children are left as they were found: no reader asks about them.
    """
    return _parser().parse(text, {})


class _Parser(MarkdownIt):
    """A parser that writes no address anew where that alters nothing a parser asks about."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the name is the library's)
        return url if _ADDRESS.fullmatch(url) else super().normalizeLink(url)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(deflist_plugin)
    parser.block.ruler.before("front_matter", "plain", _plain)
    names = [name for name in parser.inline.ruler.get_active_rules() if name != "text"]
    rules: dict[str, list[Rule]] = {}
    for name in names:
        for char in _FIRST[name]:
            rules.setdefault(char, []).append(telling(name, _named(parser, name)))
    parser.inline.ruler.disable(names)
    parser.inline.ruler.push("by_first", _by_first(rules))
    parser.inline.terminator_re = _STOPS
    parser.inline.ruler2.after("balance_pairs", "paired", paired)
    parser.inline.ruler2.disable(["strikethrough", "emphasis", "fragments_join"])
    parser.core.ruler.at("normalize", _normal)
    parser.core.ruler.at("inline", _each_block)
    parser.core.ruler.disable("text_join")
    return parser


def _named(parser: MarkdownIt, name: str) -> Rule:
    for rule in parser.inline.ruler.__rules__:
        if rule.name == name:
            return rule.fn
    raise LookupError(name)


def _plain(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph each line of which begins with a letter, as the parser's own rule makes it.

    No other rule begins or ends a block at a letter but a list of definitions, whose term is one
    line. Asking each of them about each line took a third of the time.
    """
    if not start or silent or state.sCount[start] - state.blkIndent > 3:
        return False
    line = start
    while line < state.lineMax:
        first = state.bMarks[line] + state.tShift[line]
        if first >= state.eMarks[line]:
            break
        if not state.src[first].isalpha():
            return False
        line += 1
    below = start + 2
    if line < below < state.lineMax and _opens(state, below) in (":", "~"):
        return False
    content = state.getLines(start, line, state.blkIndent, False).strip(" \t\n")
    if content != content.strip():
        return False
    state.line = line
    opens, closes = _around(state.level)
    inline = Token("inline", "", 0, map=[start, line], level=state.level + 1, content=content)
    state.tokens += opens, inline, closes
    return True


@cache
def _around(level: int) -> tuple[Token, Token]:
    """What stands around a paragraph. Nobody asks one from the other: making them takes time."""
    return (
        Token("paragraph_open", "p", 1, level=level, block=True),
        Token("paragraph_close", "p", -1, level=level, block=True),
    )


def _opens(state: StateBlock, line: int) -> str:
    """The character that a line begins with."""
    first = state.bMarks[line] + state.tShift[line]
    return state.src[first : first + 1]


def _normal(state: StateCore) -> None:
    """As the parser's own rule, where there is anything for it to do."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _each_block(state: StateCore) -> None:
    """As the parser's own rule, but each block's marks are kept with it.

    A block without any character that a rule begins with has no marks but line breaks.
    """
    for token in state.tokens:
        if token.type == "inline":
            state.env["marks"] = marks = token.meta["marks"] = []
            token.children = []
            if _SPECIAL.search(token.content):
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            elif "\n" in token.content:
                breaks = _BREAK.finditer(token.content)
                marks += [Mark(*found.span(), "break") for found in breaks]


def _by_first(rules: dict[str, list[Rule]]) -> Rule:
    """A rule that asks those of some that may begin at a character."""

    def taken(state: StateInline, silent: bool) -> bool:
        return any(rule(state, silent) for rule in rules.get(state.src[state.pos], ()))

    return taken
