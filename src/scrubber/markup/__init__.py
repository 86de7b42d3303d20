"""Readers of markup: which stretches of a text are prose. One module for each kind."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import PurePath

from scrubber.comments import Comment
from scrubber.model import Prose, Reader

KINDS = {
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"),
    "html": (".html", ".htm", ".xhtml"),
    "rst": (".rst", ".rest"),
    "asciidoc": (".adoc", ".asciidoc", ".asc"),
    "subtitles": (".srt", ".vtt"),
    "gettext": (".po", ".pot"),
}
"""The endings of the files that each module of this package reads."""

_KIND = {ending: kind for kind, endings in KINDS.items() for ending in endings}
_GLANCED = frozenset({"markdown"})
_SPOKEN = frozenset({"gettext", "subtitles"})


def kind_of(path: str) -> str | None:
    """Return which markup a file's name says it holds; None for plain text.

    >>> kind_of("docs/index.MD"), kind_of("notes.txt")
    ('markdown', None)
    """
    return _KIND.get(PurePath(path).suffix.lower())


def reader(path: str) -> Reader | None:
    """Return how a file of this name is read; None where all of it is prose.

    The reader's module is loaded when the first text is read.
    """
    kind = kind_of(path)
    return None if kind is None else named(kind)


@cache
def named(kind: str) -> Reader:
    """Return how a markup is read."""

    def view(text: str) -> Prose:
        prose: Prose = import_module(f"scrubber.markup.{kind}").view(text)
        return prose

    def glance(text: str) -> tuple[str, str] | None:
        prose: tuple[str, str] | None = import_module(f"scrubber.markup.{kind}_glance").text(text)
        return prose

    def comments(text: str) -> list[Comment]:
        from scrubber.markup.comment_places import found

        return found(text, kind, view)

    spoken = kind in _SPOKEN
    return Reader(view, comments, glance if kind in _GLANCED else None, spoken, spoken, kind)
