from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town (all of it), and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The boat ( an old one ) sank.", ["( ", " )"]),
        ("The boat (an old one ) sank.", [" )"]),
        ("The boat [ 12 ] sank.", ["[ ", " ]"]),
        ("The boat, “ an old one, ” sank.", ["“ ", " ”"]),
        ('The boat, " an old one, " sank.', ['" ', ' "']),
    ],
)
def test_found(find: Find, text: str, expected: list[str]) -> None:
    assert find(PLAIN + text) == [(span, span.strip(), "fix") for span in expected]


@pytest.mark.parametrize(
    "text",
    [
        "[ ] yes [x] no ( x ) maybe.",
        "if ( this is so ) and f( x, y ) and ( a = b ).",
        "As seen in (as shown in ) and (see ).",
        "\n[ The Harbour Board ]\n",
        'The 6" and the 12 " were “ ‘here’ ” too.',
        "( so it is ) ( all of it ) ( here too ) ( and there )",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
