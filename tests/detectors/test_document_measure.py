from __future__ import annotations

import pytest

from scrubber.detectors.document_measure import find
from scrubber.model import Action, Document

TEXT = "Boats #1\n\n- The ferry leaves at nine...\n- It’s “never” late.\n"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"measure": "words", "below": 50}, "n: 10, at least 50"),
        ({"measure": "words", "below": 10, "above": 10}, None),
        ({"measure": "word-length", "above": 3}, "n: 3.9, at most 3"),
        ({"measure": "word-hits", "pattern": r"\At", "below": 1}, "n: 0, at least 1"),
        ({"measure": "word-share", "pattern": r"\p{L}", "below": 0.95}, "n: 90 %, at least 95 %"),
        ({"measure": "line-share", "pattern": r"\A-", "above": 0.5}, "n: 66.67 %, at most 50 %"),
        ({"measure": "hits", "pattern": r"\.", "above": 3}, "n: 4, at most 3"),
        ({"measure": "hits-per-word", "pattern": "#", "above": 0.05}, "n: 0.1, at most 0.05"),
        ({"measure": "hits-per-word", "pattern": "#", "above": 0.1}, None),
    ],
)
def test_figures(params: dict[str, str], message: str | None) -> None:
    found = list(find(Document(TEXT), of="n", **params))  # type: ignore[arg-type]
    assert [match.message for match in found] == ([message] if message else [])
    assert all((m.start, m.end, m.action) == (0, 0, Action.REPORT) for m in found)


@pytest.mark.parametrize("measure", ["words", "word-length", "word-share", "hits-per-word"])
def test_a_text_without_words(measure: str) -> None:
    params = {"measure": measure, "of": "n", "pattern": "x", "below": 1}
    assert list(find(Document(" \n"), **params)) == []  # type: ignore[arg-type]
    assert len(list(find(Document("…\n"), **params))) == (measure == "words")  # type: ignore[arg-type]
