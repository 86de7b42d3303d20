"""The comments for scrubber in a text of each markup; never in code that shows one. Pure.

A plain text has no comments: there one stands alone on its line, written as in a markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from scrubber.comments import Comment, alone, line_of, reach
from scrubber.model import Prose, Zone

_TO = r"\s*+scrubber:(?P<{}>.{{0,2000}}?)"
_LINE = r"[ \t]+scrubber:(?P<line>[^\r\n]*)"
_HTML = rf"<!--{_TO.format('html')}-->"
_JINJA = rf"\{{#-?{_TO.format('jinja')}-?#\}}"
_MDX = rf"\{{/\*{_TO.format('mdx')}\*/\}}"

_PATTERNS = {
    "markdown": rf"(?s:{_HTML}|{_JINJA}|{_MDX})",
    "html": rf"(?s:{_HTML}|{_JINJA})",
    "rst": rf"^[ \t]*\.\.{_LINE}",
    "asciidoc": rf"^//{_LINE}",
    "gettext": rf"^\#\.?{_LINE}",
    "subtitles": rf"^NOTE{_LINE}",
    "": rf"^[ \t]*(?:{_HTML}[ \t]*(?=[\r\n]|\Z)|(?:\#|//|\.\.){_LINE})",
}
_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(?:.*\n)*?\1[ \t]*\r?(?:\n|\Z)")
_YAML = re.compile(rf"(?:^|(?<=[ \t]))\#{_LINE}", re.MULTILINE)

_Hit = re.Match[str]


def found(text: str, kind: str, view: Callable[[str], Prose]) -> list[Comment]:
    """Return the comments for scrubber in a text of a markup, in order.

    In HTML the block below one is the next one that `view` finds: lines mean nothing there.
    """
    hits = list(re.finditer(_PATTERNS[kind], text, re.MULTILINE))
    front = _FRONT_MATTER.match(text) if kind in ("markdown", "html") else None
    first = front.end() if front else 0
    shown = _SHOWN[kind](text) if hits and kind in _SHOWN else lambda hit: False
    comments = [_comment(text, hit) for hit in hits if hit.start() >= first and not shown(hit)]
    if kind == "html":
        comments = [_above_block(text, comment, view) for comment in comments]
    titles = (_comment(text, hit) for hit in _YAML.finditer(text, 0, first))
    return [*(_above_line(text, comment) for comment in titles), *comments]


def in_plain(text: str, zones: tuple[Zone, ...]) -> list[Comment]:
    """Return the comments for scrubber in a text without markup; `zones` says where code is."""
    code = [(zone.start, zone.end) for zone in zones if zone.kind == "code"]
    comments = (_comment(text, hit) for hit in re.finditer(_PATTERNS[""], text, re.MULTILINE))
    return [c for c in comments if not any(start <= c.start < end for start, end in code)]


def _comment(text: str, hit: _Hit) -> Comment:
    start = hit.start() + len(hit[0]) - len(hit[0].lstrip())
    end = hit.start() + len(hit[0].rstrip())
    name = hit.lastgroup or ""
    return Comment(start, end, hit[name], hit.start(name), reach(text, start, end))


def _above_line(text: str, comment: Comment) -> Comment:
    """A comment in front matter: each line of it is a block."""
    first, stop = comment.reach
    if alone(text, comment.start, comment.end):
        below = line_of(text, *(min(comment.end + 2, len(text)),) * 2)
        stop = below[1]
    return comment._replace(reach=(first, stop))


def _above_block(text: str, comment: Comment, view: Callable[[str], Prose]) -> Comment:
    first, stop = line_of(text, comment.start, comment.end)
    if alone(text, comment.start, comment.end):
        ends = ((b.start, b.end) for b in view(text).blocks if comment.end <= b.start < b.end)
        stop = max(stop, min(ends, default=(0, stop))[1])
    return comment._replace(reach=(first, stop))


def _in_markdown_code(text: str) -> Callable[[_Hit], bool]:
    from scrubber.markup.markdown_parser import parsed

    tokens = [token for token in parsed(text.removeprefix("\ufeff")) if token.map]

    def shown(hit: _Hit) -> bool:
        line = len(re.findall(r"\r\n|\r|\n", text[: hit.start()]))
        return any(
            token.type in ("fence", "code_block")
            or any(
                mark.kind == "code" and hit[0] in token.content[mark.start : mark.end]
                for mark in token.meta.get("marks", ())
            )
            for token in tokens
            if token.map and token.map[0] <= line < token.map[1]
        )

    return shown


def _in_html_text(text: str) -> Callable[[_Hit], bool]:
    """What looks like a comment in a script, or in another one."""
    from scrubber.markup.html_tokens import tokens
    from scrubber.markup.templates import masked

    starts = {token.start for token in tokens(masked(text)) if token.kind == "other"}
    return lambda hit: hit[0].startswith("<") and hit.start() not in starts


_RST_CODE = re.compile(
    r"\.\. (?:code|code-block|sourcecode|parsed-literal|highlight|math|raw|prompt|doctest|testcode"
    r"|ipython)::"
)


def _in_rst_code(text: str) -> Callable[[_Hit], bool]:
    """What stands deeper than a line that ends in two colons, or than a directive for code."""

    def shown(hit: _Hit) -> bool:
        indent = len(hit[0]) - len(hit[0].lstrip())
        for line in reversed(text[: hit.start()].split("\n")):
            body = line.strip()
            own = len(line) - len(line.lstrip())
            if not body or own >= indent:
                continue
            directive = body.startswith(".. ")
            if _RST_CODE.match(body) or (body.endswith("::") and not directive):
                return True
            indent = own
        return False

    return shown


_FENCE = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|```+)(?=[ \t]*\r?$|\w)", re.MULTILINE)


def _in_asciidoc_code(text: str) -> Callable[[_Hit], bool]:
    """What stands between two fences alike."""
    stretches: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for line in re.finditer(r"^.*$", text, re.MULTILINE):
        fence = _FENCE.match(line[0])
        if opened is None and fence:
            opened = line.start(), fence[0]
        elif opened and line[0].rstrip() == opened[1]:
            stretches.append((opened[0], line.end()))
            opened = None
    return lambda hit: any(start <= hit.start() < end for start, end in stretches)


_SHOWN: dict[str, Callable[[str], Callable[[_Hit], bool]]] = {
    "markdown": _in_markdown_code,
    "html": _in_html_text,
    "rst": _in_rst_code,
    "asciidoc": _in_asciidoc_code,
}
