from __future__ import annotations

import pytest

from scrubber import splits
from scrubber.model import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set()),
        ("t", set()),  # no blank at either side
        (" t ", {"t"}),
        ("t is t\n", {"t"}),  # the last one has blanks, the first, which is the same, has not
        ("\nt is t", {"t"}),
        ("t is t", set()),
        ("the (wh, ment.\n", {"wh", "ment"}),
        ("wh the wh of wh", {"wh"}),
    ],
)
def test_what_looks_like_a_part_of_a_word(text: str, expected: set[str]) -> None:
    assert splits.suspects(Document(text, given_language="en")) == expected
