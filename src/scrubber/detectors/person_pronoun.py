"""A pronoun against the gender of the one person its sentence names (`Ilse Lund … his years`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubber import lexicon
from scrubber.detectors import lone_pronoun
from scrubber.model import Action, Document, Match
from scrubber.patterns import lazy

if TYPE_CHECKING:
    import regex

_FULL = lazy(
    r"\b(?<first>\p{Lu}\p{Ll}+) (?:\p{Lu}\.? )?(?<last>\p{Lu}\p{Ll}{2,}(?:-\p{L}\p{Ll}+)?)\b"
)
_TITLED = lazy(r"\b(?<title>Mr|Mrs|Ms|Miss)\.? (?:\p{Lu}\p{Ll}+ )?(?<last>\p{Lu}\p{Ll}{2,})\b")
_TITLES = {"Mr": "m", "Mrs": "f", "Ms": "f", "Miss": "f"}
_SENTENCE = lazy(r"[^\s.!?…][^.!?…\n]*(?:[.!?…](?!\s)[^.!?…\n]*)*[.!?…\n]?")
_AGAINST = {
    "f": lazy(r"\b(?:she|her(?= \p{Ll}{3,})|herself)\b"),
    "m": lazy(r"\b(?:he|his|himself)\b"),
}
"""What is doubted: subjects and possessives; him and her may be anyone."""
_FORMS = {
    "f": lazy(r"\b(?:[Ss]he|[Hh]er|hers|herself)\b"),
    "m": lazy(r"\b(?:[Hh]e|[Hh]im|[Hh]is|himself)\b"),
}
_OPENS = lazy(r"(?:^|\n\s*\n|(?<!\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Capt|Sen|Rep))[.!?][”\"’')]?\s+)$")
_OTHER = {"f": "m", "m": "f"}
_CAPITAL = lazy(r"(?<!^)(?<![\"“‘'] ?)\b\p{Lu}[\p{L}’'-]*")
_LETTERS = lazy(r"\p{L}+")
_CAPITALISED = lazy(r"\p{Lu}\p{Ll}+")
_SOMEONE = lazy(
    r"(?i)\b(?:who|whose|whom|someone|anyone|everyone|nobody|another|baby|child|kid|friend"
    r"|partner|spouse|parent|cousin|colleague|rival|hero|guest|twin|suspect|victim|patient|chief"
    r"|judge|guard|boss|coach|guide|nurse|pilot|cook|head|god|lord|\p{L}{2,}(?:er|or|ist|ian|ant|ent"
    r"|man|men|woman|women|boy|girl|ess|ee|ic|ive|ate))s?\b"
)
_NOT_PEOPLE = frozenset(
    "after over under never ever other another whether rather either neither together however water"
    " number order paper power summer winter september october november december member later"
    " former for or her river order letter matter dinner office different present moment recent"
    " government department parliament agreement statement announcement want went sent spent"
    " public music political election event percent century career year years before".split()
)


def gate() -> str:
    """Return what every text holds in which something is found: see `scrubber.gates`."""
    return r"(?i)(?:^|[^a-z])(?:s?he|his|him|her)(?:[^a-z]|$)"


def find(document: Document) -> Iterator[Match]:
    """Yield he and she, his and her against the name before them in their sentence.

    Only where the sentence names one person and no one else, nor do the two before it name anyone
    of the pronoun's gender; where the person's gender is known from a given name or a title; and
    where the text has the right pronoun for that person elsewhere.
    """
    if not any(form in document.folded_words for form in ("he", "his", "him")) or not any(
        form in document.folded_words for form in ("she", "her")
    ):
        return
    people = people_of(document)
    if not people or document.language != "en":
        return
    sentences = [hit.span() for hit in _SENTENCE.finditer(document.text)]
    right: dict[str, int] = dict.fromkeys(people, 0)
    wrong: list[tuple[str, regex.Match[str]]] = []
    for number, (start, end) in enumerate(sentences):
        body = document.text[start:end]
        named = {name for name in people if name in body}
        if len(named) != 1:
            continue
        name = named.pop()
        gender = people[name]
        after = document.text.index(name, start) + len(name)
        own = _FORMS[gender].search(document.text, after, end)
        opens = _is_subject(name, body) and _OPENS.search(document.text, max(0, start - 8), start)
        against = _AGAINST[_OTHER[gender]].search(document.text, after, end) if opens else None
        right[name] += bool(own and not against)
        if against and not own and _alone(document, sentences, number, name, people):
            wrong.append((name, against))
    for name, hit in wrong:
        if right[name] >= 1 and sum(other == name for other, _ in wrong) == 1:
            swaps = lone_pronoun.swaps(hit[0], document.text, hit.end())
            message = f"“{hit[0]}” after “{name}”, who is “{_WORD[people[name]]}” elsewhere"
            yield Match(*hit.span(), swaps, message, Action.SUGGEST)


_BEFORE = lazy(r"(?:\p{Lu}[\p{L}.]+ ){0,2}")
_AFTER = lazy(r" \p{Ll}")


def _is_subject(name: str, sentence: str) -> bool:
    """Whether a sentence begins with a name, or with up to two words with capitals and the name."""
    at = sentence.find(name)
    while at >= 0:
        if _AFTER.match(sentence, at + len(name)) and _BEFORE.fullmatch(sentence, 0, at):
            return True
        at = sentence.find(name, at + 1)
    return False


_WORD = {"f": "she", "m": "he"}


def people_of(document: Document) -> dict[str, str]:
    """Return surnames with the gender that a name or title tells; doubtful ones are left out."""
    found: dict[str, set[str]] = {}
    for hit in _FULL.finditer(document.text):
        gender = lexicon.first_names().get(hit["first"])
        if gender and not lexicon.is_nation(hit["last"]):
            found.setdefault(hit["last"], set()).add(gender)
        else:
            found.setdefault(hit["last"], set())
    for hit in _TITLED.finditer(document.text):
        found.setdefault(hit["last"], set()).add(_TITLES[hit["title"]])
    return {name: next(iter(genders)) for name, genders in found.items() if len(genders) == 1}


def _alone(
    document: Document,
    sentences: list[tuple[int, int]],
    number: int,
    name: str,
    people: dict[str, str],
) -> bool:
    """Whether nobody else near could carry the pronoun."""
    import regex

    text, gender = document.text, people[name]
    start, end = sentences[number]
    body = text[start:end]
    if any(mark in body for mark in '“”"‘'):
        return False
    known = {
        name,
        *regex.findall(rf"\p{{Lu}}\p{{Ll}}+(?= (?:\p{{Lu}}\.? )?{regex.escape(name)})", body),
    }
    for capital in _CAPITAL.findall(body):
        if capital.removesuffix("’s").removesuffix("'s") in known or capital == "I":
            continue
        if not lexicon.is_nation(capital) and capital not in lexicon.DAYS_AND_MONTHS:
            return False
    words = {word.lower() for word in _LETTERS.findall(body)} - _NOT_PEOPLE
    if any(_SOMEONE.fullmatch(word) for word in words):
        return False
    first = max(0, number - 2)
    before = text[sentences[first][0] : start]
    nouns = lone_pronoun.NOUNS[_OTHER[gender]]
    if any(word.lower() in nouns for word in _LETTERS.findall(before + body)):
        return False
    if _FORMS[_OTHER[gender]].search(before):
        return False
    return not any(
        lexicon.first_names().get(word, gender) != gender or people.get(word, gender) != gender
        for word in _CAPITALISED.findall(before)
    )
