"""HTML entities left in a text (`&amp;`, `&#8217;`)."""

from __future__ import annotations

import html
from collections.abc import Iterator

import regex

from scrubber.model import Action, Document, Match

_ENTITY = regex.compile(
    r"&(?:amp;)?(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[lr]aquo|[mn]dash"
    r"|hellip|copy|reg|trade|euro|pound|cent|deg|eacute|egrave|agrave|uuml|ouml|auml|ccedil|ntilde"
    r"|oacute|iacute|aacute|szlig|middot|bull|ndash|mdash);"
)
_ABOUT_HTML = regex.compile(r"(?i)\b(?:html|xml|entit(?:y|ies)|markup|escap(?:e|ed|ing))\b|</?\w+>")

_SPOKEN_BEFORE = regex.compile(r"(?i)\b(?:use(?: of)?|typed?|write|code|returns?|called|enter)\s+$")
_SPOKEN_AFTER = regex.compile(r"\s+(?:is|for (?:a|the)|to get|within|stands|means)\b")


def find(document: Document) -> Iterator[Match]:
    """Yield character references and the characters that they stand for.

    Offered only, where the text speaks of markup, holds tags, or quotes the reference, and for `<`
    and `>`, which can change what a text means. References to control characters are left alone.
    """
    technical = None
    for hit in _ENTITY.finditer(document.text):
        plain = html.unescape(html.unescape(hit[0]))
        if len(plain) != 1 or not (plain.isprintable() or plain == "\xa0"):
            continue
        if technical is None:
            technical = bool(_ABOUT_HTML.search(document.text))
        quoted = (
            document.text[hit.start() - 1 : hit.start()] in tuple("`'\"“‘(") and hit.start() > 0
        )
        if plain == "\xa0":
            plain = " "
        message = f"“{hit[0]}” is the HTML reference for “{plain}”"
        spoken = _SPOKEN_BEFORE.search(document.text, max(0, hit.start() - 40), hit.start())
        spoken = spoken or _SPOKEN_AFTER.match(document.text, hit.end())
        doubtful = (
            bool(spoken) or technical or quoted or plain in "<>" or hit[0].startswith("&amp;amp")
        )
        action = Action.SUGGEST if doubtful else Action.FIX
        yield Match(hit.start(), hit.end(), (plain,), message, action)
