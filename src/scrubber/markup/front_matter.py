"""The titles in front matter: the values of a few keys are prose, all else is data."""

from __future__ import annotations

import re

from scrubber.view import Writer

KEYS = "title|subtitle|description|summary|excerpt|abstract|lead|caption"
_TITLE = re.compile(
    rf"^(?:{KEYS})[ \t]*[:=][ \t]+"
    r"(?:'(?P<one>[^'\n]*)'|\"(?P<two>[^\"\\\n]*)\""
    r"|(?P<bare>[^\s'\"\[\]{}|>&*!%@`#][^\n#:\\]*?))[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)


def put(writer: Writer, start: int, end: int) -> None:
    """Put the titles of the front matter that stands at `start` to `end` into a view.

    A value over several lines, or one with an escape or a comment, is left alone.
    """
    for found in _TITLE.finditer(writer.source, start, end):
        name = found.lastgroup or ""
        writer.block(f"title {found[0].split(':')[0].split('=')[0]}")
        writer.part(found.start(name))
        writer.keep(found.start(name), found.end(name), 1)
