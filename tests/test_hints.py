"""Which rules have a hint in a text: the same as when each is searched for."""

from __future__ import annotations

import random

from scrubber import hints, packs

LISTS = tuple(rule.hints for rule in packs.built_in().rules)
WORDS = sorted({hint for each in LISTS for hint in each})


def _text(chance: random.Random) -> str:
    parts = chance.choices([*WORDS, "the", "ferry", "ß", "ready", "unread", "x"], k=12)
    return "".join(part + chance.choice(["", " ", " ", "\n", "\u00a0", "."]) for part in parts)


def test_no_text_has_no_hint_and_no_list_is_always_true() -> None:
    assert hints.standing("", ((), ("a",)) * hints.FEW) == [True, False] * hints.FEW


def test_what_is_learned_tells_the_same_as_a_search_for_each() -> None:
    chance = random.Random(7)
    known = hints.Hints(LISTS)
    for _ in range(300):
        text = _text(chance)
        assert known.standing(text) == hints.one_by_one(text, LISTS)


def test_what_is_learned_is_forgotten_before_it_is_too_much(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(hints, "MOST", 100)
    chance = random.Random(8)
    known = hints.Hints(LISTS)
    for _ in range(50):
        text = _text(chance)
        assert known.standing(text) == hints.one_by_one(text, LISTS)
    assert len(known._seen) <= 100
