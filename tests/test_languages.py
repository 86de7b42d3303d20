from __future__ import annotations

import pytest

from scrubber.languages import FUNCTION_WORDS, PAGE, language, language_around


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The boat is in the harbour and the crew is on it.", "en"),
        ("Das Boot ist im Hafen und die Mannschaft ist nicht auf dem Boot.", "de"),
        ("Le bateau est dans le port et les marins sont sur le quai.", "fr"),
        ("El barco está en el puerto y los marineros no se van.", "es"),
        ("La barca è nel porto e gli uomini non sono con il capitano.", "it"),
        ("O barco não está no porto e os homens são da vila.", "pt"),
        ("De boot is niet in de haven en het weer is ook slecht.", "nl"),
        ("Łódź nie jest w porcie, a na brzegu się pada.", "pl"),
        ("Лодка не в порту, и на берегу за ней был он.", "ru"),
        ("港口里有一艘船。", None),
        ("Xyzzy plugh", None),
        ("", None),
    ],
)
def test_language(text: str, expected: str | None) -> None:
    assert language(text) == expected


def test_a_foreign_passage_is_told_from_its_text() -> None:
    """A quotation in another language has its own words."""
    english = "The boat is in the harbour and the crew is on it, as it was in the year before. " * 8
    german = (
        "Das Boot ist im Hafen und die Mannschaft ist nicht auf dem Boot, sondern in der Stadt."
    )
    text = english + german * 4 + english
    at = len(english) + len(german) * 2
    assert language(text) == "en"
    assert language_around(text, at, at) == "de"


def test_function_words_are_lower_case_and_many() -> None:
    for code, words in FUNCTION_WORDS.items():
        assert len(words) > 50, code
        assert all(word == word.lower() for word in words)


def test_a_page_is_told_by_its_commonest_words_and_half_of_one_is_not() -> None:
    english = (
        "The boat is in the harbour and the crew is on it, as it was in the year before. " * 20
    )
    german = (
        "Das Boot ist im Hafen und die Mannschaft ist nicht auf dem Boot, und das ist gut. " * 20
    )
    assert len(english) > PAGE
    assert language(english) == language(english + german[:400]) == "en"
    assert language(german) == "de"
    assert language(english[:600] + german[:1400]) != "en"
    names = "Kortwel Manrow Tellis Ostrand Vennick Brackhal Dorsley Wexham Pallot Grenfed " * 20
    assert language(names) is None
