from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bread &amp; butter", [("&amp;", "&", "fix")]),
        ("It&#8217;s here", [("&#8217;", "’", "fix")]),
        ("Bread &amp;amp; butter", [("&amp;amp;", "&", "suggest")]),
        ("one&nbsp;two", [("&nbsp;", " ", "fix")]),
        ("In HTML write &amp; for it", [("&amp;", "&", "suggest")]),
        ("Type “&amp;” here", [("&amp;", "&", "suggest")]),
        ("six &gt; five", [("&gt;", ">", "suggest")]),
    ],
)
def test_found(find: Find, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize("text", ["AT&T; R&D", "a && b", "&#7;", "&nosuch;", "fish & chips"])
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
