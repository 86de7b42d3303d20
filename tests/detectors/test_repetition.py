from __future__ import annotations

import time

import pytest

from scrubber.detectors.repetition import find
from scrubber.model import Document


def _message(text: str, **params: object) -> str:
    return next((match.message for match in find(Document(text), **params)), "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "unit", "count", "share"),
    [
        ("a\n\nb\r\na\n a\n", "line", "units", "50 %"),
        ("aaa\nb\nb\n", "line", "characters", "20 %"),
        ("a\nb\n\na\nb\n", "paragraph", "units", "50 %"),
        ("a\nb\n\na\nc\n", "paragraph", "units", None),
        ("a b c a b c", "frequent-phrase", "characters", "54.55 %"),
        ("a b c d e f", "frequent-phrase", "characters", None),
        ("a b c a b c", "phrase", "characters", "27.27 %"),
        ("a a a a a a", "phrase", "characters", "54.55 %"),
        ("a", "phrase", "characters", None),
    ],
)
def test_shares(text: str, unit: str, count: str, share: str | None) -> None:
    found = _message(text, unit=unit, count=count, size=2, above=[0.0])
    assert (f": {share}, at most 0 %" in found) if share else found == ""


def test_each_further_limit_is_for_one_word_more() -> None:
    found = _message("a b c d a b c", unit="phrase", size=2, above=[1.0, 0.1])
    assert found.startswith("characters in repeated phrases of 3 words: ")


def test_time_is_linear() -> None:
    text = "the ferry leaves at nine " * 20_000
    start = time.process_time()
    _message(text, unit="phrase", size=5, above=[2.0] * 6)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("unit", ["line", "paragraph"])
def test_a_text_of_zero_width_blanks_repeats_nothing(unit: str) -> None:
    assert not _message("\u200b\n\ufeff\n", unit=unit, count="units", above=[0.3])
