from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was built in 1997by the sisters.", ("1997by", "1997 by", "fix")),
        ("It was built in 1997By the sisters.", ("1997By", "1997 by", "fix")),
        ("It was shut in the war in1943 and sold.", ("in1943", "in 1943", "fix")),
        ("The best of the years since 2002Allocation to it.", ("2002Allocation", None, "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str | None, str]) -> None:
    ((found, proposal, action),) = find(text)
    assert (found, action) == (expected[0], expected[2])
    assert expected[1] in (None, proposal)


@pytest.mark.parametrize(
    "text",
    [
        "The 1990s, the 5kg bag, the 3D hall, the 4in pipe and the 2000m race.",
        "The model is the RX2019by and the file is a_2019by of it.",
        "It was at 2019px and in the year 2000am, and so on.",
        "#2019and $2019and -2019and /2019and are in the code.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
