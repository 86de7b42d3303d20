from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A.\nno mark\nB.\n", ["no mark\n"]),
        ("A.\r\nno mark \r\nB. \r\n", ["no mark \r\n"]),
        ("no mark", ["no mark"]),
        ("\n\n", []),
    ],
)
def test_lines_that_lack_something(find: Find, text: str, found: list[str]) -> None:
    assert [text for text, _, _ in find(text, pattern=r"\.$", take="others")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One boat more... here\n", []),
        ("One boat. More...\n", [" More..."]),
        ("  One boat. More...  \n", [" More..."]),
        ("A.\n More... \nB.\n", [" More... \n"]),
        ("\ufeffMore...", ["More..."]),
        ("one two three four five More...\n", []),
    ],
)
def test_only_a_part_is_taken(find: Find, text: str, found: list[str]) -> None:
    hits = find(text, pattern=r"\s?More\.{3}$", take="part", most_words=5)
    assert [text for text, _, _ in hits] == found
