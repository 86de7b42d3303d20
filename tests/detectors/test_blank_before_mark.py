from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker, who knew it. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They went home , all of them.", (" ,", ",", "fix")),
        ("But , as they said, it was late.", (" ,", ",", "fix")),
        ("They went home .", (" .", ".", "fix")),
        ("They went to the harbour : it was late.", (" :", ":", "fix")),
        ("Was it so late ? They went.", (" ?", "?", "fix")),
        ("“They went home .”", (" .", ".", "fix")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "As seen in , there was an , and it was of .",
        "The .NET runtime and .5 of it ... and . . . so on :) :smile: too.",
        "A trailing ! sign; use ! or ; to end it.",
        "\nname : the name of it\nsize : the size of it\n",
        "They went home ! All of them ! It was late.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
