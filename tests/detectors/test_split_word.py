from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The govern ment fell.", ("govern ment", "government", "suggest")),
        ("The house wh ich fell.", ("wh ich", "which", "suggest")),
        ("The com mittee of ers met.", ("com mittee", "committee", "suggest")),
        ("All of the boat s were lost.", ("boat s", "boats", "suggest")),
        ("Their n eeds are few.", ("n eeds", "needs", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


def test_several_breaks_vouch_for_a_weaker_one(find: Find) -> None:
    many = "The govern ment and the com mittee wh ich met had the infor mation, and "
    assert find(PLAIN + "They saw th is one.") == []
    assert ("th is", "this", "suggest") in find(PLAIN + many + "they saw th is one.")


def test_other_languages_have_their_own_words(find: Find) -> None:
    text = "Die Regie rung ist nicht in der Stadt, und das ist für die Leute nicht gut."
    assert find(text) == [("Regie rung", "Regierung", "suggest")]


@pytest.mark.parametrize(
    "text",
    [
        "The variable s is a string s, and a state s too.",
        "The boat s and the boat s are at sea.",
        "Plan b is not for someone who can not go to day by day, wh.",
        "The g o f and the h o n e t are lines of ers.",
        "The ment of it is ours, the ment of it, the ment of it, the ment al of it.",
        "A run of 5 km at 3 pm is vitamin d rich.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []
