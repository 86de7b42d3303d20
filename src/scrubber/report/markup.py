"""Text from anywhere as HTML: escaped, what cannot be seen made visible; and links to files."""

from __future__ import annotations

import os
import unicodedata
from html import escape
from pathlib import PurePath
from urllib.parse import quote, quote_from_bytes

from scrubber.report.excerpt import Words

LABELS = 24
"""Most characters of a text that are shown by their number; the rest of them are “�”."""

_JOINERS = "\u200c\u200d"
_LONGEST_PATH = 1000


def shown(text: str, *, exact: bool = False) -> str:
    r"""Return a text as HTML in one line; nothing in it acts on the page or on the text around.

    What is no visible character (controls, marks that turn the direction, lone surrogates) is shown
    by its number. Joiners, which some scripts need, and the kind of blank are kept, unless the
    text is to be shown `exact`, as the very thing that changes.

    >>> shown("a<b>\u202e\x00")
    'a&lt;b&gt;<span class="x">U+202E</span><span class="x">U+0000</span>'
    """
    if text.isprintable():
        return escape(text)
    parts, left = [], LABELS
    for char in text:
        if char.isprintable() or (char in _JOINERS and not exact):
            parts.append(escape(char))
        elif char.isspace() and not exact and char not in "\n\x1c\x1d\x1e\x1f\x85":
            parts.append(" " if char != "\r" else "")
        elif left:
            left -= 1
            parts.append(f'<span class="x">{_label(char)}</span>')
        else:
            parts.append("�")
    return "".join(parts)


def _label(char: str) -> str:
    if char == "\n":
        return "⏎"
    if unicodedata.category(char) == "Zs":
        return unicodedata.name(char).lower()
    return f"U+{ord(char):04X}"


def words(tag: str, found: Words) -> str:
    """Return words as an element in which what changes stands out; "" when there are none.

    >>> words("del", Words("sea", "B", "ut"))
    '<del dir="auto">sea<b>B</b>ut</del>'
    """
    if not any(found):
        return ""
    changed = f"<b>{shown(found.changed, exact=True)}</b>" if found.changed else ""
    if not found.head and not found.tail:
        changed = shown(found.changed, exact=not found.changed.strip())
    return f'<{tag} dir="auto">{shown(found.head)}{changed}{shown(found.tail)}</{tag}>'


def address(path: str, line: int | None = None, seek: str = "") -> str | None:
    """Return a file's address, with a line and words to seek in it; None where it has none.

    A relative path stays relative, an absolute one becomes a file: address. The line is what
    viewers of code understand; browsers mark the words (https://wicg.github.io/scroll-to-text-fragment/).

    >>> address("a b/c:d.txt", 3, "sea-but")
    'a%20b/c%3Ad.txt#L3:~:text=sea%2Dbut'
    >>> address("/data/x.txt"), address("-")
    ('file:///data/x.txt', None)
    """
    if path == "-" or len(path) > _LONGEST_PATH:
        return None
    pure = PurePath(path)
    try:
        absolute = pure.is_absolute()
        base = pure.as_uri() if absolute else quote_from_bytes(os.fsencode(pure.as_posix()))
    except UnicodeEncodeError:  # a lone surrogate, which no file system here can hold
        return None
    if line is None:
        return base
    sought = quote(seek.encode("utf-8", "replace"), safe="").replace("-", "%2D")
    return f"{base}#L{line}" + (f":~:text={sought}" if sought else "")


def name(text: str, href: str | None = None, longest: int = 100) -> str:
    """Return the name of a file, record or site, cut in the middle where it is long; linked."""
    kept = text if len(text) <= longest else f"{text[: longest // 3]}…{text[-longest // 2 :]}"
    inner = f"<bdi>{'/<wbr>'.join(map(shown, kept.split('/')))}</bdi>"
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner


def number(count: int, noun: str = "") -> str:
    """Return a count, with its noun where one is given.

    >>> number(1200), number(1, "text"), number(2, "text")
    ('1,200', '1 text', '2 texts')
    """
    return f"{count:,}" + (f" {noun}{'s' * (count != 1)}" if noun else "")


def anchor(rule: str) -> str:
    """Return the address of a rule's section in the page."""
    return f"#{quote(rule, safe='/')}"


def heading(key: str, title: str, hint: str = "") -> str:
    """Return the heading of a part of the page, with a hint beside it."""
    more = f" <small>{hint}</small>" if hint else ""
    return f'<h2 id="{key}">{title}{more}</h2>'
