from __future__ import annotations

import pytest

from scrubber import sieve
from scrubber.sieve import Sieve


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
