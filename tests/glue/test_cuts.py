from __future__ import annotations

import pytest

from scrubber.glue.cuts import cuts
from scrubber.model import Document

PLAIN = "It was the talk of the town, and she heard it from the baker. "


@pytest.mark.parametrize(
    ("text", "parts", "form"),
    [
        ("the sailorswho left", ("sailors", "who"), "lower"),
        ("the treatyBut it", ("treaty", "But"), "capital"),
        ("at theUN in it", ("the", "UN"), "capital"),
        ("the NATOhave it", ("NATO", "have"), "upper"),
        ("built in 1997by them", ("1997", "by"), "digit"),
        ("it was shut since1943 then", ("since", "1943"), "digit"),
        ("on the sideofthe road", ("side", "of", "the"), "lower"),
        ("see Section 7.8for more", ("8", "for"), "digit"),
    ],
)
def test_tokens_are_read_as_words(text: str, parts: tuple[str, ...], form: str) -> None:
    found = list(cuts(Document(PLAIN + text + ".")))
    assert [cut.parts for cut in found] == [parts] * (len(parts) - 1)
    assert found[0].form == form
    assert "".join(parts) == (PLAIN + text)[found[0].start : found[0].end]
    assert (found[0].left, found[0].right) == parts[:2]


@pytest.mark.parametrize(
    "text",
    [
        "the forthcoming lighthouse understood nothing whatsoever",
        "McDonald, duPont, the iPhone and LinkedIn",
        "call sailorswho() and $sailorswho and sailorswho=1 and a/sailorswho",
        "the “sailorswho” of it",
        'the "sailorswho-unwind" as it is called',
        "sailorswho: a field",
        "the pre-\nsailorswho of it",
        "the 5kg of 20GB on the 3rd in H264",
        "see https://a.example/sailorswho there",
        "see #a-name-of-sailorswho-and-so-on there",
        "config.allowAll and the_logIn",
        "call BZ2_bzCompressInit and .. _s-binarycontrolfiles: there",
    ],
)
def test_left_alone(text: str) -> None:
    assert list(cuts(Document(PLAIN + "\n" + text))) == []


def test_the_language_is_that_of_the_line() -> None:
    text = PLAIN * 5 + "\nDas Boot ist im Hafen, und die Bootewaren nicht da.\n" + PLAIN
    assert [(cut.parts, cut.language) for cut in cuts(Document(text))] == [
        (("Boote", "waren"), "de")
    ]


def test_long_tokens_are_not_looked_into() -> None:
    assert list(cuts(Document(PLAIN + "sailorswho" * 20_000))) == []


def test_a_text_said_to_be_in_a_language_without_words_is_not_cut() -> None:
    text = "Om den kan, kommer det redigerade stycket att tas in omedelbart."
    assert list(cuts(Document(text)))
    assert not list(cuts(Document(text, given_language="sv")))


def test_the_digest_of_a_commit_is_not_cut() -> None:
    assert not list(cuts(Document(f"{PLAIN}It was merged as 70900ed and 04005834be later.")))


def test_what_is_named_in_code_is_a_name() -> None:
    text = PLAIN + "It was set by sailorsWho, and read by the cook."
    assert list(cuts(Document(text)))
    assert not list(cuts(Document(text, aside="call sailorsWho(1)")))
