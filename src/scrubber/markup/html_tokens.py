"""HTML, cut into its tokens with their places, as the HTML standard's tokenizer cuts it.

https://html.spec.whatwg.org/multipage/parsing.html#tokenization. The parsers that follow it
keep no offsets, and `html.parser` of the standard library reads comments and scripts otherwise from
one patch release of Python to the next. Every expression is possessive: the time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_S = r" \t\n\f\r"
_TAG = re.compile(
    rf"<(/?)([A-Za-z][^{_S}/>]*+)"
    rf"(?>[{_S}/]++"
    rf"|(?:=[^{_S}/>=]*+|[^{_S}/>=]++)"
    rf"(?:[{_S}]*+=[{_S}]*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^{_S}>]*+)|[{_S}]*+(?!=)))*+>"
)
_ATTRIBUTE = re.compile(
    rf"[{_S}/]*+(=[^{_S}/>=]*+|[^{_S}/>=]++)"
    rf"(?:[{_S}]*+=[{_S}]*+(?:\"([^\"]*+)\"|'([^']*+)'|(?![\"'])([^{_S}>]*+)))?"
)
_NAME = re.compile(rf"</?[A-Za-z][^{_S}/>]*+")
_COMMENT_END = re.compile(r"--!?>")
_DOCTYPE = re.compile(r"<!doctype[^>\[]*+\[[^\]]*+\][^>]*+>", re.IGNORECASE)
_SCRIPT = re.compile(r"<!--(-?>)?|-->|<(/?)script(?=[ \t\n\f\r/>])", re.IGNORECASE)

RAW = frozenset("script style xmp iframe noembed noframes textarea title plaintext".split())
"""Elements in which no tag begins but their own end."""


class Token(NamedTuple):
    """A stretch of HTML: `text`, `start`, `end` (tags, with their name), `raw`, or `other`.

    `raw` is what an element of `RAW` holds; `other` is a comment, a doctype, an instruction.
    """

    kind: str
    start: int
    end: int
    name: str = ""


class Attribute(NamedTuple):
    """An attribute's value and its place; `quote` is empty where it stands in none."""

    value: str
    start: int
    quote: str


def tokens(text: str, start: int = 0, *, xml: bool = False) -> Iterator[Token]:
    """Yield the tokens of a text, each beginning where the one before ended.

    What the standard drops, a tag or a comment that never ends, is `other` up to the end. In `xml`
    a slash at its end closes any element; in HTML only what is foreign to it.
    """
    at = begun = start
    foreign = 0
    while (at := text.find("<", at)) >= 0:
        token = _token(text, at)
        if token is None:
            at += 1
            continue
        if begun < at:
            yield Token("text", begun, at)
        yield token
        at = begun = token.end
        if token.name in ("svg", "math"):
            foreign += 1 if token.kind == "start" else -1
        if token.kind == "start" and token.name in RAW:
            if (xml or foreign > 0) and text[at - 2] == "/":
                continue
            end = _raw_end(text, at, token.name)
            yield Token("raw", at, end, token.name)
            at = begun = end
    if begun < len(text):
        yield Token("text", begun, len(text))


def attributes(text: str, token: Token) -> dict[str, Attribute]:
    """Return the attributes of a start tag by name; of two with one name, the first counts."""
    found: dict[str, Attribute] = {}
    name = _NAME.match(text, token.start)
    at = name.end() if name else token.end
    while (hit := _ATTRIBUTE.match(text, at, token.end - 1)) is not None:
        number = hit.lastindex or 1
        quote = text[hit.start(number) - 1] if number in (2, 3) else ""
        value = Attribute(hit[number], hit.start(number), quote) if number > 1 else _EMPTY
        found.setdefault(hit[1].lower(), value)
        at = hit.end()
    return found


_EMPTY = Attribute("", 0, "")


def _token(text: str, at: int) -> Token | None:
    """The tag or the like that begins at a `<`; None where it is text."""
    tag = _TAG.match(text, at)
    if tag is not None:
        return Token("end" if tag[1] else "start", at, tag.end(), tag[2].lower())
    if _NAME.match(text, at):
        return Token("other", at, len(text))
    if text.startswith(("<!", "<?"), at) or (text.startswith("</", at) and at + 2 < len(text)):
        return Token("other", at, _other_end(text, at))
    return None


def _other_end(text: str, at: int) -> int:
    if text.startswith("<!--", at):
        if text.startswith(("<!-->", "<!--->"), at):
            return text.index(">", at) + 1
        end = _COMMENT_END.search(text, at + 4)
        return end.end() if end else len(text)
    if text.startswith("<![CDATA[", at):
        close = text.find("]]>", at)
        if close >= 0:
            return close + 3
    doctype = _DOCTYPE.match(text, at)
    if doctype is not None:
        return doctype.end()
    return text.find(">", at) + 1 or len(text)


def _raw_end(text: str, at: int, name: str) -> int:
    """Where the content of a raw element ends: before its end tag, or with the text."""
    if name == "plaintext":
        return len(text)
    if name == "script":
        return _script_end(text, at)
    end = _end_tag(name).search(text, at)
    return end.start() if end else len(text)


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_S}/>])", re.IGNORECASE)


def _script_end(text: str, at: int) -> int:
    """As the standard has it: in a comment of a script, another script may stand."""
    escaped = 0
    for found in _SCRIPT.finditer(text, at):
        if found[0].startswith("<!--"):
            escaped = 0 if found[1] else max(escaped, 1)
        elif found[0] == "-->":
            escaped = 0
        elif not found[2]:
            escaped = 2 if escaped else 0
        elif escaped < 2:
            return found.start()
        else:
            escaped = 1
    return len(text)
