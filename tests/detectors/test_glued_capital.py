from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor left the roomAnd the vote failed.", ("roomAnd", "room and", "fix")),
        ("It was the gameWhich she lost.", ("gameWhich", "game, which", "fix")),
        ("It was the end of the roadHe had paid for.", ("roadHe", "road. He", "fix")),
        ("It was the end of the roadHe liked.", ("roadHe", "road he", "fix")),
        ("They met in the park nearTo the lake.", ("nearTo", "near to", "fix")),
        ("It was the work of Choe Dae-haWho had left.", ("Dae-haWho", "Dae-ha, who", "fix")),
        ("A tower in the north ofSpain was sold.", ("ofSpain", "of Spain", "fix")),
        ("They said that theGoogle page is not the one.", ("theGoogle", "the Google", "suggest")),
        ("The state of the agencyWHO was bad.", ("agencyWHO", "agency WHO", "suggest")),
        ("She was born on the first ofMay in Lyon.", ("ofMay", "of May", "suggest")),
        ("They met vice premierHe Lifeng there.", ("premierHe", "premier He", "suggest")),
        ("The captain saidIt would stay.", ("saidIt", "said it", "fix")),
        ("The price of the fishBasket is known.", ("fishBasket", "fish Basket", "suggest")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "He said that McDonald and DeSantis met O’Brien in the house.",
        "The iPhone, the eBook and the macOS of the firm.",
        "It was LinkedIn and not FedEx that the firm was sold to.",
        "The fooBar is here, and the fooBar is there.",  # twice: a name
        "He was paid in the office by the kWh for the mRNA.",
        "See config.allowAll and $theName and the_allIn of the file.",
        "Call theName() in the file.",
        'The "StringLike": key and the “ReadOnly” mark of the file.',
        "The deGrasse and duPont houses of the town.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []


def test_identifiers_make_a_text_doubtful(find: Find) -> None:
    code = "Then the getItem and the setItem and the delItem call it. "
    text = PLAIN + code + "It was set in the fileAnd it was read."
    assert ("fileAnd", "file and", "suggest") in find(text)


def test_a_sure_seam_vouches_for_a_likely_one_near_it(find: Find) -> None:
    alone = PLAIN + "She has read the bookTable page."
    assert find(alone)[0][2] == "suggest"
    near = alone + " The mayor left the roomAnd the vote failed."
    assert [action for _, _, action in find(near)] == ["fix", "fix"]
    far = alone + " The day was fine." * 300 + " The mayor left the roomAnd the vote failed."
    assert find(far)[0][2] == "suggest"


def test_other_languages_are_offered_only(find: Find) -> None:
    text = "Das ist nicht die Frage, und der Mann mit dem HundHaus ist auch da."
    assert [action for _, _, action in find(text)] == ["suggest"]


def test_an_unknown_language_is_left_alone(find: Find) -> None:
    assert find("Xyzzy plughBut quux.") == []
