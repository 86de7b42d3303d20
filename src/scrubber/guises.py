"""UTF-8 that was read as something else: which characters its bytes then look like, and back."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from scrubber.patterns import compiled, escape, lazy

if TYPE_CHECKING:
    import regex

NAMES = (
    *("cp1252", "latin-1", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "cp1257"),
    *("iso8859-2", "iso8859-15", "mac-roman", "cp437", "cp850", "cp852", "cp866"),
)
"""Encodings of one byte for each character, the most frequent first where several decode."""

WIDE = ("gb18030", "cp932")
"""Encodings of several bytes for a character; the mark of each is E2 80 read in it."""

_MARKS = "鈥窶"

# First bytes of the letters, marks and signs that people write: Latin, Greek, Cyrillic, Hebrew,
# Arabic; then three and four bytes. Others (phonetic letters, Armenian, Syriac) would only be read
# out of good text: “É in Mac Roman, “CAFÉ®” in Windows-1252.
_TWO = (0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC8, 0xCE, 0xCF, 0xD0, 0xD1, 0xD7, 0xD8, 0xD9, 0xDA, 0xDB)
_THREE = (0xE0, 0xE1, 0xE2, 0xE3, *range(0xE4, 0xF0))
_FOUR = (0xF0,)
_REST = range(0x80, 0xC0)


@cache
def _table(name: str) -> dict[int, int]:
    """Characters to bytes; bytes that the encoding lacks are C1 controls, as browsers have it."""
    table = {byte: byte for byte in range(0x80)}
    for byte in range(0x80, 0x100):
        table[ord(bytes([byte]).decode(name, "ignore") or chr(byte))] = byte
    return table


def _class(name: str, numbers: tuple[int, ...] | range) -> str:
    wanted = frozenset(numbers)
    return "".join(chr(char) for char, byte in _table(name).items() if byte in wanted)


@cache
def leads(name: str) -> frozenset[str]:
    """Return the characters that a sequence begins with, in that guise."""
    return frozenset(_class(name, (*_TWO, *_THREE, *_FOUR)))


@cache
def sequences(name: str) -> regex.Pattern[str]:
    """Return the pattern of one character's bytes, in that guise.

    >>> sequences("cp1252").findall("cafÃ© donâ€™t Ã")
    ['Ã©', 'â€™']
    """
    if name in WIDE:
        return lazy(f"[{_MARKS}]")
    two, three, four, rest = (
        escape(_class(name, numbers), special_only=False)
        for numbers in (_TWO, _THREE, _FOUR, _REST)
    )
    lost_blank = f"|{_class(name, (0xC3,))}[ ]" if _has_blank(name) else ""
    return compiled(f"[{two}][{rest}]|[{three}][{rest}]{{2}}|[{four}][{rest}]{{3}}" + lost_blank)


def decoded(word: str, name: str) -> str | None:
    """Return what a word was, or None where not all of it can be UTF-8 in that guise.

    >>> decoded("K├Ânig", "cp850"), decoded("König", "cp850")
    ('König', None)
    """
    try:
        if name in WIDE:
            return word.encode(name).decode()
        return bytes(map(_table(name).__getitem__, map(ord, word))).decode()
    except (KeyError, UnicodeError):
        return None


@cache
def words(name: str) -> str:
    """Return the pattern of a word, in that guise.

    Half of à, Š and Р is a no-break space there, which pages turn into a plain one: it belongs to
    the word before a mark or another blank, in the Portuguese às, and where a word begins with it.
    """
    if not _has_blank(name):
        return r"[^ \t]+"
    a, s, r = (_class(name, (byte,)) for byte in _BEFORE_BLANK)
    return (
        rf"(?:[^ \t]|(?<=[{a}{r}])[ ](?=[,.;:!?)])|(?<={a})[ ](?=[ ]|(?:s|quel[ea]s?|quilos?)\b)"
        rf"|(?<=(?<![^\s(«“]){s})[ ](?=\p{{Ll}})|(?<=(?<![^\s(«“]){r})[ ](?=[^\x00-\xbf]))+"
    )


_BEFORE_BLANK = (0xC3, 0xC5, 0xD0)


_LOST_QUOTE = "â€\ufffd"
"""The byte 9D is none in Windows-1252. Of what else may be lost there, no one writes any."""


def _has_blank(name: str) -> bool:
    return name not in WIDE and _table(name).get(0xA0) == 0xA0


@lru_cache(maxsize=1 << 13)
def read_back(word: str, name: str) -> str | None:
    """Return what a word was, also where the mistake was made twice or three times.

    None where it cannot be that guise, or what comes out is unlikely itself.

    >>> read_back("cafÃƒÂ©", "cp1252"), read_back("Ã", "cp1252"), read_back("café", "cp1252")
    ('café', 'à', None)
    """
    if _has_blank(name):
        last = _table(name).get(ord(word[-1]))
        word = word.replace(" ", "\xa0") + ("\xa0" if last in _BEFORE_BLANK else "")
    if name == NAMES[0]:
        word = word.replace(_LOST_QUOTE, _LOST_QUOTE[:2] + "\x9d")
    best, after = None, decoded(word, name)
    for _ in range(3):
        if after is None:
            break
        if likely(after):
            best = after
        if after.isascii():
            break
        after = decoded(after, name) or decoded(after, NAMES[0])
    return best


def possible(chars: set[str]) -> list[str]:
    """Return the guises whose first characters are among those of a text."""
    found = [name for name in NAMES if not leads(name).isdisjoint(chars)]
    return found + ([*WIDE] if not chars.isdisjoint(_MARKS) else [])


_UNLIKELY = lazy(
    r"[^\x20-\x7e\xa0-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u0370-\u04ff\u05d0-\u05f4"
    r"\u0600-\u06ff\u0900-\u0e7f\u10a0-\u11ff\u1e00-\u1fff\u200b-\u200f\u2010-\u206f\u20a0-\u20bf"
    r"\u2100-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\ufe0f\ufeff\uff00-\uffef"
    r"\U0001f000-\U0001faff]|[\xa4\xa6\xa8\xac\xaf\xb8]|\ufeff\Z"
)
_SCRIPTS = tuple(
    lazy(rf"\p{{{name}}}")
    for name in ("Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Thai", "Devanagari")
)
_ODD = lazy(
    r"[\x80-\x9f]|\p{Ll}(?!\p{ASCII})\p{Lu}(?:(?!\p{Lu})|(?!\p{ASCII}))"
    r"|(?!\p{ASCII})\p{L}(?![®™°ªº])[\p{S}¶§‚„†‡‰¡¿«“\xad\xa0](?=\p{L})"
    r"|(?<=\p{L})(?!\p{ASCII})\p{L}(?![®™°ªº])[\p{S}¶§‚„†‡‰¡¿«\xad]"
    r"|\p{L}[\u2500-\u259f]|[\u2500-\u259f](?!\p{ASCII})[\p{L}\p{S}¡¿«»]\p{L}"
    r"|\p{Ll}{2}√(?!\p{ASCII})\S|√[^\x00-\x7fπΩ∂∞µ]\p{Ll}{2}|\p{Latin}[\p{Greek}\p{Cyrillic}]"
)
_SMALL = lazy(r"\p{Lu}{2}(?!\p{ASCII})\p{Ll}|\p{L}[÷×]|\p{L}[‘“„]\p{L}")
_TYPOGRAPHIC = lazy(r"[\u2010-\u203a\u20ac\u2122]")
_LATIN = lazy(r"\p{Latin}")
_FOREIGN = lazy(r"(?!\p{Latin})\p{L}")


def likely(word: str) -> bool:
    """Whether a word is made of what people write: known characters, one script, regular case.

    >>> likely("naïve"), likely("cafÃ©s"), likely("ɮ"), likely("MANHà")
    (True, False, False, False)
    """
    if _UNLIKELY.search(word) or _ODD.search(word) or _SMALL.search(word):
        return False
    return sum(bool(script.search(word)) for script in _SCRIPTS) <= 1


@lru_cache(maxsize=1 << 13)
def odd(word: str, name: str, after: str) -> bool:
    """Whether no one would write a word that reads as `after` in that guise.

    A symbol between letters, a capital after a small letter, two scripts, the three characters of a
    curly quote, or three letters of another script in a row. Å³ and MANHÃ” are none of them, and a
    word of wild case in one script (эХо) that reads as a single sign is not either.

    >>> odd("cafÃ©s", "cp1252", "cafés"), odd("Å³", "cp1252", "ų"), odd("MANHÃ”", "cp1252", "MANHÔ")
    (True, False, False)
    """
    letters = len(_FOREIGN.findall(after))
    if letters == 1 and word.isalpha() and not _LATIN.search(word):
        return False
    if _ODD.search(word) or (_TYPOGRAPHIC.search(after) and not _TYPOGRAPHIC.fullmatch(word)):
        return True
    return letters >= 3 and letters == sum(map(str.isalpha, after))
