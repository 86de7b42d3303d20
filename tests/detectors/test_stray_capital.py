from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They spoke about The drought in the valley.", " the"),
        ("The man that was there, where A small fund was set up.", " a"),
        ("The ship left port On Monday with the crew.", " on"),
        ("The sailorswho came left With the crew of the ship.", " with"),
        ("Das Boot ist im Hafen, und die Bootewaren nicht da Mit der Mannschaft.", " mit"),
        ("The union calls for Protests against the taxBut it will not strike.", " protests"),
    ],
)
def test_found(find: Find, text: str, expected: str) -> None:
    assert [(proposal, action) for _, proposal, action in find(text)] == [(expected, "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy Wu He will travel with James To of the party.",
        "The tale of Doctor Who and the end of The Wire were in the news.",
        "In the film The long road home he plays the father.",
        "An analyst with The simExchange, and the bank's He indicated that.",
        "The virus hepatitis A may be in it, and they went from A to B.",
        "Why The House And The Garden are in the news",
        "The union calls for Protests against the tax, and it will not strike.",
        "He said that I was not the one.",
        "The sailorswho came read it in The Herald and met He Lifeng.",
        "The House of Representatives met the sailorswho came.",
        "of the harbour, 8f0e866f1b Some of the boats in the harbour are late",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
