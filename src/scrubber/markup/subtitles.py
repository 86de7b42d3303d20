r"""The prose of subtitles, SubRip (.srt) and WebVTT (.vtt): what the cues say.

Left alone: counters, timings, settings, notes, styles and headers, tags and their kin (`<i>`,
`<v Ann>`, `{\an8}`), and what stands outside a cue. Lines stay lines: a break is never taken out.
https://www.w3.org/TR/webvtt1/#file-structure
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from scrubber.view import HOLE, View, Writer

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_TIMING = re.compile(r"\s*+[\d:.,]++\s*+-->\s*+[\d:.,]++")
_LANGUAGE = re.compile(r"^Language:[ ]*([A-Za-z]{2,3})(?![A-Za-z])", re.MULTILINE)
_MARK = re.compile(
    r"(?P<tag></?(?P<name>[A-Za-z]*+)[^<>]*+>)|\{[^{}]*+\}"
    r"|(?P<char>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-z]{2,8});)|\\[Nnh]"
)
_IN_TEXT = frozenset("b i u s c font lang ruby".split()) | {""}
_ENDED = re.compile(r"[.!?…:;♪\])\"”»]\W*+\Z")
_NEW = re.compile(r"\s*+(?:<v\b|[-–—>♪\[(]|[A-Z][A-Z. ]++:)")

_Span = tuple[int, int]


def view(text: str) -> View:
    """Return the prose of a file of subtitles."""
    writer = Writer(text)
    first = int(text.startswith("\ufeff"))
    language = None
    web = text.startswith("WEBVTT", first)
    for number, block in enumerate(_blocks(text, first)):
        head = 2 if len(block) > 1 and not _timed(text, block[0]) else 1
        if web and number == 0:
            told = _LANGUAGE.search(text, block[0][0], block[-1][1])
            language = told[1].lower() if told else None
        if len(block) >= head and _timed(text, block[head - 1]):
            _cue(writer, block[head:])
    return writer.view(language)


def _blocks(text: str, start: int) -> Iterator[list[_Span]]:
    """The lines of a text, without their breaks, in blocks that blank lines part."""
    block: list[_Span] = []
    while start < len(text):
        end = _line_end(text, start)
        stop = start + len(text[start:end].rstrip("\r\n"))
        if text[start:stop].strip():
            block.append((start, stop))
        elif block:
            yield block
            block = []
        start = end
    if block:
        yield block


def _line_end(text: str, start: int) -> int:
    found = _LINE.match(text, start)
    return found.end() if found else len(text)


def _timed(text: str, line: _Span) -> bool:
    return _TIMING.match(text, *line) is not None


def _cue(writer: Writer, lines: list[_Span]) -> None:
    """Put a cue into the view: a block, in which what one speaker says goes on over the lines."""
    writer.block(f"cue of {len(lines)}")
    if not lines:
        return
    writer.part(lines[0][0])
    before: _Span | None = None
    for line in lines:
        if before is not None:
            apart = _ENDED.search(writer.source, *before) or _NEW.match(writer.source, *line)
            writer.put("\n" if apart else " ")
        _line(writer, *line)
        before = line


def _line(writer: Writer, start: int, end: int) -> None:
    text = writer.source
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    at = start
    for mark in _MARK.finditer(text, start, end):
        writer.keep(at, mark.start())
        at = mark.end()
        if mark["char"]:
            writer.put(html.unescape(mark[0]))
        elif mark["tag"] and mark["name"].lower() in _IN_TEXT:
            writer.keep(at, at)
        else:
            writer.put(HOLE)
    writer.keep(at, end)
