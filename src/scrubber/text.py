"""Lines, words, sentences and zones of a text. Pure functions on str."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from heapq import heapify, heappop, heappush
from itertools import accumulate, filterfalse
from typing import TYPE_CHECKING, NamedTuple

from scrubber.patterns import MULTILINE, lazy

if TYPE_CHECKING:
    import regex

WORD = lazy(r"\p{L}[\p{L}\p{M}]*")
CAMEL = lazy(r"\p{Ll}\p{Lu}")

_MARKS = "".join(map(chr, (*range(33, 48), *range(58, 65), 96, *range(8208, 8232))))


def words(chunks: Mapping[str, int]) -> Counter[str]:
    """Return how often each run of letters stands in a text, case kept.

    `chunks` is what stands between its blanks, with how often: most of it was met before, and is
    taken apart once. A page took 0.85 ms when all of it was searched.

    >>> words(Counter("One two, one.".split())) == {"One": 1, "two": 1, "one": 1}
    True
    """
    found: Counter[str] = Counter()
    get = found.get
    for chunk, count in chunks.items():
        for word in words_of(chunk):
            found[word] = get(word, 0) + count
    return found


def vocabulary(chunks: Collection[str]) -> set[str]:
    """Return the runs of letters in what stands between the blanks of a text, case kept.

    >>> sorted(vocabulary(["One", "two,", "one."]))
    ['One', 'one', 'two']
    """
    return set(filter(str.isalpha, chunks)).union(*map(words_of, filterfalse(str.isalpha, chunks)))


@lru_cache(maxsize=1 << 15)
def words_of(chunk: str) -> tuple[str, ...]:
    """Return the runs of letters in what stands between two blanks."""
    word = chunk.strip(_MARKS)
    return (word,) if word.isalpha() else tuple(WORD.findall(word))


_UNWRITABLE = lazy(r"[\0\uD800-\uDFFF]")


def writable(text: str) -> bool:
    """Whether a text file can hold a text: no NUL, no lone surrogate."""
    return _UNWRITABLE.search(text) is None


HOLE = "\ufffc"
"""Stands in prose taken from markup where something is that is no prose: code, an image."""


class Line(NamedTuple):
    """A line: `start` to `stop` without its break, `start` to `end` with it."""

    start: int
    stop: int
    end: int


def lines(text: str) -> list[Line]:
    r"""Split a text at line feeds, or at lone carriage returns where it has no line feed at all.

    `str.splitlines` would also split at U+2028, U+0085 and form feeds, which prose may hold
    within a line.

    >>> lines("one\r\ntwo")
    [Line(start=0, stop=3, end=5), Line(start=5, stop=8, end=8)]
    """
    newline = "\n" if "\n" in text or "\r" not in text else "\r"
    parts = text.split(newline)
    ends = list(accumulate(map(len, parts), lambda end, size: end + size + 1, initial=0))
    stops: Iterable[int] = (end - 1 for end in ends[1:])
    if newline == "\n" and "\r" in text:
        stops = (stop - part.endswith("\r") for stop, part in zip(stops, parts, strict=True))
    spans = zip(ends, stops, ends[1:], strict=False)
    found: list[Line] = list(map(partial(tuple.__new__, Line), spans))  # a third of `Line(…)`
    found[-1:] = [found[-1]._replace(end=len(text))] if parts[-1] else []
    return found


_SENTENCE_END = lazy(r"""[.!?…]["'”’»)\]]*(?=\s)|[\n\r]""")
_ABBREVIATION = lazy(r"(?:\b\p{L}|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|No|vs|etc))\.$")


def sentence(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence or line around the offset `at`.

    A stop after an initial or a title is not an end. Good enough for "earlier in this sentence";
    not meant for segmenting a corpus.

    >>> sentence("It rained. We stayed in. Then sun.", 12)
    (11, 24)
    """
    start = 0
    for mark in _SENTENCE_END.finditer(text, max(0, at - 1000), at):
        if not _ABBREVIATION.search(text, max(0, mark.start() - 6), mark.start() + 1):
            start = mark.end()
    start = max(start, at - 1000)
    while start < at and text[start].isspace():
        start += 1
    for mark in _SENTENCE_END.finditer(text, at, min(len(text), at + 1000)):
        if mark[0] in "\n\r":
            return start, mark.start()
        if not _ABBREVIATION.search(text, max(0, mark.start() - 6), mark.start() + 1):
            return start, mark.end()
    return start, min(len(text), at + 1000)


_KINDS = (
    ("code", "`", r"^(?P<fence>```+)[^\n]*\n(?:.*\n)*?(?P=fence)"),
    ("code", "~~~", r"^(?P<fence>~~~+)[^\n]*\n(?:.*\n)*?(?P=fence)"),
    ("code", "`", r"`[^`\n]+`"),
    ("url", "://", r"""\b(?:https?|ftp)://[^\s<>"“”]+"""),
    ("url", "www.", r"""www\.(?<=\bwww\.)[\w-]+\.[^\s<>"“”]+"""),
    ("mail", "@", r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+\w"),
    ("markup", "<", r"</?[A-Za-z][^<>\n]{0,300}>"),
    ("markup", "{{", r"\{\{[^\n]{0,300}?\}\}"),
    ("markup", "{%", r"\{%[^\n]{0,300}?%\}"),
    ("handle", "@", r"@(?<![\w.&]@)\p{L}\w*"),
    ("handle", "#", r"\#(?<![\w.&]\#)\p{L}\w*"),
    ("file", "/", r"(?<![\w./])(?:~|\.\.?)?(?:/[\w.-]++)+"),
    ("file", "/", r"(?<![\w./-])\w[\w.-]*+(?:/[\w.-]++){2,}"),
    ("file", ":\\", r"\b[A-Za-z]:\\[^\s]+"),
)
"""How each kind of zone looks, the first before those that follow, and what any of it holds.

Each is a pattern of its own: as one, they took 2.4 ms a page.
"""

_WITHIN_WORD = frozenset({"file", "mail"})
"""Kinds that hold no blank: they are searched for around what they hold."""


@cache
def _looks() -> list[tuple[str, str, regex.Pattern[str]]]:
    return [(kind, mark, lazy(look, MULTILINE)) for kind, mark, look in _KINDS]


def _next(text: str, at: int, look: tuple[str, str, regex.Pattern[str]]) -> tuple[int, int] | None:
    """The first place at `at` or later that is a zone by its look."""
    kind, mark, pattern = look
    if kind not in _WITHIN_WORD:
        hit = pattern.search(text, at)
        return hit.span() if hit else None
    place = text.find(mark, at)
    while place >= 0:
        start, end = chunk(text, at, place)
        hit = pattern.search(text, start, end)
        if hit:
            return hit.span()
        place = text.find(mark, end)
    return None


def chunk(text: str, floor: int, at: int) -> tuple[int, int]:
    """Return what stands around a place between two blanks or line breaks, from `floor` on."""
    start = max(text.rfind(" ", floor, at), text.rfind("\n", floor, at), floor - 1) + 1
    ends = [end for end in (text.find(" ", at), text.find("\n", at)) if end >= 0]
    return start, min(ends, default=len(text))


def _marked(text: str) -> list[tuple[int, int, str]]:
    """The zones that are known by a mark, none over another: the first one counts."""
    found: list[tuple[int, int, str]] = []
    coming = []
    for order, look in enumerate(_looks()):
        span = _next(text, 0, look) if look[1] in text else None
        if span:
            coming.append((span[0], order, span[1], look))
    heapify(coming)
    at = 0
    while coming:
        start, order, end, look = heappop(coming)
        if start >= at:
            found.append((start, end, look[0]))
            at = end
        span = _next(text, at, look)
        if span:
            heappush(coming, (span[0], order, span[1], look))
    return found


_FRONT_MATTER = lazy(r"\ufeff?(?:---|\+\+\+)\r?\n(?:.*\n)*?(?:---|\+\+\+)\r?(?:\n|$)")
_FENCES = ("---", "+++", "\ufeff")


def zones(text: str) -> list[tuple[int, int, str]]:
    """Return the stretches of any text that are not prose, as (start, end, kind).

    URLs (`url`), mail addresses (`mail`), code in backticks (`code`), tags (`markup`), handles and
    hashtags (`handle`), paths (`file`), and front matter. A zone that is one too many only costs
    a repair.

    >>> zones("See https://example.org/aB for `fooBar`.")
    [(4, 26, 'url'), (31, 39, 'code')]
    """
    found = _marked(text)
    front = _FRONT_MATTER.match(text) if text.startswith(_FENCES) else None
    if front:
        found.insert(0, (0, front.end(), "front matter"))
    found += [(start, end, "code") for start, end in _indented(text)]
    return found


def _indented(text: str) -> Iterator[tuple[int, int]]:
    """Blocks that are code by their indent: after a line that ends in two colons, or by four."""
    if not _INDENT.search(text):
        return
    literal, blank = False, True
    start = end = 0
    for line in lines(text):
        body = text[line.start : line.stop]
        if not body.strip():
            blank = True
            continue
        indented = body[:1] in " \t"
        if end and indented:
            end = line.stop
        elif indented and blank and (literal or body.startswith(("    ", "\t"))):
            start, end = line.start, line.stop
        elif end:
            yield start, end
            end = 0
        if not indented:
            literal = body.rstrip().endswith("::") or body.startswith(".. ")
        blank = False
    if end:
        yield start, end


_INDENT = lazy(r"^[ \t]+\S", MULTILINE)


def within_link(start: int, end: int, links: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return a span without what stands before or after the link that it is in."""
    at = max(0, bisect_right(links, (start, start)) - 1)
    for first, last in links[at : at + 3]:
        if start < first < end:
            start = first
        if start < last < end:
            end = last
    return start, end
