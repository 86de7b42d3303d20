"""Words run together, with a capital between them or none (`treatyBut`, `volunteerswho`)."""

from __future__ import annotations

from collections.abc import Iterator

from scrubber import context, function_words, lexicon
from scrubber.function_words import is_closed
from scrubber.glue.halves import is_known
from scrubber.glue.score import Scored, reaches, scored
from scrubber.model import Action, Document, Match
from scrubber.patterns import compiled
from scrubber.text import CAMEL

_BUTTON = frozenset("more share subscribe newsletter comments twitter facebook".split())

QUOTING = 1.0
"""How much surer one token has to be beside code, for the text to be looked at: identifiers that
stand in prose without a mark reach 1 (patchlevel 0.1, surrogateescape 0.4, headersonly 1.2)."""

VOUCHED = 0.5
"""Other seams expected near, from which a capital between two content words is no brand's."""


def find(
    document: Document,
    *,
    forms: list[str],
    fix: float,
    alone: float,
    suggest: float,
    code: float = 0.0,
    sure: float = 0.0,
) -> Iterator[Match]:
    """Yield cuts of the given forms: `lower` (ab), `capital` (aB), `upper` (AB, Ab), `digit`.

    The score weighs how likely both sides and the whole are as words, the neighbours, and the rest
    of the document (`scrubber.glue`). From `fix` on it is done unattended, if without the rest of
    the document it reaches `alone`: doubtful words of a rare subject would vouch for each other.
    One cut of the document has to reach `sure` by itself, with nothing known but the token: a text
    in which none does has no damage, only doubtful words. In a text full of identifiers `fix` is
    higher by `code`. From `suggest` on it is offered. Beside
    code, an unknown word is mostly one more name: there only what would be a fix is offered. Left
    alone: known words and names, tokens beside operators, brackets and paths, and all in a
    language that is not known.
    """
    floor: float | None = None
    quoting = context.quotes_code(document)
    if quoting and not reaches(document, sure + QUOTING):
        return
    for seam in scored(document):
        if seam.cut.form in forms and seam.score >= suggest:
            if floor is None:
                floor = fix + code * context.code_like(document)
            high = seam.score >= floor and seam.alone >= alone and not _is_kept(seam)
            high = high and reaches(document, sure)
            if high or not quoting:
                done = high and not quoting and _is_said(document, seam)
                done = done and not _leaves_rest(document, seam, suggest)
                yield _match(document, seam, Action.FIX if done else Action.SUGGEST)


_SAID = r"(?<![\p{L}\p{M}\p{N}])\p{Ll}\p{L}"
_JOINED_BEFORE, _JOINED_AFTER = r"[\p{L}\p{N}]\.\Z", r"\.[\p{L}\p{N}]"


def _is_said(document: Document, seam: Scored) -> bool:
    """Whether a cut without a capital is in a sentence: not in a list of names (`oldtraveller`).

    Nor does a dot join its content words to others (`rules.harborgroup.Harbor`).
    """
    cut, text = seam.cut, document.text
    if cut.form != "lower":
        return True
    if not any(is_closed(word, cut.language) for word in (cut.left, cut.right)):
        if compiled(_JOINED_BEFORE).search(text, max(0, cut.start - 2), cut.start):
            return False
        if compiled(_JOINED_AFTER).match(text, cut.end):
            return False
    first, last = text.rfind("\n", 0, cut.start) + 1, text.find("\n", cut.end)
    said = compiled(_SAID)
    return bool(
        said.search(text, first, cut.start)
        or said.search(text, cut.end, last if last >= 0 else len(text))
    )


def _leaves_rest(document: Document, seam: Scored, suggest: float) -> bool:
    """Whether one cut of several leaves what is no word (`Cloud in|ary`), as no other is made."""
    cut = seam.cut
    if len(cut.parts) == 2:
        return False
    made = {
        o.cut.number for o in scored(document) if o.cut.start == cut.start and o.score >= suggest
    }
    words, word = [], ""
    for index, part in enumerate(cut.parts):
        word += part
        if index in made:
            words.append(word)
            word = ""
    return any(
        one not in cut.parts
        and one[1:].islower()
        and not lexicon.is_word(one.lower(), cut.language)
        for one in [*words, word]
    )


def _is_kept(seam: Scored) -> bool:
    """Whether a cut is for a person: beside a credit or a button, or in a brand (littleBits).

    A brand is two English content words that meet at a capital where nothing vouches for a seam.
    What begins small and holds another capital is an identifier, but for names like iPhone: 15 of
    the 43 wrong repairs in 180 MB of documentation were such.
    """
    cut = seam.cut
    if cut.right.lower() in context.CREDIT_WORDS:
        return True
    if cut.left[0].isupper() and len(cut.right) == 1:
        return True  # WooI, a misread l
    token = "".join(cut.parts)
    if cut.right.isupper() and cut.right[1:] and lexicon.is_listed(token.lower()):
        return True  # canNOT
    if cut.language == "en" and token[-1] == "s" and lexicon.is_listed(token[:-1]):
        return True  # formatters
    rest = "".join(cut.parts[cut.number + 1 :])
    if cut.left[-1].isupper() and rest.islower():
        whole = (cut.left[-1] + rest).lower()
        if lexicon.is_listed(whole) or (rest in function_words.OBJECT and is_known(whole)):
            return True  # R|Discount and SM|Bus, not RD|is|count and SMB|us
    if cut.left[0].isupper() and cut.left.lower() in context.CREDIT_WORDS | _BUTTON:
        return True
    if cut.form == "digit" and compiled(_UNPARTED).search(token):
        return True
    if cut.form == "capital" and compiled(_IDENTIFIER).match(cut.left):
        return cut.left.lower() not in lexicon.set_names()
    if cut.left in _PREFIXES and CAMEL.search(rest) and rest.lower() not in lexicon.set_names():
        return True  # aFramesTransmitted, getSymbolAddress
    if cut.form != "capital" or cut.language != "en" or seam.vouching >= VOUCHED:
        return False
    return not is_closed(cut.left, cut.language) and not is_closed(cut.right, cut.language)


_IDENTIFIER = r"\p{Ll}+\p{Lu}\p{Ll}"
"""The beginning of a left word that holds a capital (`splitAndTransferTo`)."""

_PREFIXES = frozenset("a get set".split())
"""What identifiers begin with; words of one capital may follow each (`a|House`)."""

_UNPARTED = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
"""Letters of scripts that part neither words nor numbers."""


def _match(document: Document, seam: Scored, action: Action) -> Match:
    """The left and the right word; the left one only once where a token has several cuts."""
    cut = seam.cut
    head = compiled(_HYPHENATED).search(document.text, max(0, cut.start - 30), cut.start)
    word = (head[0] if head and cut.number == 0 else "") + cut.left
    left = word if cut.number == 0 else ""
    end = cut.at + len(cut.right)
    following = context.next_word(document.text, end)
    if cut.number < len(cut.parts) - 2:
        following = cut.parts[cut.number + 2]
    joins = function_words.joins(
        word, cut.right, following, after_name=word[0].isupper(), language=cut.language
    )
    proposals = tuple(left + join for join in joins)
    return Match(cut.at - len(left), end, proposals, _message(document, seam, word), action)


_HYPHENATED = r"(?<![\p{L}\p{M}\p{N}-])(?:\p{Lu}[\p{L}\p{M}’']*-)+\Z"
"""The beginning of a name with hyphens (Dae-ha)."""


def _message(document: Document, seam: Scored, left: str) -> str:
    """The evidence in words: what the halves are, what else the text holds."""
    cut = seam.cut
    said = [f"“{left}” and “{cut.right}” are run together"]
    closed = [word for word in (cut.left, cut.right) if is_closed(word, cut.language)]
    known = [
        word
        for word in (cut.left, cut.right)
        if word not in closed and context.stands(document, word)
    ]
    if closed:
        are = "is a function word" if len(closed) == 1 else "are function words"
        said.append(" and ".join(f"“{word}”" for word in closed) + f" {are}")
    if known:
        stand = "stands" if len(known) == 1 else "stand"
        said.append(" and ".join(f"“{word}”" for word in known) + f" {stand} elsewhere in the text")
    if seam.vouching >= 1:
        said.append(f"more such places in the text: about {seam.vouching:.0f}")
    if context.code_like(document):
        said.append("the text is full of identifiers")
    return "; ".join(said)
