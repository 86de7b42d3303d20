"""HTML entities left in a text (`&amp;`, `&#8217;`, `&amp;quot;`)."""

from __future__ import annotations

import html
from collections.abc import Iterator
from html.entities import html5, name2codepoint
from typing import TYPE_CHECKING

from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy

if TYPE_CHECKING:
    import regex

_REFERENCE = lazy(
    r"&(?:amp;)*+(?:(?<blank>(?:nbsp|#160|#x[Aa]0);)(?:[ \xa0]*&(?:amp;)*+(?:nbsp|#160|#x[Aa]0);)*+"
    r"|(?<name>[A-Za-z]\w{1,9});|#\d{2,6};|#[xX][0-9A-Fa-f]{2,5};|#8[2-4]\d\d(?![\d;])|(?<=amp;))"
)
_NAMES = frozenset(name2codepoint) | frozenset(
    "apos period comma excl quest lpar rpar colon semi num percnt dollar commat ast plus equals sol"
    " lowbar lsqb rsqb hairsp ldquor rdquor lsquor rsquor scaron zcaron ccaron cacute ecaron rcaron"
    " lstrok sacute zacute zdot eogon aogon nacute dstrok gbreve inodot odblac udblac uring".split()
)
_INVISIBLE = frozenset("\xad\u200b\ufeff\u2060")
_ABOUT_HTML = lazy(
    r"(?i)\b(?:html|xml|entit(?:y|ies)|entités?|entidad(?:es)?|markup|escap(?:e|ed|ing))\b|</?\w+>"
)
_SPOKEN_BEFORE = lazy(r"(?i)\b(?:use(?: of)?|typed?|write|code|returns?|called|enter)\s+$")
_SPOKEN_AFTER = lazy(r"\s+(?:is|for (?:a|the)|to get|within|stands|means)\b")
_TIED_AFTER = lazy(r"[;:!?»%€§]|\p{Lu}?\p{Ll}{0,2}(?!\p{L})")


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"&(?:#|[A-Za-z][^\s;]{1,9};)"


def find(document: Document) -> Iterator[Match]:
    """Yield character references and the characters that they stand for, however often escaped.

    Offered only, where the text speaks of markup, holds tags, or quotes the reference, and for `<`
    and `>`, which can change what a text means. References to control characters and names that
    are rather code (`&foo;`) are left alone.
    """
    technical: bool | None = None
    text = document.text
    for hit in _REFERENCE.finditer(text):
        if hit["name"] and hit["name"] not in _NAMES:
            continue
        plain = _blank(text, hit) if hit["blank"] else _plain(hit[0])
        if plain is None:
            continue
        if technical is None:
            technical = bool(_ABOUT_HTML.search(text))
        quoted = hit.start() > 0 and text[hit.start() - 1] in "`'\"“‘("
        if quoted and not text[hit.end() : hit.end() + 1].isspace():
            quoted = text[hit.end() : hit.end() + 1] in tuple("`'\"”’)")
        spoken = _SPOKEN_BEFORE.search(text, max(0, hit.start() - 40), hit.start())
        spoken = spoken or _SPOKEN_AFTER.match(text, hit.end())
        doubtful = bool(spoken) or technical or quoted or plain in ("<", ">")
        message = f"“{hit[0]}” is the HTML reference for “{plain}”"
        if plain == "":
            message = f"“{hit[0]}” is the HTML reference for a sign that is not seen"
        action = Action.SUGGEST if doubtful else Action.FIX
        yield Match(hit.start(), hit.end(), (plain,), message, action)


def _plain(reference: str) -> str | None:
    """The one character that a reference stands for; "" for one that is not seen, None for none.

    >>> _plain("&amp;amp;quot;"), _plain("&#151;"), _plain("&shy;"), _plain("&#7;")
    ('"', '—', '', None)
    """
    name = "&" + reference.replace("amp;", "")[1:]
    plain = html5.get(name[1:]) or html.unescape(name)
    if plain in _INVISIBLE:
        return ""
    return plain if len(plain) == 1 and plain.isprintable() else None


def _blank(text: str, hit: regex.Match[str]) -> str:
    """What stands for one or more no-break spaces: nothing beside a blank, else a blank.

    It keeps the words together after a number and before a mark, a unit or an initial.
    """
    before, after = text[max(0, hit.start() - 1) : hit.start()], text[hit.end() : hit.end() + 9]
    if not before or before.isspace() or not after or after[0].isspace():
        return ""
    tied = before in "«§" or after[0] in ";:!?»" or (before.isdigit() and _TIED_AFTER.match(after))
    return "\xa0" if tied else " "
