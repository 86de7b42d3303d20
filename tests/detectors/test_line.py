from __future__ import annotations

import pytest
from finding import Find

from scrubber.detectors.line import find as detector
from scrubber.model import Document


def _without(text: str, **params: object) -> str:
    for match in reversed(list(detector(Document(text), **params))):  # type: ignore[arg-type]
        text = text[: match.start] + match.proposals[0] + text[match.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nX\nb\n", "a\nb\n"),
        ("a\n\nX\n\nb\n", "a\n\nb\n"),
        ("a\r\n\r\nX\r\n\r\nb", "a\r\n\r\nb"),
        ("a\nX", "a\n"),
        ("a\n\nX", "a\n"),
        ("a\n\nX\n", "a\n"),
        ("a\n\nX\n\n", "a\n\n"),
        ("X\n\na", "a"),
        ("X\na", "a"),
        ("X", ""),
        ("a\n\nX\n\nX\nX\n\nb\n", "a\n\nb\n"),
        ("a\rX\rb", "a\rb"),
        ("\ufeffX\na\n", "\ufeffa\n"),
        ("a\n  X \t\nb\n", "a\nb\n"),
        ("aX\nXb\n", "aX\nXb\n"),
    ],
)
def test_taking_a_line_out(text: str, expected: str) -> None:
    assert _without(text, pattern="X") == expected


def test_place(find: Find) -> None:
    text = "X\n" + "a\n" * 9 + "X\n" + "a\n" * 9 + "X\n"
    assert len(find(text, pattern="X", place="end", edge=3)) == 1
    assert len(find(text, pattern="X", place="start", edge=3)) == 1
    assert len(find(text, pattern="X", place="edges", edge=3)) == 2
    offered = find(text, pattern="X", place="edges", edge=3, elsewhere="suggest")
    assert [action for _, _, action in offered] == ["fix", "suggest", "fix"]


def test_an_introduced_line_is_left_alone(find: Find) -> None:
    assert find("see:\n\nX\n", pattern="X", not_after=":$") == []
