"""What a corpus knows as a name is never taken apart, whichever rule asks."""

from __future__ import annotations

import pytest

from scrubber import engine, packs
from scrubber.look import find
from scrubber.markup import reader
from scrubber.model import Document

RULES = packs.chosen(packs.built_in(()).rules, ["links"])


class _Known:
    def is_name(self, token: str) -> bool:
        return token in ("treatyBut", "escortswho", "night.The")

    def pages(self, line: str) -> tuple[int, int]:
        return 0, 0


TEXTS = (
    "The mayor signed the treatyBut the council refused to vote on it.",
    "The crews refused to sail again without escortswho would keep watch from the bow.",
    "They rowed home in the middle of the night.The ferry had gone, and nobody was on the quay.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_name_stays_in_plain_text_and_in_markup(text: str) -> None:
    for markup in (None, reader("a.md")):
        plain = Document(text, reader=markup)
        assert engine.settle(plain, RULES).text != text
        known = Document(text, reader=markup, evidence=_Known())
        assert find(known, RULES) == ([], [])


def test_other_words_beside_a_name_are_repaired() -> None:
    text = f"{TEXTS[0]} The clerk read the letterBut the mayor had left the room by then."
    done = engine.settle(Document(text, evidence=_Known()), RULES).text
    assert "treatyBut" in done
    assert "letterBut" not in done
