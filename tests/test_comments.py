from __future__ import annotations

import pytest

from scrubber.comments import alone, reach


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("One # here\ntwo", "One # here"),
        ("# here", "# here"),
        ("a\n# here\nb\nc\n\nd\n", "# here\nb\nc"),
        ("# here\n\n\n b\r\nc\r\n\r\nd", "# here\n\n\n b\r\nc"),
        ("> # here\n>\n> b\n>\n> c\n", "> # here\n>\n> b"),
        ("# here\rb\r\rc", "# here\rb"),
        ("# here\n\n", "# here\n"),
    ],
)
def test_what_a_comment_is_near_to(text: str, near: str) -> None:
    start = text.index("#")
    first, stop = reach(text, start, start + 6)
    assert text[first:stop] == near


def test_alone() -> None:
    assert alone("a\n  # here \nb", 4, 10)
    assert not alone("a # here\nb", 2, 8)
