from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was in the north [12]and in the south.", ("[12]and", "[12] and", "fix")),
        ("It was in the north [12]And in the south.", ("[12]And", "[12] and", "fix")),
        ("Her novel of the war (2014)was sold.", ("(2014)was", "(2014) was", "fix")),
        ("The ship (built in Gdansk)was sold to them.", None),
        ("The paper [The Herald]and the other of the two.", ("[The Herald]and", None, "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str | None, str] | None) -> None:
    found = find(text)
    assert len(found) == 1
    if expected is not None:
        assert (found[0][0], found[0][2]) == (expected[0], expected[2])
        assert expected[1] in (None, found[0][1])


@pytest.mark.parametrize(
    "text",
    [
        "It is (un)likely that (s)he or wo(man) was in it.",
        "The call f(x)is and the a[0]and b[1]or of the code.",
        "He wrote that “[w]here it is silent, [t]his court” and “[s]he was not” in it.",
        "The Copper(II)oxide of the test was in it.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
