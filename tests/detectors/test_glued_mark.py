from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was in the harbour,which is old.", ("harbour,which", "harbour, which", "fix")),
        ("“It is in the harbour,”said the cook.", ("harbour,”said", "harbour,” said", "fix")),
        ('"It is in the harbour,"he said of it.', ('harbour,"he', 'harbour," he', "fix")),
        ("It was in the harbour,green and old.", ("harbour,green", "harbour, green", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The values are in the a,b,c order of the list.",
        "It is in the list of id,name,text fields.",
        "There were 3,000 of them in the town, and so on.",
        "The “harbour” and the ‘quay’s’ end of the town.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
