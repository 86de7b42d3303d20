from __future__ import annotations

import pytest

from scrubber.glue.tokens import looked_at, needs_look, tokens
from scrubber.model import Document


def test_plain_words_need_no_look() -> None:
    text = "The ferry to Boston leaves at nine, and the nation understands."
    assert list(looked_at(Document(text))) == []
    assert list(looked_at(Document(""))) == []


def test_what_may_be_two_words_is_looked_at_in_its_place() -> None:
    text = "It was the talk of the town, and the volunteerswho came in 2019by bus."
    found = list(looked_at(Document(text)))
    assert [text[start:end] for _, start, end in found] == ["volunteerswho", "2019by"]


def test_a_token_is_looked_at_where_its_half_stands_elsewhere() -> None:
    text = "It was the talk of the town, and Gruzvelk left."
    assert list(looked_at(Document(text))) == []
    assert [token for token, _, _ in looked_at(Document(text + " Gruz and velk stayed."))] == [
        "Gruzvelk"
    ]


def test_tokens_keep_apostrophes_within() -> None:
    assert tokens("‘Don’t,’ it's said") == ["Don’t", "it's", "said"]


@pytest.mark.parametrize(
    ("token", "needs"), [("ferry", False), ("Boston", False), ("NATO", False), ("treatyBut", True)]
)
def test_words_and_names_need_no_look(token: str, needs: bool) -> None:
    assert needs_look(token) is needs


def test_few_tokens_and_many_are_found_at_the_same_places() -> None:
    few = Document("The sailorswho left, “sailorswho” came; a_sailorswho, sailorswho’s.")
    found = [hit for hit in looked_at(few) if hit[0] == "sailorswho"]
    assert [few.text[start:end] for _, start, end in found] == ["sailorswho"] * 3
    names = [f"harbour{chr(97 + n % 26)}{'abcd'[n // 26]}who" for n in range(80)]
    text = "The people of the town and " + " ".join([*names, *names])
    many = [(token, start) for token, start, _ in looked_at(Document(text))]
    assert many == sorted(many, key=lambda hit: hit[1])
    assert [token for token, _ in many] == [*names, *names]
