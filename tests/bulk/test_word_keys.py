from __future__ import annotations

import random

import pytest

pytest.importorskip("numpy", reason="NOT TESTED: no numpy; pip install 'scrubtext[bulk]'")

from scrubber.bulk.word_keys import ABSENT, EDGE, Table, keys, spans


def words(text: str) -> list[str]:
    data = EDGE + text.encode() + EDGE
    starts, ends = spans(data)
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return [data[start:end].decode() for start, end in pairs]


def test_words_are_runs_of_letters_digits_and_apostrophes() -> None:
    text = "“It’s”—the 2nd, naïve\u00a0pair: x_y… ‘ok’?"
    assert words(text) == ["It’s", "the", "2nd", "naïve\u00a0pair", "x", "y", "ok’"]
    assert words("") == []
    assert words("a") == ["a"]


def test_numbers_tell_words_apart_whatever_stands_beside_them() -> None:
    draw = random.Random(1)
    made = {"".join(draw.choices("abé", k=draw.randrange(1, 14))) for _ in range(4000)}
    made = {word for word in made if len(word.encode()) <= 16}
    seen: dict[int, str] = {}
    for gap in (" ", ", ", "\n"):
        data = EDGE + gap.join(sorted(made)).encode() + EDGE
        for word, number in zip(sorted(made), keys(data, *spans(data)).tolist(), strict=True):
            assert seen.setdefault(number, word) == word
    assert len(seen) == len(made)
    assert 0 not in seen


def test_a_long_word_has_no_number() -> None:
    data = EDGE + b"sixteen-letters abcdefghijklmnop abcdefghijklmnopq" + EDGE
    assert [bool(number) for number in keys(data, *spans(data))] == [True, True, True, False]


def test_a_table_tells_what_it_was_told_or_nothing() -> None:
    table = Table(4)
    data = EDGE + " ".join(f"word{number}" for number in range(40)).encode() + EDGE
    numbers = keys(data, *spans(data))
    assert set(table.find(numbers).tolist()) == {ABSENT}
    values = numbers.astype("int8") & 1
    table.add(numbers, values)
    found = table.find(numbers)
    there = found != ABSENT
    assert 8 < there.sum() <= 16
    assert (found[there] == values[there]).all()
