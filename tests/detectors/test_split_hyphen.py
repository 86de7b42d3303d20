from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The docu- ment is lost.", ("docu- ment", "document", "suggest")),
        ("The infor-\nmation is lost.", ("infor-\nmation", "information", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The pre- and post-war boats, two- or three-deckers, are well- known.",
        "The infor-\nmation is as printed, the docu-\nment too, the govern-\nment too.",
        "The cat- and dog- people, re- elected, met.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
