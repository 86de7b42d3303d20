"""An independent judge of what is code or a URL in Markdown and reStructuredText.

No parser tells where inline code stands, so the judge changes a stretch and asks the parser again:
where code or a target comes out other than before, the stretch was in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from unittest.mock import patch

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

ENDINGS = {".md": "markdown", ".markdown": "markdown", ".rst": "rst"}

_URL = re.compile(r"(?:https?|ftp)://[^\s<>\"'`\])]+|\bwww\.[^\s<>\"'`\])]+")
_LABELLED = re.compile(r"\[([^\[\]]+)\](?:\[\])?(?![\[(:])")


def in_literal(text: str, start: int, end: int, markup: str) -> bool:
    """Whether a change at a stretch of a text would change code, a target or a URL.

    >>> page = "Call `run it` or see [the guide](its/guide)."
    >>> [in_literal(page, at, at + 2, "markdown") for at in (0, page.find("it"), page.find("its"))]
    [False, True, True]
    """
    if any(url.start() < end and start < url.end() for url in _URL.finditer(text)):
        return True
    changed = text[:start] + _other(text[start:end]) + text[end:]
    if markup == "markdown":
        changed += _defined(text, changed, start)
    return literals(text, markup) != literals(changed, markup)


def all_prose(text: str, stretches: Iterable[tuple[int, int]]) -> bool:
    """Whether changes at all of some stretches of reStructuredText change no code and no target.

    Parsed once for all: of a change log of a megabyte with 90 findings each would take 10 seconds.

    >>> all_prose("Call ``it`` now.", [(0, 4), (12, 15)]), all_prose("Call ``it`` now.", [(7, 9)])
    (True, False)
    """
    changed = text
    for start, end in sorted(set(stretches), reverse=True):
        changed = changed[:start] + _other(text[start:end]) + changed[end:]
    return literals(text, "rst") == literals(changed, "rst")


def _defined(text: str, changed: str, at: int) -> str:
    """A definition for a link text that is its label too: it is prose with a new name."""
    for link in _LABELLED.finditer(text):
        if link.start() < at < link.end():
            env: dict[str, Any] = {}
            MarkdownIt("commonmark").parse(text, env)
            target = env.get("references", {}).get(normalizeReference(link[1]))
            label = changed[link.start(1) : link.end(1) + len(changed) - len(text)]
            return f"\n\n[{label}]: <{target['href']}>\n" if target else ""
    return ""


def _other(text: str) -> str:
    """Another text of the same length; blanks are doubled where there is nothing else.

    >>> _other("a q-1"), _other(" "), _other("")
    ('q z-q', '  ', ' ')
    """
    if not text.strip():
        return text.replace(" ", "  ") or " "
    return "".join(("z" if char == "q" else "q") if char.isalnum() else char for char in text)


@lru_cache(maxsize=4)
def literals(text: str, markup: str) -> tuple[object, ...]:
    """Return all code and all targets of a text, in order."""
    return tuple(_in_rst(text) if markup == "rst" else _in_markdown(text))


def _in_markdown(text: str) -> Iterator[object]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for token in tokens:
        yield from _of(token)
        for child in token.children or []:
            yield from _of(child)


def _of(token: Token) -> Iterator[object]:
    if token.type in ("code_inline", "code_block", "fence", "html_block", "html_inline"):
        yield token.type, token.info, token.content
    if token.type in ("link_open", "image"):
        yield token.attrGet("href") or token.attrGet("src")


_KEPT = (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.math, nodes.field_name)
_SETTINGS: dict[str, object] = {"report_level": 5, "halt_level": 5, "file_insertion_enabled": False}
_SETTINGS |= {"raw_enabled": True, "syntax_highlight": "none", "smart_quotes": False}
_OF_CODE = frozenset(
    "autoclass autofunction automodule autosummary code-block csv-table digraph doctest graph"
    " graphviz highlight include index inheritance-diagram ipython ipython3 literalinclude math"
    " parsed-literal plot plot-pymatplotlib prettytable productionlist sourcecode testcode"
    " testoutput testsetup testcleanup toctree uml conf_master conf_minion jinja".split()
)
"""Directives whose content is no prose. What a directive of no known name holds is read on."""
_SAID = frozenset("ref doc term numref download any abbr guilabel menuselection".split())


class _Any(Directive):
    """A directive that docutils does not know."""

    optional_arguments = 99
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content)
        if self.name.rpartition(":")[2] in _OF_CODE:
            return [nodes.literal_block(code, code)]
        held = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, held)
        return [held]


def _role(
    name: str, raw: str, text: str, number: int, inliner: object, *_: object
) -> tuple[list[nodes.Node], list[nodes.Node]]:
    said, angle, target = text.partition("<")
    if angle and name.rpartition(":")[2] in _SAID:
        return [nodes.reference("", said, refuri=target)], []
    return [nodes.literal(text, text)], []


def _directive(name: str, language: Any, document: Any) -> tuple[Any, list[Any]]:
    known, _ = _DIRECTIVE(name, language, document)
    return (_Any if known is None or name in _OF_CODE else known), []


def _of_role(name: str, language: Any, number: int, reporter: Any) -> tuple[Any, list[Any]]:
    known, _ = _ROLE(name, language, number, reporter)
    return known or _role, []


_DIRECTIVE, _ROLE = directives.directive, roles.role


def _in_rst(text: str) -> Iterator[object]:
    any_directive = patch.object(directives, "directive", _directive)
    with any_directive, patch.object(roles, "role", _of_role):
        tree = publish_doctree(text, settings_overrides=_SETTINGS)
    yield from _walked(tree)


def _walked(node: nodes.Node) -> Iterator[object]:
    if isinstance(node, nodes.system_message) or not isinstance(node, nodes.Element):
        return
    if "refuri" in node:
        yield node["refuri"]
    if isinstance(node, _KEPT):
        yield node.tagname, node.astext()
        return
    for child in node.children:
        yield from _walked(child)
