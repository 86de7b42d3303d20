from __future__ import annotations

import random

import pytest

from scrubber import guises, rereading
from scrubber.model import Document
from scrubber.patterns import compiled
from scrubber.rereading import is_lost_capital, reread
from scrubber.text import lines


def _read(text: str) -> list[tuple[str, bool]]:
    found = reread(Document(text))
    return [(word.after, word.doubtful) for number in sorted(found) for word in found[number]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CĂ©sar y la seĂ±ora de la casa", [("César", False), ("señora", False)]),
        ("El cafĂŠ es el primero de los que", [("café", False)]),
        ("le cafÃ© du port Ã la mer", [("café", False), ("à", False)]),
        ("“déjà” – le cafÃ© du port", [("café", False)]),
        ("Elle est là, à midi, près du café, nÃ©e", [("née", False)]),
        ("ÐºÐ¸Ñ\ufffdÐ»Ð¾Ñ‚ Ñ\ufffdÐ½ Ð½Ð¾", []),
    ],
)
def test_words_that_read_back(text: str, expected: list[tuple[str, bool]]) -> None:
    assert _read(text) == expected


def test_a_guise_that_is_sure_elsewhere_needs_no_odd_word() -> None:
    sure = "gÃ¼nstig und schÃ¶n und mÃ¼de\n"
    assert _read("Ã–l und Wasser") == []
    assert _read(sure + "Ã–l und Wasser")[-1] == ("Öl", False)


def test_half_of_a_capital_is_not_a_grave() -> None:
    assert is_lost_capital("Ã difficile", 0, "Ã")
    assert not is_lost_capital("voilÃ ", 0, "voilÃ ")


def test_words_that_are_not_ascii_are_those_of_the_whole_line() -> None:
    draw = random.Random(4)
    pieces = [
        "Ã ",
        "â€™",
        "é",
        "Å ",
        "Ð ,",
        "\t",
        " ",
        "  ",
        "\xa0",
        "s",
        "quelas",
        "The boat",
        ". ",
    ]
    found = 0
    for _ in range(600):
        text = "".join(draw.choice(pieces) for _ in range(draw.randrange(12)))
        for line in lines(text):
            for name in (*guises.NAMES, *guises.WIDE):
                hits = compiled(guises.words(name)).finditer(text, line.start, line.stop)
                whole = [hit.span() for hit in hits if not hit[0].isascii()]
                assert [hit.span() for hit in rereading._words(text, line, name)] == whole
                found += len(whole)
    assert found > 10_000
