"""The lines of AsciiDoc: what each of them is, by itself. Pure.

https://docs.asciidoctor.org/asciidoc/latest/document/. Where asciidoctor and AsciiDoc.py differ,
what either takes for structure is structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BREAK = re.compile(r"\r\n|\r|\n")
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*\r?(?:\n|\Z)")
FENCE = re.compile(
    r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|[|,:!]={3,}|`{3}(?=[^`]*\Z))"
)
VERBATIM = ("----", "....", "++++", "////", "```", ",===", ":===", "!===")
RULE = re.compile(r"'{3,}|-{3}|\*{3}|(?:- ){2}-|(?:\* ){2}\*|<{3,}|\+")
ENTRY = re.compile(r":!?\w[\w-]*!?:(?:\s|\Z)")
DIRECTIVE = re.compile(r"(?:ifn?def|ifeval|endif|include)::\S*\[")
MACRO = re.compile(r"(?P<name>[A-Za-z][\w-]*)::(?P<target>[^\s\[]*|\S[^\[]*)\[(?P<args>.*)\][ \t]*")
ATTRIBUTES = re.compile(r"\[(?:[\w.#%,\"'{].*|\[.*\])?\][ \t]*")
STYLE = re.compile(r"\[[ \t]*(?P<style>[A-Za-z][\w-]*)[ \t]*(?=[,\].#%])")
TITLE = re.compile(r"(?P<level>={1,6}|\#{1,6})[ \t]+(?=\S)")
UNDERLINE = re.compile(r"([=~^+-])\1+")
BLOCK_TITLE = re.compile(r"\.(?![\s.])")
ITEM = re.compile(
    r"[ \t]*(?P<mark>\*{1,6}|-|\.{1,6}|•|\d{1,9}\.|[a-zA-Z]\.|[ivxIVX]{1,9}\)|<(?:\d{1,3}|\.)>)"
    r"[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)"
)
TERM = re.compile(r"[ \t]*(?P<term>[^ \t].*?)(?P<mark>:{2,4}|;;)(?=[ \t]|\Z)[ \t]*")
ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
KNOWN = frozenset(
    """
    quote abstract partintro sidebar example note tip important warning caution horizontal qanda
    glossary bibliography discrete float preface appendix dedication colophon acknowledgments index
    part chapter normal synopsis arabic decimal loweralpha upperalpha lowerroman upperroman
    lowergreek square circle disc none unstyled no-bullet options ordered lead
    """.split()
)
"""Styles under which a block is prose."""


class Line(NamedTuple):
    """A line without its break."""

    start: int
    stop: int
    text: str


def lines_of(text: str, start: int) -> Iterator[Line]:
    """Yield the lines of a text from an offset on."""
    while start < len(text):
        end = BREAK.search(text, start)
        stop = end.start() if end else len(text)
        yield Line(start, stop, text[start:stop].rstrip())
        start = end.end() if end else len(text)
