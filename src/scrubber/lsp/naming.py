"""Which of the texts that an editor holds are looked at, and under which name they are read."""

from __future__ import annotations

from scrubber.documents.source import COMPRESSED
from scrubber.documents.walk import is_text

LIMIT = 1_000_000
"""Code points; a text that is longer is not looked at while somebody types in it."""

_LANGUAGES = {
    "plaintext": "",
    "text": "",
    "": "",
    "markdown": ".md",
    "mdx": ".mdx",
    "restructuredtext": ".rst",
    "rst": ".rst",
    "html": ".html",
    "asciidoc": ".adoc",
}
"""Languages as editors name them, with the ending under which such a text is read."""


def name_of(path: str | None, language: str) -> str | None:
    """Return the name that a text is read under, or None where it is not scrubber's to read.

    A file goes by its ending, as in a folder. A text that no file holds yet goes by the language
    that the editor gives it, and `-` stands for its path.

    >>> name_of("/notes/a.md", "markdown"), name_of("/src/a.py", "python"), name_of(None, "rst")
    ('/notes/a.md', None, '-.rst')
    """
    if path is not None:
        return path if is_text(path) and not path.lower().endswith(COMPRESSED) else None
    ending = _LANGUAGES.get(language.lower())
    return None if ending is None else f"-{ending}"


def unsaved(name: str) -> bool:
    """Whether a name stands for a text that no file holds."""
    return name.startswith("-")
