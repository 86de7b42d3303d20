"""Lines of UTF-8 that was read as something else, read back word by word."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from scrubber import guises, lexicon
from scrubber.languages import language
from scrubber.model import Document
from scrubber.patterns import compiled
from scrubber.text import WORD, Line

if TYPE_CHECKING:
    import regex

CAPITALS = r"\p{Lu}{2}\P{L}*\Z"
"""MANHÃ” is Portuguese in capitals with a closing quotation mark."""

SIGNS = r"[ÅØÂÃÄ][²³¹±°·×–-]|[ÅØ](?!\p{Ll})"
"""Å³, Ø± and Â² are units, diameters and estimators."""


class Reading(NamedTuple):
    """A word as UTF-8 in one guise; doubtful where another guise reads it as well."""

    start: int
    end: int
    before: str
    after: str
    doubtful: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether it is neither a unit nor a word in capitals with a quotation mark."""
        return not compiled(CAPITALS).search(self.before) and not compiled(SIGNS).search(
            self.before
        )


class _Line(NamedTuple):
    """A line in one guise: its words, and those of them that are odd.

    `lost` is how many others there are, `half` how many of these are damaged all the same.
    """

    guise: str
    words: list[Reading]
    odd: set[Reading]
    lost: int
    half: int


def reread(document: Document) -> dict[int, list[Reading]]:
    """The lines that hold UTF-8 in one guise, with their words read back.

    A line counts when every word of it that is not ASCII reads back to something likely, and one
    of them is odd as it stands. Where the guise is sure from other lines, it needs no odd word.
    Of a line that holds other characters too, the odd words count, and the others where those are
    many.
    """
    whole: defaultdict[int, list[_Line]] = defaultdict(list)
    parts: dict[int, _Line] = {}
    sure: Counter[str] = Counter()
    for name in guises.possible(set(document.text)):
        for number in _hit_lines(document, name):
            read = _line(document.text, document.lines[number], name)
            sure[name] += len(read.odd)
            if read.words and not read.lost:
                whole[number].append(read)
            elif len(read.odd) > (len(parts[number].odd) if number in parts else 0):
                parts[number] = read
    found = {}
    for number, read in parts.items():
        if read.half <= len(read.words):
            many = len(read.odd) >= 3
            found[number] = [w for w in read.words if w in read.odd or (many and w.is_sure)]
    for number, reads in whole.items():
        reads = [read for read in reads if read.odd or sure[read.guise] >= 3]
        if reads:
            found[number] = _best(document, document.lines[number], reads)
    return found


def _best(document: Document, line: Line, reads: list[_Line]) -> list[Reading]:
    """The words of a line that may be in several guises: the reading with the commoner words.

    CĂŠsar is César if it was read as Latin-2, and CÊsar if it was Windows-1250.
    """
    texts = ["".join(word.after for word in read.words) for read in reads]
    if texts.count(texts[0]) == len(texts):
        return reads[0].words
    rest = compiled(_NOT_ASCII).sub("", document.text[line.start : line.stop])
    code = language(rest) or document.language
    if code not in lexicon.LANGUAGES:
        return [word._replace(doubtful=True) for word in reads[0].words]

    def commonness(read: _Line) -> float:
        words = WORD.findall(" ".join(word.after for word in read.words))
        found = [-9.0 if compiled(_ICELANDIC).search(w) else lexicon.zipf(w, code) for w in words]
        return sum(found) / (len(found) or 1)

    reads.sort(key=commonness, reverse=True)
    others = [read for read in reads if read.words != reads[0].words]
    doubtful = any(commonness(read) == commonness(reads[0]) for read in others)
    return [word._replace(doubtful=doubtful) for word in reads[0].words]


_ICELANDIC = r"[ÞþÐð]"  # in none of the languages whose words are known
_NOT_ASCII = r"\S*[^\x00-\x7f]\S*"


@lru_cache(maxsize=2)
def _runs(document: Document) -> dict[str, list[int]]:
    """What of a text is not ASCII, with a blank behind it, and where: all else is no sequence."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for hit in compiled(r"[^\x00-\x7f]+(?: |(?<=[^\x00-\x7f]{2}))").finditer(document.text):
        found[hit[0]].append(hit.start())
    return found


def _hit_lines(document: Document, name: str) -> list[int]:
    """The numbers of the lines that hold a sequence of a guise."""
    search = guises.sequences(name).search
    hits = sorted(at for run, places in _runs(document).items() if search(run) for at in places)
    starts = [line.start for line in document.lines] if hits else []
    return list(dict.fromkeys(bisect_right(starts, at) - 1 for at in hits))


def _line(text: str, line: Line, name: str) -> _Line:
    """Read back every word of a line that is not ASCII."""
    words, odd, lost, half = [], set[Reading](), 0, 0
    for hit in _words(text, line, name):
        before = hit[0]
        after = guises.read_back(before, name)
        if after is None or is_lost_capital(text, hit.start(), before):
            lost += 1
            half += "\ufffd" in before or bool(guises.sequences(name).search(before))
            continue
        words.append(Reading(hit.start(), hit.end(), before, after))
        if guises.odd(before, name, after):
            odd.add(words[-1])
    return _Line(name, words, odd, lost, half)


def _words(text: str, line: Line, name: str) -> Iterator[regex.Match[str]]:
    """The words of a line that are not ASCII; a blank is part of one only behind what is not."""
    search, strange = compiled(guises.words(name)).search, compiled(r"[^\x00-\x7f]").search
    at = line.start
    while first := strange(text, at, line.stop):
        gap = compiled(_GAP_BEFORE).search(text, at, first.start())
        hit = search(text, gap.end() if gap else at, line.stop)
        if hit is None:
            return
        if not hit[0].isascii():
            yield hit
        at = hit.end()


_GAP_BEFORE = r"(?r)[\x00-\x7f][ \t]"


def is_lost_capital(text: str, at: int, word: str) -> bool:
    """Whether Ã stands alone where a sentence begins: half of È or À, not à and its blank."""
    return word.strip(" \xa0") == "Ã" and bool(compiled(_START).search(text, max(0, at - 9), at))


_START = r"(?:^|[.!?…:]\P{L}*)\Z"
