"""Documents that a corpus recipe throws away because they repeat lines, paragraphs or phrases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from scrubber.measures import breach, line_texts, words
from scrubber.model import Action, Document, Match


def find(
    document: Document,
    *,
    unit: Literal["line", "paragraph", "frequent-phrase", "phrase"],
    count: Literal["units", "characters"] = "characters",
    size: int = 0,
    above: Sequence[float],
) -> Iterator[Match]:
    r"""Yield one match, at the start of the text, when too much of it is repeated.

    A `line` or `paragraph` counts when it stood before, by number or by characters. Of phrases of
    `size` words, and one more for each further limit in `above`, the most frequent one counts with
    all its places (`frequent-phrase`), or every one that stood before and overlaps no other
    (`phrase`). A phrase that stands once is no repetition, however short the text.

    >>> [m.message for m in find(Document("a\nb\na\n"), unit="line", count="units", above=[0.3])]
    ['lines that stood before: 33.33 %, at most 30 %']
    """
    if not document.text.strip():
        return
    if unit in ("line", "paragraph"):
        found = [_repeated(_blocks(document, unit), count)]
        names = [f"{'characters in ' * (count == 'characters')}{unit}s that stood before"]
    else:
        tokens = words(document.text)
        sizes = range(size, size + len(above))
        name = "the most frequent phrase" if unit == "frequent-phrase" else "repeated phrases"
        found = [_phrases(tokens, n, unit) / len(document.text) for n in sizes]
        names = [f"characters in {name} of {n} words" for n in sizes]
    for name, value, limit in zip(names, found, above, strict=True):
        message = breach(name, value, 0, limit, share=True)
        if message:
            yield Match(0, 0, (), message, Action.REPORT)
            return


def _blocks(document: Document, unit: str) -> list[str]:
    """The lines that are not blank, or the runs of them."""
    texts = line_texts(document)
    if unit == "line":
        return [text for text in texts if text]
    return ["\n".join(run) for full, run in groupby(texts, bool) if full]


def _repeated(blocks: Iterable[str], count: str) -> float:
    """The share of blocks that stood before, by number or by characters."""
    seen: set[str] = set()
    every = again = 0
    for block in blocks:
        weight = 1 if count == "units" else len(block)
        every += weight
        again += weight * (block in seen)
        seen.add(block)
    return again / every if every else 0.0  # a text of nothing but zero-width blanks


def _phrases(tokens: list[str], size: int, unit: str) -> int:
    """The characters of repeated phrases of that many words."""
    if unit == "frequent-phrase":
        counts = Counter(zip(*(tokens[n:] for n in range(size)), strict=False))
        phrase, times = max(counts.items(), key=lambda item: item[1], default=((), 1))
        return times * len(" ".join(phrase)) if times > 1 else 0
    seen: set[tuple[str, ...]] = set()
    at = again = 0
    while at + size <= len(tokens):
        phrase = tuple(tokens[at : at + size])
        if phrase in seen:
            again += len(" ".join(phrase))
            at += size
        else:
            seen.add(phrase)
            at += 1
    return again
