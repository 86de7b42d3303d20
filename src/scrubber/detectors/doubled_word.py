"""Small words written twice (`of the the harbour`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from scrubber.model import Action, Document, Match
from scrubber.patterns import IGNORECASE, lazy
from scrubber.text import sentence

_ALWAYS = frozenset(
    "the a an and of to with will would could than from be been into their its our because which"
    " should must".split()
)
"""Words whose doubling is a slip. With those below: 51 findings in 41 million characters of clean
text, all read, 50 of them slips; the other, a list broken over two lines of verse, is left alone
now. `that`, `had` and `very` double in good English."""
_NOUN_END = r"(?:tion|ment|ness|ity|ance|ence)s?"
_AFTER = {
    "is": r"this|it|he|she|there",
    "are": r"they|we|there",
    "was": r"it|he|she|there",
    "were": r"they|we|there",
    "has": r"it|he|she",
    "have": r"may|might|must|should|would|could",
    "it": r"because|but|whether|although|if",
    "this": r"of|in|at|with|on|for|from|by",
    "in": r"(?:interest|invest|locat|publish|resid|contain|situat|includ)ed",
    "by": r"\p{L}{3,}(?<!bid)ed",
    "as": r"as (?:far|well|soon|long|much|many|early|late|little|few)",
    "for": rf"\p{{L}}+{_NOUN_END}",
    "on": rf"\p{{L}}+{_NOUN_END}",
    "at": rf"\p{{L}}+{_NOUN_END}",
}
"""What has to stand before a word that may be doubled on purpose, for it to be a slip."""
_DOUBLED = lazy(
    r"(?<=(?<before>\p{L}{2,})[,;]? )(?<word>\p{Ll}{1,7})[ \n]\g<word>"
    r"(?= (?:[aI] )?\p{L}{2,}|\n\p{Ll})(?! \g<word>)"
)
_EMBEDDED = lazy(r"(?i)\b(?:what|who|where|how|all|things?|that)\b")
_TRANSCRIPT = lazy(r"\b(?:uh|um|erm|hmm|mm)\b", IGNORECASE)


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    twice = "|".join(rf"{word}[ \n]{word}" for word in sorted(_ALWAYS | _AFTER.keys()))
    return rf"\p{{L}}[,;]? (?:{twice})[ \n]"


def find(document: Document) -> Iterator[Match]:
    """Yield small words that stand twice in a row; one of the two is offered.

    Left alone: speech in quotation marks and transcripts, for people do repeat; three in a row;
    and "is", "are" and their like where a clause may end on the first ("what it is is a bridge").
    """
    text = document.text
    words = document.pieces
    if not any(map(eq, words, islice(words, 1, None))):
        return
    twice = {first for first, second in pairwise(words) if first == second}
    if twice.isdisjoint(_ALWAYS) and twice.isdisjoint(_AFTER):
        return
    for hit in _DOUBLED.finditer(text):
        word = hit["word"]
        if word not in _ALWAYS and word not in _AFTER:
            continue
        if document.language != "en" or _TRANSCRIPT.search(text):
            return
        start, _ = sentence(text, hit.start())
        if word in _AFTER and not _slip(text[start : hit.start()], word):
            continue
        if word == "to" and hit["before"].endswith("ed"):
            continue  # "listened to to avoid"
        if "\n" in hit[0] and text[hit.start() - 2] in ",;":
            continue  # verse: "the ecstasies, the / the miseries"
        line = text.rfind("\n", 0, hit.start()) + 1
        if _spoken(text[line : hit.start()]) or text[line : hit.start()].lower().endswith(
            f"{word} "
        ):
            continue
        message = f"“{word}” stands twice"
        yield Match(*hit.span(), (word,), message, Action.SUGGEST)


def _slip(before: str, word: str) -> bool:
    """Whether what stands before a word in its sentence leaves no other reading."""
    if not lazy(rf"(?i)\b(?:{_AFTER[word]})[,;]? $").search(before):
        return False
    verb = word in ("is", "are", "was", "were", "has", "have")
    return not (verb and _EMBEDDED.search(before))


def _spoken(before: str) -> bool:
    """Whether a quotation that began on this line is still open."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
