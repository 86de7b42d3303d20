"""Good pages damaged where their links stand, so that the truth is exact.

What happens to a link follows what is known of scraped and translated pages: a tool that takes
each text node by itself loses the blank after the link in 5 of 7 places, capitalises the next
word in 4 of those 5 and the link's own first letter in 6 of 8 (`segmt`); others lose the blank
after a link (`after`) or before it (`before`). Before that, some sound links are moved so that
they look like glue and are not: `[word](url)s`, `[one](url)/[two](url)`, `word[1](#n)`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from link_places import Link, Markup, links

Mechanism = Literal["after", "before", "segmt"]
MECHANISMS: tuple[Mechanism, ...] = ("after", "before", "segmt")
SHARES = (0.4, 0.25, 0.35)
MOST = 6  # damages on a page
LURES = 0.15  # of the links that could be moved
_SECOND = re.compile(r"\w+ \w+(?=[ .,])")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:s|es|ed|ing)$")


class Damage(NamedTuple):
    """A place of the damaged page, in code points, and what stood there in the good page.

    `kind` is `glue` where a blank was lost, and `case` where only the link's first letter was
    made a capital.
    """

    start: int
    end: int
    new: str
    mechanism: Mechanism
    kind: Literal["glue", "case"] = "glue"


class Pair(NamedTuple):
    """A damaged page, the good one, and what makes the one of the other."""

    damaged: str
    good: str
    truth: tuple[Damage, ...]


def repaired(page: str, truth: Sequence[Damage]) -> str:
    """Put back what was lost.

    >>> repaired("a [map](m)of it", [Damage(10, 10, " ", "after")])
    'a [map](m) of it'
    """
    for start, end, new, *_ in sorted(truth, reverse=True):
        page = page[:start] + new + page[end:]
    return page


def after(page: str, link: Link) -> bool:
    """Whether a word, a blank and a word meet where a link ends."""
    at = link.end
    word = page[at : at + 1] == " " and page[at + 1 : at + 2].isalpha()
    return link.last >= 0 and page[link.last].isalnum() and word and not _mark(page, link)


def before(page: str, link: Link) -> bool:
    """Whether a word, a blank and a word meet where a link begins."""
    at = link.start
    word = at > 1 and page[at - 1] == " " and page[at - 2].isalnum()
    return link.first >= 0 and page[link.first].isalpha() and word


def _mark(page: str, link: Link) -> bool:
    """Whether a link's text is a number only, as of a footnote, which often stands glued."""
    return link.first >= 0 and page[link.first : link.last + 1].isdecimal()


def pair(page: str, markup: Markup, seed: str, lures: float = LURES) -> Pair | None:
    """Damage a page at one to six of its links; None where it has no link between words.

    The same page and seed give the same pair. At most half of the places are damaged.
    """
    rnd = random.Random(seed)
    good = lured(page, markup, rnd, lures)
    found = links(good, markup)
    for mechanism in _order(rnd):
        fits = before if mechanism == "before" else after
        places = [link for link in found if fits(good, link)]
        if places:
            taken = rnd.sample(places, min(rnd.randint(1, MOST), (len(places) + 1) // 2))
            changes = {}
            for link in taken:
                changes.update(_changes(good, link, mechanism, rnd))
            return _damaged(good, changes, mechanism)
    return None


def _order(rnd: random.Random) -> list[Mechanism]:
    """Return the mechanisms, the one that is drawn first."""
    drawn = rnd.choices(MECHANISMS, SHARES)[0]
    return [drawn, *(other for other in MECHANISMS if other != drawn)]


Changes = dict[tuple[int, int], str]


def _changes(good: str, link: Link, mechanism: Mechanism, rnd: random.Random) -> Changes:
    """Return what becomes of a link, as spans of the good page and their new text."""
    if mechanism == "before":
        return {(link.start - 1, link.start): ""}
    if mechanism == "after":
        return {(link.end, link.end + 1): ""}
    letter = good[link.end + 1]
    capital = letter.upper() if letter.islower() and rnd.random() < 0.8 else letter
    changes: Changes = {}
    if len(capital) == 1:
        changes[link.end, link.end + 2] = capital
    if before(good, link) and good[link.first].islower() and rnd.random() < 0.75:
        title = good[link.first].upper()
        if len(title) == 1:
            changes[link.first, link.first + 1] = title
    return changes


def _damaged(good: str, changes: Changes, mechanism: Mechanism) -> Pair:
    pieces: list[str] = []
    truth = []
    at = length = 0
    for (start, end), new in sorted(changes.items()):
        pieces += [good[at:start], new]
        length += start - at
        old = good[start:end]
        kind: Literal["glue", "case"] = "glue" if old[0] == " " else "case"
        same = new != "" and old[-1] == new
        old, kept = (old[:-1], 0) if same else (old, len(new))
        truth.append(Damage(length, length + kept, old, mechanism, kind))
        length += len(new)
        at = end
    return Pair("".join([*pieces, good[at:]]), good, tuple(truth))


def lured(page: str, markup: Markup, rnd: random.Random, share: float = LURES) -> str:
    """Make some sound links look like glue without making them wrong.

    >>> lured("Of [old harbours](h) and men.", "markdown", random.Random(1), 1.0)
    'Of [old harbour](h)s and men.'
    """
    found = links(page, markup)
    for one, two in reversed(list(zip(found, [*found[1:], None], strict=False))):
        if one.last < 0 or rnd.random() >= share:
            continue
        text = page[one.first : one.last + 1] if one.first >= 0 else ""
        ending = _ENDING.search(text)
        if two and page[one.end : two.start] in (" and ", " or "):
            page = page[: one.end] + "/" + page[two.start :]
        elif after(page, one) and ending and page[one.last + 1] in "]<":
            tail = page[one.last + 1 : one.end]
            page = page[: one.last + 1 - len(ending[0])] + tail + ending[0] + page[one.end :]
        elif after(page, one) and rnd.random() < 0.3:
            note = "[1](#n1)" if markup == "markdown" else '<a href="#n1">1</a>'
            word = _SECOND.match(page, one.end + 1)
            if word:
                page = page[: word.end()] + note + page[word.end() :]
    return page
