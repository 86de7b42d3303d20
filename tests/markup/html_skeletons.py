"""An independent judge of HTML: html5lib's tree without its prose."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from xml.etree import ElementTree

import html5lib
from html5lib.constants import DataLossWarning

KEPT = frozenset(
    "code kbd pre samp script style svg sub sup template textarea title tt var".split()
)
"""Elements whose text stays as it is, but for the title's."""


def skeleton(text: str) -> list[object]:
    """Return the elements with their attributes, the comments, and the text that is no prose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataLossWarning)
        tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return list(_walked(tree, kept=False))


def _walked(element: ElementTree.Element, *, kept: bool) -> Iterator[object]:
    if not isinstance(element.tag, str):
        yield "comment", element.text
        return
    attributes = {name: value for name, value in element.attrib.items() if name != "alt"}
    kept = kept or (element.tag in KEPT and element.tag != "title")
    yield element.tag, sorted(attributes.items()), "alt" in element.attrib
    if kept:
        yield element.text
    for child in element:
        yield from _walked(child, kept=kept)
        if kept:
            yield child.tail
    yield "end"


def prose(text: str) -> str:
    """Return the letters of all text that is in no element of `KEPT`, in order."""
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return "".join(filter(str.isalnum, "".join(_said(tree))))


def _said(element: ElementTree.Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in KEPT - {"title"}:
        return
    yield element.text or ""
    for child in element:
        yield from _said(child)
        yield child.tail or ""
