from __future__ import annotations

import pytest
from finding import Find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The ferry sailed to the the island in the rain.", "the the"),
        ("They are known to be be late, and that is all of it.", "be be"),
        ("It was built in the reign of the king, and it is is a ruin.", "is is"),
        ("The bridge was designed by by an engineer of the town.", "by by"),
        ("He read the note and and\nwent back to the house.", "and and"),
    ],
)
def test_found(find: Find, text: str, found: str) -> None:
    assert find(text) == [(found, found.split()[0], "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        "What it is is a bridge, and all it was was a ruin of the town.",
        "She had had enough of that that was in the house.",
        "“It is the the end,” she said. The day they moved in in May was cold.",
        'He said "it is of of the town" and left for the house.',
        "The the the of the song is sung and and and again.",
        "The note that he listened to to learn of the war was lost.",
        "Well, uh, the the man of the house, um, was not at home.",
        "Il a vu a a la maison et le chat est dans la rue avec les enfants.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text) == []
