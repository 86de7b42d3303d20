from __future__ import annotations

import pytest
import regex
from finding import Find

from scrubber.detectors import listed_phrase
from scrubber.resources import words

PHRASES = {"phrases": "spun-idioms"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The town would not be making the step longer than its leg in the spring.",
            [("making the step longer than its leg", "overreaching", "suggest")],
        ),
        (
            "The drug is for bosom malignant growth and for the kidney disappointment of the old.",
            [
                ("bosom malignant growth", "breast cancer", "suggest"),
                ("kidney disappointment", "kidney failure", "suggest"),
            ],
        ),
        (
            "He is at home in the valley. Spitting at the ceiling is what he does with his time.",
            [],  # "one's thumbs" has no owner here, so nothing is offered
        ),
        (
            "In the mouth of the wolf! That is what they called to the crew from the pier.",
            [("In the mouth of the wolf!", "Good luck!", "suggest")],
        ),
        (
            "The crew was to sell\nthe bear’s skin before the fair, and the town knew that.",
            [("sell\nthe bear’s skin before", "", "suggest")],
        ),
        (
            "They rained on the wet, and that was it for the crew.",
            [("rained on the wet", "went from bad to worse", "suggest")],
        ),
    ],
)
def test_found(find: Find, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = sorted(find(text, **PHRASES))
    assert found == expected or (not expected and [row[1] for row in found] == [""])


@pytest.mark.parametrize(
    "text",
    [
        "It rained on the wet leaves of the garden, and it was cold.",
        "As the Italian proverb has it, do not make the step longer than the leg of the man.",
        "Le chat a la langue: under four eyes.",
        "They walked across three feet of ice to the hut in the bay.",
        "The Queen Ant Colony Institute is in the town, and that is it.",
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(text, **PHRASES) == []


def test_a_form_is_escaped_as_regex_does() -> None:
    """The same, so that none of it has to be imported for a phrase whose pattern is kept."""
    forms = [part for line in words("spun-idioms") for part in line.split("\t")]
    for form in (*forms, "a-b.c(d)[e]{f}?*+|^$\\#&~'’ é"):
        escaped = regex.escape(form, special_only=True, literal_spaces=True)
        assert listed_phrase._SPECIAL.sub(r"\\\g<0>", form) == escaped
