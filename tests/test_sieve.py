from __future__ import annotations

import pytest

from scrubber import sieve
from scrubber.sieve import Chunks, Sieve, _Common


def test_of_no_chunk_nothing_is_left() -> None:
    assert Sieve(len).left(set()) == {}


def test_each_chunk_is_judged_once() -> None:
    asked: list[str] = []

    def judge(chunk: str) -> tuple[str, ...]:
        asked.append(chunk)
        return tuple(filter(str.isupper, chunk))

    made = Sieve(judge)
    for _ in range(3):
        assert made.left({"aB", "cd"}) == {"aB": ("B",)}
    assert sorted(asked) == ["aB", "cd"]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "MOST", 3)
    made = Sieve(str.isdigit)
    for number in range(20):
        assert made.left({str(number), f"x{number}"}) == {str(number): True}
        assert len(made._told) + len(made._nothing) <= 5


def _chunks(common: _Common, *chunks: str) -> Chunks:
    return Chunks(set(chunks), common)


def test_what_no_sieve_tells_of_goes_once() -> None:
    common, upper, digit = _Common(), Sieve(str.isupper), Sieve(str.isdigit)
    for _ in range(2):
        text = _chunks(common, "of", "NATO", "12")
        assert upper.of(text) == {"NATO": True}
        assert digit.of(text) == {"12": True}
    text = _chunks(common, "of", "NATO", "12")
    assert text.left_for(upper) == text.left_for(digit) == {"NATO", "12"}


def test_a_sieve_is_told_all_until_its_word_counts() -> None:
    common, upper = _Common(), Sieve(str.isupper)
    text = _chunks(common, "of", "12")
    upper.of(text)
    assert text.left_for(upper) == {"of", "12"}
    assert _chunks(common, "of", "12").left_for(upper) == set()
    late = Sieve(str.isdigit)
    assert late.of(_chunks(common, "of", "12")) == {"12": True}
    assert late.of(_chunks(common, "of", "12")) == {"12": True}


def test_of_what_a_sieve_forgot_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "MOST", 3)
    common, digit = _Common(), Sieve(str.isdigit)
    for number in range(20):
        assert digit.of(_chunks(common, str(number), f"x{number}")) == {str(number): True}
    assert len(common.nothing) <= 4
