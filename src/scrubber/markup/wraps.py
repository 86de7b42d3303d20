"""Line breaks within a paragraph that only keep lines short. Pure functions on str."""

from __future__ import annotations

from itertools import pairwise

WIDEST = 130
"""Wider lines were not filled by an editor: a break between them was meant."""


def wrapped(paragraph: str) -> frozenset[int]:
    r"""Return the places where a break of a paragraph stands because the next word did not fit.

    The place is that of the blanks before the break. Nothing is known of a paragraph whose lines
    are short, or of one with each sentence on a line of its own: there a break may mean something.

    >>> text = "The ferry leaves the harbour at nine\nevery morning, but not today.\nSource"
    >>> sorted(wrapped(text))
    [36]
    """
    lines = paragraph.split("\n")
    widest = max(map(len, lines))
    if len(lines) < 2 or widest > WIDEST:
        return frozenset()
    found, at = set(), 0
    for line, following in pairwise(lines):
        body, words = line.rstrip(), following.split(maxsplit=1)
        if words and len(line) + 1 + len(words[0]) > widest and len(body) > 30:
            found.add(at + len(body))
        at += len(line) + 1
    return frozenset(found)
