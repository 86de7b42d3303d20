from __future__ import annotations

import pytest

from scrubber import engine, guises
from scrubber.model import Action, Document
from scrubber.rules import Rule

SENTENCES = {
    "de": "Die Fähre zur Insel fährt täglich außer sonntags, sagte Frau Köhler „ganz ruhig“.",
    "fr": "L’été, le café près du môle reste fermé : « Ça ira », a répété la gérante à midi.",
    "es": "¿Dónde está el faro? La señora Ibáñez subió después de la última campanada.",
    "pl": "Żółta łódź stała na końcu przystani, gdzie nikt już nie pływał wcześnie rano.",
    "en": "The ferry didn’t sail — “not in this wind,” said the mate, and we weren’t sorry.",
    "ru": "Паром отошёл от причала в полдень, и чайки полетели за ним к маяку.",
    "el": "Το πλοίο έφυγε από το λιμάνι το μεσημέρι και οι γλάροι το ακολούθησαν.",
    "ar": "غادرت العبارة الميناء ظهرا وتبعتها طيور النورس حتى المنارة.",
    "ja": "渡し船は正午に港を出て、かもめが灯台までついて行った。",
}


def _damaged(text: str, name: str) -> str:
    table = {byte: char for char, byte in guises._table(name).items()}
    return "".join(chr(table[byte]) for byte in text.encode())


TWICE = ("cp1252", "latin-1", "cp1251")
"""What is seen in pages read twice over."""


@pytest.mark.parametrize(
    ("name", "times"), [(name, 1) for name in guises.NAMES] + [(name, 2) for name in TWICE]
)
@pytest.mark.parametrize("code", SENTENCES)
def test_a_line_comes_back_byte_for_byte(
    code: str, name: str, times: int, rules: tuple[Rule, ...]
) -> None:
    """What is done unattended is right; where two guises read a line, the right one is offered."""
    text = damaged = SENTENCES[code]
    for _ in range(times):
        damaged = _damaged(damaged, name)
    mojibake = [rule for rule in rules if rule.id == "encoding/mojibake"]
    outcome = engine.settle(Document(damaged), mojibake, frozenset(Action))
    assert outcome.text == text


@pytest.mark.parametrize("text", SENTENCES.values())
def test_good_text_is_none_of_them(text: str, rules: tuple[Rule, ...]) -> None:
    mojibake = [rule for rule in rules if rule.id == "encoding/mojibake"]
    assert engine.find(Document(text), mojibake) == ([], [])


@pytest.mark.parametrize(
    "word",
    ["naïve", "Łódź", "ÉCOLE", "“quoted”", "Москва", "Δελφοί", "東京", "½", "№", "👩\u200d🚒"],
)
def test_likely(word: str) -> None:
    assert guises.likely(word)


@pytest.mark.parametrize("word", ["cafÃ©s", "ɮ", "Ð\x9f", "MANHà", "Мoskva", "x\uf8ff", "ÂtatÃ«s"])
def test_unlikely(word: str) -> None:
    assert not guises.likely(word)
