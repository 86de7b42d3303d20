from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bread &amp; butter", [("&amp;", "&", "fix")]),
        ("It&#8217;s here", [("&#8217;", "’", "fix")]),
        ("Bread &amp;amp; butter", [("&amp;amp;", "&", "fix")]),
        ("&amp;quot;Yes&amp;quot;", [("&amp;quot;", '"', "fix"), ("&amp;quot;", '"', "fix")]),
        ("It&amp;amp;#8217;s", [("&amp;amp;#8217;", "’", "fix")]),
        ("It&#8217s here", [("&#8217", "’", "fix")]),
        (
            "caf&eacute;s &rarr; &#x201C;",
            [("&eacute;", "é", "fix"), ("&rarr;", "→", "fix"), ("&#x201C;", "“", "fix")],
        ),
        ("a&nbsp;&nbsp; &nbsp;b", [("&nbsp;&nbsp; &nbsp;", " ", "fix")]),
        ("a &nbsp; b", [("&nbsp;", "", "fix")]),
        ("10&nbsp;km, «&nbsp;Oui&nbsp;»", [("&nbsp;", "\xa0", "fix")] * 3),
        ("page 7&nbsp;together", [("&nbsp;", " ", "fix")]),
        ("hy&shy;phen", [("&shy;", "", "fix")]),
        ("XML has &quot;", [("&quot;", '"', "suggest")]),
        ("the sign (&euro;) here", [("&euro;", "€", "suggest")]),
        ("one&nbsp;two", [("&nbsp;", " ", "fix")]),
        ("In HTML write &amp; for it", [("&amp;", "&", "suggest")]),
        ("Type “&amp;” here", [("&amp;", "&", "suggest")]),
        ("six &gt; five", [("&gt;", ">", "suggest")]),
    ],
)
def test_found(find: Find, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    "text", ["AT&T; R&D", "a && b", "&#7;", "&nosuch;", "fish & chips", "sub &foo; and &total;"]
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
