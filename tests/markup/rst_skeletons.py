"""An independent judge of reStructuredText: the tree of docutils without its prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles

KEPT = (
    nodes.literal,
    nodes.FixedTextElement,
    nodes.raw,
    nodes.math,
    nodes.title_reference,
    nodes.field_name,
    nodes.option_string,
    nodes.option_argument,
    nodes.attribution,
    nodes.classifier,
    nodes.label,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.substitution_reference,
    nodes.substitution_definition,
)
"""Elements whose text is no prose."""

_OF_PROSE = frozenset({"ids", "names", "dupnames", "backrefs", "refid", "name", "alt", "rawsource"})
_SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "smart_quotes": False,
    "syntax_highlight": "none",
}


class _Sphinx(Directive):
    """A directive of Sphinx: its argument, and what stands in it."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = {"name": directives.unchanged, "caption": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        said = " ".join(self.arguments)
        held = nodes.container("", name_of_directive=self.name)
        if self.name in ("versionadded", "deprecated"):
            held["version"], said = [*said.split(None, 1), ""][:2]
            held += nodes.paragraph(said, "", *self.state.inline_text(said, self.lineno)[0])
        else:
            held["argument"] = said
        self.state.nested_parse(self.content, self.content_offset, held)
        return [held]


class _Note(_Sphinx):
    """A directive of Sphinx in which all is content."""

    optional_arguments = 0


class _Code(_Sphinx):
    """A directive of Sphinx that holds code."""

    def run(self) -> list[nodes.Node]:
        code = "\n".join(self.content)
        return [nodes.literal_block(code, code, argument=self.arguments)]


def _role(
    name: str, raw: str, text: str, number: int, inliner: object, *_: object
) -> tuple[list[Any], list[Any]]:
    """A role of Sphinx: text and its target, or what is named."""
    said, angle, target = text.partition("<")
    if angle and name in ("ref", "doc", "term"):
        return [nodes.reference("", said, refuri=target)], []
    return [nodes.literal(text, text)], []


directives.register_directive("seealso", _Note)
for _name in "only function method versionadded deprecated glossary py:method".split():
    directives.register_directive(_name, _Sphinx)
for _name in "toctree code-block literalinclude".split():
    directives.register_directive(_name, _Code)
for _name in "ref doc term class meth func setting".split():
    roles.register_local_role(_name, _role)


def skeleton(text: str) -> list[object]:
    """Return the elements, their attributes, the text that is no prose, and what was reported."""
    return list(_walked(_tree(text), kept=False))


def _tree(text: str) -> nodes.document:
    tree = publish_doctree(text, settings_overrides=_SETTINGS)
    assert isinstance(tree, nodes.document)
    return tree


def _walked(node: nodes.Node, *, kept: bool) -> Iterator[object]:
    if isinstance(node, nodes.Text):
        if kept:
            yield node.astext()
        return
    assert isinstance(node, nodes.Element)
    if isinstance(node, nodes.system_message):
        if node["level"] > 1:
            yield "reported", node["level"]
        return
    if isinstance(node, nodes.paragraph) and all(isinstance(n, nodes.Text) for n in node.children):
        return  # it goes with its prose
    told = sorted((key, str(value)) for key, value in node.attlist() if key not in _OF_PROSE)
    if isinstance(node, (nodes.document, nodes.admonition)):
        told = []  # its source; a class made of the title
    yield node.tagname, told
    kept = kept or isinstance(node, KEPT)
    for child in node.children:
        yield from _walked(child, kept=kept)
    yield "end"


def prose(text: str) -> str:
    """Return the letters of all text that is in no element of `KEPT`, in order."""
    return "".join(filter(str.isalnum, "".join(_said(_tree(text)))))


def _said(node: nodes.Node, without: Sequence[type] = KEPT) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif not isinstance(node, (*without, nodes.system_message)):
        for child in node.children:
            yield from _said(child)
