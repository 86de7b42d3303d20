"""What follows from the tables: what is a name, what a site repeats, what words run into.

Each says less than it may where a table is a sample: then fewer texts are known of.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import IO

from scrubber.evidence import joined, keys, rows
from scrubber.evidence.rows import DEPTH

SOURCES = 3
"""Unrelated texts from which a token is a name: of the tokens with a capital within that stand in 3
to 10 of 131,416 scraped texts 94 % are names, of those in 1 or 2 texts 11 % are run together."""

MANY = 10
"""The same where one half is a function word with a capital: what runs together at links is."""

GLUED = 0.01
"""The share of all places where two words might meet by chance that is put down to damage, as a
bound from above: function words stand together some ten times as often as by chance, and of their
places one in 1,000 is damaged in a damaged corpus."""

PAGES, SHARE = 5, 0.1
"""From how many of a site's pages, and from which share of them, a line is said to be repeated."""

LEFTS = 5
"""Different words that run into another from which that is worth a rule."""


def _groups(table: IO[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """The keys of a table, each with its rows."""
    size = table.seek(0, 2)
    table.seek(0)
    for key, of_key in groupby(rows.rows(table, size // rows.WIDTH), rows.key):
        yield key, list(of_key)


def names(table: IO[bytes], words: float) -> Iterator[bytes]:
    """Yield the keys of tokens that stand in more unrelated texts than damage can explain."""
    for key, of_key in _groups(table):
        if of_key[0][-1:] == joined.SEAM:
            continue
        chance, capital = divmod(min(row[-1] for row in of_key), 2)
        expected = 0.0 if chance == joined.NO_CHANCE else GLUED * words * 2 ** (-chance / 2)
        if len(_sources(of_key)) >= max(MANY if capital else SOURCES, 1 + expected):
            yield key


def seams(table: IO[bytes]) -> Iterator[bytes]:
    """Yield the keys of words that several others run into, in several unrelated texts."""
    for key, of_key in _groups(table):
        several = of_key[0][-1:] == joined.SEAM and len(of_key) >= LEFTS
        if several and len(_sources(of_key)) >= SOURCES:
            yield key


def _sources(of_key: list[bytes]) -> set[bytes]:
    return {keys.told(rows.item(row), rows.value(row)) for row in of_key}


def repeated(table: IO[bytes]) -> Iterator[bytes]:
    """Yield the keys of lines that stand on several pages of a site, with their pages and its own.

    Of a site with more than 64 pages a fair draw of 64 is looked at.
    """
    sites: dict[bytes, tuple[bytes, int]] = {}
    for key, of_key in _groups(table):
        if key == rows.value(of_key[0]) and len(of_key) >= PAGES:
            whole = len(of_key) < DEPTH
            sites[key] = (b"\xff" * 8 if whole else rows.item(of_key[-1])), len(of_key)
    for key, of_key in _groups(table):
        last, pages = sites.get(rows.value(of_key[0]), (b"", 0))
        having = sum(rows.item(row) <= last for row in of_key)
        if pages and having >= max(PAGES, SHARE * pages) and key not in sites:
            yield key + bytes((having, pages))
