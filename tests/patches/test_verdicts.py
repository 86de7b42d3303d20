"""What a person made of proposed repairs is read back right, or named as unclear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.decisions.book import Verdict
from scrubber.edits import apply, minimal
from scrubber.engine import Outcome
from scrubber.model import Action, Document, Edit, Finding
from scrubber.patches.verdicts import read_back

ACTIONS = frozenset({Action.FIX})


def _outcome(text: str, *repairs: tuple[str, str]) -> Outcome:
    """As if each first text were found, in order, and the second proposed for it."""
    found: list[Finding] = []
    at = 0
    for wrong, right in repairs:
        at = text.index(wrong, at)
        rule = f"x/{wrong.strip().lower()}"
        end = at + len(wrong)
        found.append(Finding(rule, at, end, wrong, (right, right.upper()), Action.FIX, ""))
        at = end
    edits = tuple(minimal(finding, finding.proposals[0]) for finding in found)
    return Outcome(Document(text), tuple(found), edits, apply(text, edits))


def _read(outcome: Outcome, now: str) -> dict[str, tuple[Verdict, str | None] | None]:
    whole = Edit(0, len(outcome.document.text), outcome.document.text, now, ())
    readings, unclear = read_back(outcome, ACTIONS, [whole] if whole.before != now else [])
    said: dict[str, tuple[Verdict, str | None] | None] = {f.rule: None for f in unclear}
    return said | {r.finding.rule: (r.verdict, r.chosen) for r in readings}


TEXT = (
    "It was teh end, as some said later on, after a day, of hte long road, adn they sat down"
    " by a fire to eat teh bread.\n"
)
SEEN = _outcome(TEXT, ("teh", "the"), ("hte", "the"), ("adn", "and"))


@pytest.mark.parametrize(
    ("now", "teh", "hte", "adn"),
    [
        (SEEN.text, "the", "the", "and"),
        (TEXT, None, None, None),
        (TEXT.replace("hte", "the"), None, "the", None),
        (SEEN.text.replace("was the", "was that"), "that", "the", "and"),
        (SEEN.text.replace("was the", "was THE"), "THE", "the", "and"),
        (SEEN.text.replace(" of the ", " of "), "the", "?", "and"),
        (SEEN.text.replace("the long", "hte long").replace(", and", ", but"), "the", None, "but"),
    ],
)
def test_kept_dropped_and_changed(
    now: str, teh: str | None, hte: str | None, adn: str | None
) -> None:
    expected: dict[str, tuple[Verdict, str | None] | None] = {}
    for rule, text, offered in (("teh", teh, "the"), ("hte", hte, "the"), ("adn", adn, "and")):
        verdict = Verdict.REJECT if text is None else Verdict.REPLACE
        if text in (offered, offered.upper()):
            verdict = Verdict.ACCEPT
        expected[f"x/{rule}"] = (verdict, text) if text != "?" else None
    assert _read(SEEN, now) == expected


def test_a_line_changed_elsewhere_too() -> None:
    now = SEEN.text.replace("to eat", "to share").replace("day, of", "night, of")
    now = now.replace("was the", "was teh")
    said = _read(SEEN, now)
    assert said == {
        "x/teh": (Verdict.REJECT, None),
        "x/hte": None,  # too little stands between it and its neighbours
        "x/adn": (Verdict.ACCEPT, "and"),
    }


def test_a_line_written_anew_is_unclear() -> None:
    assert _read(SEEN, "They came to the end and ate.\n") == dict.fromkeys(
        ("x/teh", "x/hte", "x/adn")
    )


def test_what_could_be_either_is_unclear() -> None:
    twice = Outcome(
        Document("so aa aa on\n"),
        (
            Finding("x/one", 3, 6, "aa ", ("",), Action.FIX, ""),
            Finding("x/two", 6, 9, "aa ", ("",), Action.FIX, ""),
        ),
        (Edit(3, 6, "aa ", "", ("x/one",)), Edit(6, 9, "aa ", "", ("x/two",))),
        "so on\n",
    )
    assert _read(twice, "so aa on\n") == {"x/one": None, "x/two": None}


def test_lines_taken_out() -> None:
    text = "One.\nSource link\nTwo.\nRead more\nThree.\n"
    seen = _outcome(text, ("Source link\n", ""), ("Read more\n", ""))
    said = _read(seen, text.replace("Source link\n", ""))
    assert said == {"x/source link": (Verdict.ACCEPT, ""), "x/read more": (Verdict.REJECT, None)}


def test_other_lines_put_in_do_not_matter() -> None:
    text = "One teh.\nTwo.\nThree.\n"
    seen = _outcome(text, ("teh", "the"))
    done = [Edit(14, 14, "", "And more.\n", ()), Edit(14, 21, "Three.\n", "THREE.\n", ())]
    readings, unclear = read_back(seen, ACTIONS, done)
    assert [r.verdict for r in readings] == [Verdict.REJECT]
    assert not unclear


def test_what_was_not_proposed_is_not_judged() -> None:
    found = Finding("x/y", 0, 3, "teh", ("the",), Action.SUGGEST, "")
    seen = Outcome(Document("teh\n"), (found,), (), "teh\n")
    assert read_back(seen, ACTIONS, []) == ([], [])


def test_a_repair_of_a_repair() -> None:
    text = "a bX c\n"
    first = Finding("x/one", 3, 4, "X", ("Y",), Action.FIX, "")
    second = Finding("x/two", 2, 4, "bX", ("BY",), Action.FIX, "")
    edit = Edit(2, 4, "bX", "BY", ("x/one", "x/two"))
    seen = Outcome(Document(text), (second, first), (edit,), "a BY c\n")
    assert _read(seen, "a BY c\n") == {"x/two": (Verdict.ACCEPT, "BY")}
    assert _read(seen, text) == dict.fromkeys(("x/one", "x/two"), (Verdict.REJECT, None))
    assert _read(seen, "a BZ c\n") == {"x/two": (Verdict.REPLACE, "BZ")}


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_any_choice_is_read_back_or_unclear(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from("ab ab. aX bX X a\nb \n".split(" ")), max_size=30))
    text = " ".join(words)
    places = [at for at, char in enumerate(text) if char == "X"]
    chosen = {at: data.draw(st.sampled_from(["X", "x", "ZZ", "a"])) for at in places}
    found = tuple(
        Finding(f"x/{at}", at, at + 1, "X", (", x", "x"), Action.FIX, "") for at in places
    )
    edits = tuple(Edit(at, at + 1, "X", ", x", (f"x/{at}",)) for at in places)
    seen = Outcome(Document(text), found, edits, apply(text, edits))
    now = apply(text, [Edit(at, at + 1, "X", to, ()) for at, to in chosen.items() if to != "X"])
    for rule, reading in _read(seen, now).items():
        if reading is not None:
            verdict, said = reading
            given = chosen[int(rule[2:])]
            assert (verdict is Verdict.REJECT) == (given == "X")
            assert said in (None, given)
