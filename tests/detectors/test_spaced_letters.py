from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker.\n"


def test_found(find: Find) -> None:
    assert find(PLAIN + "S U M M E R   S A L E S") == [
        ("S U M M E R", "SUMMER", "fix"),
        ("S A L E S", "SALES", "fix"),
    ]


@pytest.mark.parametrize("text", ["The quays A B C D E F.", "S U M is 5.", "S A L E S 5 M"])
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
