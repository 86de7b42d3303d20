"""Text that was decoded with the wrong encoding (`townâ€™s`), repaired by ftfy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from scrubber import guises
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled, lazy
from scrubber.rereading import CAPITALS, SIGNS, Reading, is_lost_capital, reread
from scrubber.suspicion import pattern as suspicion
from scrubber.text import Line

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_SUSPECT = (
    r"[ŒœÃÂ\x80-\x9f\ufffd]"
    r"|[\xa0-\u024f\u02c6-\u02dd\u0370-\u04ff\u2013-\u203a\u20ac\u2122\u2200-\u25ff]"
    r"(?:(?<![\u2000-\u206f])[\x80-\u024f\u02c6-\u02dd\u2000-\u206f\u20ac\u2122\u2200-\u25ff]"
    r"|[\x80-\u024f\u20ac\u2122\u2200-\u25ff])"
)

_QUICK = lazy(r"[^\x00-\x7f]{2}|[ŒœÃÂ\x80-\x9f\ufffd鈥窶]|[ĂГΓأĆ] ")
"""What every text holds in which anything is found; the last are half of à, its blank lost. Most
texts hold single quotation marks and dashes, and then no table of an encoding has to be made."""

_BROKEN = r"[ÃÂ\x80-\x9f\ufffd]"

_ABOUT = (
    r"(?i)\b(?:mojibake|utf-?8|unicode|ascii|encod(?:ed|ings?)|charsets?|iso.8859|kodierung"
    r"|zeichens[aä]tz|codific|latin-?1|windows-125\d|cp125\d)\b"
)
_WORD = r"[^ \t\xa0]+"


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    pairs = (guises.sequences(name).pattern for name in (*guises.NAMES, *guises.WIDE))
    plain = compiled(r"\\([^\x00-\x7f])")
    return "|".join((*(plain.sub(r"\1", pair) for pair in pairs), r"[\x{80}-\x{9f}]", suspicion()))


def find(document: Document) -> Iterator[Match]:
    """Yield words that were decoded with the wrong encoding, and what they were.

    Lines that are UTF-8 in one of the guises as a whole are read back strictly; what is left goes
    to ftfy with every restyling step off, which also knows lost and mixed bytes, and C1 controls
    that stand for the characters of Windows-1252. Where the text speaks of encodings, it is
    offered. Curly quotes, ligatures, widths, entities and composed forms stay.
    """
    if document.text.isascii() or not _QUICK.search(document.text):
        return
    strict = reread(document)
    rest = [n for n in _suspects(document) if n not in strict]
    if not strict and not rest:
        return
    action = Action.SUGGEST if compiled(_ABOUT).search(document.text) else Action.FIX
    for number in sorted({*strict, *rest}):
        found = strict.get(number) or _by_ftfy(document.text, document.lines[number])
        for start, end, before, after, doubtful in found:
            message = f"“{before.strip()}” is “{after.strip()}” decoded with the wrong encoding"
            yield Match(start, end, (after,), message, Action.SUGGEST if doubtful else action)


def _suspects(document: Document) -> list[int]:
    """The numbers of the lines that ftfy may change."""
    runs = "\n".join(compiled(r"[^\x00-\x7f]+").findall(document.text))
    if not compiled(_SUSPECT).search(runs):
        return []
    return [
        number
        for number, line in enumerate(document.lines)
        if compiled(_SUSPECT).search(document.text, line.start, line.stop)
    ]


def _by_ftfy(text: str, line: Line) -> Iterator[Reading]:
    old = text[line.start : line.stop]
    new = _fixed(old)
    if new == old or compiled(_CYRILLIC).search(old):
        return
    found, broken = [], 0
    for start, end, other_start, other_end in _changed_words(old, new):
        before, after = old[start:end], new[other_start:other_end]
        if "\xa0" not in before:
            after = after.replace("\xa0", " ")  # the page's blank was read as half a character
        if compiled(_BROKEN).search(after):
            broken += 1  # half a repair is worse than none
        elif is_lost_capital(text, line.start + start, before) or not guises.likely(after):
            continue
        elif _is_sure(text, before, after):
            found.append(Reading(line.start + start, line.start + end, before, after))
    if broken <= len(found):
        yield from found


def _is_sure(text: str, before: str, after: str) -> bool:
    """Whether a repair that ftfy makes cannot be good text that looks like mojibake.

    Å³, Ø± and Â² are units, diameters and estimators; A MANHÃ” is Portuguese in capitals with a
    closing quotation mark; a letter of a script that the text nowhere else has is no repair.
    """
    if compiled(CAPITALS).search(before) or (
        compiled(SIGNS).search(before) and not compiled(_PLAIN).search(text)
    ):
        return False
    letters = sum(map(str.isalnum, after))
    if len(before) > 6 and 2 * letters < len(after):
        return False  # line noise
    foreign = {hit[0] for hit in compiled(_OTHER_SCRIPT).finditer(after)}
    return all(letter in text for letter in foreign) or (
        len(compiled(_OTHER_SCRIPT).findall(after)) > 1 and not compiled(_LATIN).search(after)
    )


_CYRILLIC = r"[à-ÿ]{4}.*[à-ÿ]{4}"  # read as Latin, byte by byte: Â is the word В
_PLAIN = r"\p{Ll}(?:â€|Ã[©¨¼¶¤±³§¡\xad])"
_OTHER_SCRIPT = r"(?!\p{Latin})\p{L}"
_LATIN = r"\p{Latin}"


def _fixed(text: str) -> str:
    from ftfy import fix_and_explain

    return fix_and_explain(text, _config()).text


@cache
def _config() -> TextFixerConfig:
    """Every step off but the decoding; explain on, for ftfy 6.3.1 ignores options without it."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=True,
    )


def _changed_words(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield spans of `old` and of `new` that differ: words where both have as many, else the line.

    A finer comparison takes quadratic time (17 s for 5 KB of mojibake on one line).
    """
    olds = [hit.span() for hit in compiled(_WORD).finditer(old)]
    news = [hit.span() for hit in compiled(_WORD).finditer(new)]
    if len(olds) != len(news):
        yield 0, len(old), 0, len(new)
        return
    for (start, end), (other_start, other_end) in zip(olds, news, strict=True):
        if old[start:end] != new[other_start:other_end]:
            yield start, end, other_start, other_end
