from __future__ import annotations

from scrubber.corpus import Repeated
from scrubber.detectors.repeated_line import find
from scrubber.model import Document

SITE = Repeated(frozenset(["Letters to the miller", "All our boats"]))


def _found(text: str, **params: float) -> list[str]:
    document = Document(text, evidence=SITE)
    return [text[m.start : m.end] for m in find(document, **params)]  # type: ignore[arg-type]


def test_without_evidence_nothing_is_found() -> None:
    assert list(find(Document("Letters to the miller\n"))) == []


def test_a_line_is_found_whole_and_not_within_a_sentence() -> None:
    assert _found("It rained. Letters to the miller were late.\n\nNobody wrote.\n") == []
    assert _found("It rained.\n\nLetters to the miller\n\nNobody wrote.\n") == [
        "Letters to the miller\n\n"
    ]


def test_how_often_is_asked_for() -> None:
    assert _found("Letters to the miller\n", pages=11) == []
    assert _found("Letters to the miller\n", pages=10, share=1.0) == ["Letters to the miller\n"]


def test_several_lines_are_found_one_by_one() -> None:
    assert len(_found("It rained.\n\nLetters to the miller\nAll our boats\n")) == 2
