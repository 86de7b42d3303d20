from __future__ import annotations

import pytest

from scrubber.glue.reading import cost, is_no_word, reading
from scrubber.model import Document

EMPTY = Document("")


@pytest.mark.parametrize(
    ("token", "code", "parts"),
    [
        ("sailorswho", "en", ("sailors", "who")),
        ("ofthepeople", "en", ("of", "the", "people")),
        ("dasHaus", "de", ("das", "Haus")),
        ("навойну", "ru", ("на", "войну")),
    ],
)
def test_the_cheapest_reading(token: str, code: str, parts: tuple[str, ...]) -> None:
    assert reading(EMPTY, token, code) == parts


def test_a_word_of_the_document_is_cheap() -> None:
    known = Document("The Brackwell opened. Brackwell is a mill.")
    assert cost(known, "Brackwell", "en") < cost(EMPTY, "Brackwell", "en")
    assert reading(known, "Brackwellopened", "en") == ("Brackwell", "opened")


def test_frequent_words_cost_less() -> None:
    assert cost(EMPTY, "the", "en") < cost(EMPTY, "harbour", "en") < cost(EMPTY, "xqzvw", "en")


def test_single_letters() -> None:
    assert is_no_word("q", "en")
    assert not is_no_word("a", "en")
    assert not is_no_word("и", "ru")


def test_apostrophes_and_numbers_stay_whole() -> None:
    assert reading(EMPTY, "1997by", "en") == ("1997", "by")
    assert "".join(reading(EMPTY, "mayor’swife", "en")) == "mayor’swife"


def test_a_word_of_the_document_changes_the_reading_of_what_was_read_before() -> None:
    known = Document("The zelto left. A zelto is a boat.")
    for _ in range(2):
        assert reading(EMPTY, "zeltothe", "en") == ("zel", "to", "the")
        assert reading(known, "zeltothe", "en") == ("zelto", "the")
