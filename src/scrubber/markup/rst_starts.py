"""How the blocks of reStructuredText begin, and which enumerators begin one. Pure."""

from __future__ import annotations

from scrubber.markup.rst_lines import BLANK
from scrubber.markup.rst_titles import SIGN
from scrubber.patterns import IGNORECASE, VERBOSE, lazy

_ROMAN = lazy("m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", IGNORECASE)
ENUMERATOR = (
    r"(?:\((?:[0-9]+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|\#)\)"
    r"|(?:[0-9]+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|\#)[.)])"
)
"""The pattern of an enumerator."""

FIELD = rf":(?![: ])(?:[^:\\]|\\.|:(?!(?:[ `]|$)))*+(?<![ ]):(?:{BLANK}+|$)"
"""The mark of a field: its name between two colons."""

GRID = r"\+-[-+]{3,}+(?<=-\+)$"
"""The border of a table that is drawn."""

_OPTION = (
    r"(?:[-+][a-zA-Z0-9](?:[ ]?(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>))?"
    r"|(?:--|/)[a-zA-Z0-9][a-zA-Z0-9_-]*(?:[ =](?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>))?)"
)
BLOCK = lazy(
    rf"""
      (?P<bullet>      [-+*\u2022\u2023\u2043](?:{BLANK}+|$) )
    | (?P<enumerator>  {ENUMERATOR}(?:{BLANK}+|$) )
    | (?P<field>       {FIELD} )
    | (?P<option>      {_OPTION}(?:,[ ]{_OPTION})*+(?:{BLANK}{{2,}}|[ ]?$) )
    | (?P<doctest>     >>>(?:{BLANK}+|$) )
    | (?P<verse>       \|(?:{BLANK}+|$) )
    | (?P<grid>        {GRID} )
    | (?P<simple>      =+(?:[ ]+=+)+$ )
    | (?P<explicit>    (?:\.\.|__)(?:{BLANK}+|$) )
    | (?P<line>        (?P<sign>{SIGN})(?P=sign)*$ )
    """,
    VERBOSE,
)
"""What a block begins with that is no text; the name of the group tells which."""

LONGEST = 20
"""Digits: a number with more counts nothing."""

_ONES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def enumerates(mark: str, below: str | None) -> bool:
    """Whether an enumerator begins an item, with the line right below it where that is no part.

    >>> enumerates("1. ", None), enumerates("1. ", "2. two"), enumerates("1. ", "ran aground")
    (True, True, False)
    >>> enumerates("mild. ", None), enumerates("iv. ", "V. five"), enumerates("iv. ", "v. five")
    (False, False, True)
    """
    mark = mark.strip()
    value = mark.strip("().")
    before, after = mark[: mark.index(value)], mark[mark.index(value) + len(value) :]
    if len(value) > 1 and not value.isdigit() and not _ROMAN.fullmatch(value):
        return False
    if below is None:
        return True
    following = {"#"}
    if value.isdigit():
        following |= {str(int(value) + 1)} if len(value) < LONGEST else set()
    elif value.isalpha():
        if len(value) == 1 and value.lower() != "z":
            following.add(chr(ord(value) + 1))
        if _ROMAN.fullmatch(value):
            roman = _roman(_number(value.lower()) + 1)
            following.add(roman.upper() if value.isupper() else roman)
    return any(below.startswith(f"{before}{one}{after} ") for one in following)


def _number(roman: str) -> int:
    """The number that a Roman numeral in lower case stands for."""
    ones = [_ONES[char] for char in roman]
    return sum(
        -one if any(one < other for other in ones[at + 1 : at + 2]) else one
        for at, one in enumerate(ones)
    )


def _roman(number: int) -> str:
    found = ""
    for sign, value in (
        ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90),
        ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
    ):  # fmt: skip
        found += sign * (number // value)
        number %= value
    return found
