from __future__ import annotations

import pytest
from finding import Find

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was the sailorswho had left.", ("sailorswho", "sailors who", "fix")),
        ("The sailorsand their wives left.", ("sailorsand", "sailors and", "fix")),
        ("That was the bridgebut not the road.", ("bridgebut", "bridge, but", "fix")),
        ("He made it out ofa box.", ("ofa", "of a", "fix")),
        ("They met inthe park.", ("inthe", "in the", "fix")),
        ("She told themabout it.", ("themabout", "them about", "fix")),
        ("It came from thecaptain of it.", ("thecaptain", "the captain", "fix")),
        ("The state of Norwaywhich is long.", ("Norwaywhich", "Norway, which", "fix")),
    ],
)
def test_found(find: Find, text: str, expected: tuple[str, str, str]) -> None:
    assert find(PLAIN + text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Wherein, inasmuch and thereof were forthwith hitherto withstood.",
        "The nation of forty thousand understands the hundred sections.",
        "Marchand, Copeland and Rowland of Portland met Hofmann in Houston.",
        "He read about_the_and the fooand() of it.",
        "The caster'swand is not the one.",
        "“[d]isagreements about it” and the [c]onfiguration, he was wooin' them.",
        "The formatters and the hashers of the town.",
        "They sang asunto de gasto, and the usato of it was known.",
        "The pre-\ntocompletes of the town.",
        "The herand is here, and the herand is there.",  # twice: a word of this text
    ],
)
def test_left_alone(find: Find, text: str) -> None:
    assert find(PLAIN + text) == []


def test_only_english_is_known(find: Find) -> None:
    assert find("Das ist die Frage, und der Mann mit dem Hundand ist nicht da.") == []


def test_word_frequencies_wait_behind_the_list_of_words() -> None:
    """A clean text never loads wordfreq: that is most of a small file's time."""
    import subprocess
    import sys

    code = (
        "import sys; from scrubber import packs, engine; from scrubber.model import Document;"
        "engine.settle(Document('The ferry to Boston leaves at nine, and the nation understands. '"
        "'Austin and Houston were also there in September.'), packs.built_in().rules);"
        "sys.exit('wordfreq' in sys.modules or 'ftfy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
